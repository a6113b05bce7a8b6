import { expect, it } from 'vitest';
import { fromHex } from '../testing/bytes.ts';
import { packetRemarks } from './packet-remarks.ts';

it.each([
  [0x1, [], ['Flags: inbound']], [0x8e, [], ['Flags: outbound, broadcast, 4 bytes of frame check sequence']], [0x8100_0000 | 0, [], []], [0x0300_0000, [], ['Flags: wrong CRC, too long']], [0, [], []], [-1, [], []],
  [-1, [[3, '02ec1d8797'], [4, '0700000000000000'], [5, '2a00000000000000'], [6, '03000000']], ['Hash: CRC32 ec1d8797', 'Dropped: 7 packets of the interface since the one before', 'Packet id: 0x2a', 'Queue: 3']],
  [-1, [[7, '01feffffffffffffff'], [7, '00aabb'], [1, '61'], [99, '00'], [3, '']], ['Verdict: eBPF TC -2', 'Verdict: hardware aabb']],
] as const)('reads flags %i and options %j', (flags, options, said) => {
  expect(packetRemarks(flags, options.map(([code, value]) => ({ code, value: fromHex(value) }))).map(({ label, text }) => `${label}: ${text}`)).toEqual(said);
});

// Columns against what tshark says of the same packets (its answers lie beside the public captures).

import { describe, expect, test } from 'vitest';
import { NO_FLOW, NO_VNI } from '../table/packet-columns.ts';
import type { PacketTable } from '../table/packet-table.ts';
import { Mark } from '../table/packet-columns.ts';
import { indexBytes } from '../testing/index-bytes.ts';
import { havePublicCaptures, PUBLIC, publicCaptures, type Answers, type PublicCapture } from '../testing/public-captures.ts';

type Packet = Answers['packets'][number];
const TCP = 6;

/** Ways in that are not followed yet: what lies behind them, nobody here has seen. */
const NOT_FOLLOWED = /mpls|pppoes|arcnet|gre|gtp|nsh|vxlan_gpe|ayiya/;

/** Captures as tshark read them (no other decoding asked for). */
const captures = publicCaptures().filter((capture) => capture.answers().decode_as === '');

async function differences(capture: PublicCapture, says: (table: PacketTable, row: number, packet: Packet) => readonly [mine: unknown, tshark: unknown] | null): Promise<string[]> {
  const table = await indexBytes(capture.bytes());
  return capture.answers().packets.flatMap((packet) => {
    const row = Number(packet['frame.number']?.[0]) - 1;
    const followed = !NOT_FOLLOWED.test(packet['frame.protocols']?.[0] ?? '');
    const pair = followed && row < table.count ? says(table, row, packet) : null;
    return pair && String(pair[0]) !== String(pair[1]) ? [`packet ${row + 1}: ${String(pair[0])}, tshark ${String(pair[1])}`] : [];
  });
}

describe.skipIf(!havePublicCaptures)(`columns and tshark: ${PUBLIC}`, () => {
  test.each(captures)('relative TCP numbers: $name', async (capture) => {
    expect(await differences(capture, (table, row, packet) => {
      const seq = packet['tcp.seq']?.at(-1);
      const whole = table.at('flow', row) !== NO_FLOW && table.at('ipProtocol', row) === TCP && (table.at('marks', row) & Mark.CONTROL) !== 0;
      // A datagram that an ICMP error quotes has numbers as well, which are not the packet's.
      if (seq === undefined || !whole || packet['icmp.type'] || packet['icmpv6.type']) return null;
      const base = table.flows.base(table.at('flow', row), (table.at('marks', row) & Mark.REVERSED) !== 0);
      return [(table.at('sequence', row) - base) >>> 0, seq];
    })).toEqual([]);
  });

  test.each(captures)('the innermost VNI: $name', async (capture) => {
    expect(await differences(capture, (table, row, packet) => {
      const vni = (packet['vxlan.vni'] ?? packet['geneve.vni'])?.at(-1);
      return packet['vxlan.vni'] && packet['geneve.vni'] ? null : [table.at('vni', row) === NO_VNI ? '' : table.at('vni', row), vni === undefined ? '' : Number(vni)];
    })).toEqual([]);
  });

  test.each(captures)('outermost addresses: $name', async (capture) => {
    expect(await differences(capture, (table, row, packet) => {
      if (packet['ip.src'] && packet['ipv6.src']) return null; // which of the two is outside, the lists do not tell
      const [source] = packet['ip.src'] ?? packet['ipv6.src'] ?? [];
      const text = table.addresses.text(table.at('outerSource', row));
      return source === undefined || packet['ip.src']?.length !== 1 ? null : [text, source];
    })).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { framesOf } from '../core/testing/fragments.ts';
import { pcapFile } from '../core/testing/pcap-file.ts';
import { captureHandlers } from './handlers.ts';
import { Session } from './session.ts';

const SAMPLE = new Uint8Array(readFileSync('public/samples/mirrored-ping/appliance-eth0.pcap'));
const context = { signal: new AbortController().signal, progress: () => {}, move: () => {} };

/** The mirrored ping with its envelopes on another port; their UDP checksums are none. */
const moved = (port: number): Uint8Array<ArrayBuffer> => pcapFile({ packets: framesOf(SAMPLE).map((bytes, i) => {
  if (bytes[23] === 17 && bytes[36] === 4789 >> 8 && bytes[37] === (4789 & 0xff)) { bytes[36] = port >> 8; bytes[37] = port & 0xff; }
  return { bytes, seconds: 1_700_000_000 + i };
}) });

async function opened(file: Uint8Array<ArrayBuffer>, decodeAs: readonly string[] = []) {
  const calls = captureHandlers(new Session());
  const summary = await calls.open({ file: new Blob([file]), name: 'test.pcap', decodeAs }, context);
  const { rows } = await calls.rows({ from: 0, count: 100 }, context);
  return { calls, summary, rows: rows.map(({ protocol, vni, innerSource, innerProtocol }) => [protocol, vni, innerSource, innerProtocol]) };
}
const shown = async (filter: string, { calls }: Awaited<ReturnType<typeof opened>>) => calls.view({ filter, sort: null }, context);

describe('envelopes on a port of their own', () => {
  it('are told and not taken for envelopes', async () => {
    const there = await opened(moved(8472));
    expect(there.summary).toMatchObject({ tunnelled: 0, lookalikes: [{ port: 8472, packets: 12, vnis: [333] }] });
    expect(await shown('vxlan', there)).toEqual({ rows: 0 });
    expect((await opened(SAMPLE)).summary.lookalikes).toEqual([]);
  });
  it('are as on the usual port once that is said: columns, packets and filters', async () => {
    const [there, usual] = [await opened(moved(8472), ['udp.port==8472,vxlan']), await opened(SAMPLE)];
    expect(there.rows).toEqual(usual.rows);
    expect(there.summary).toMatchObject({ tunnelled: 12, vnis: [333], lookalikes: [] });
    for (const filter of ['vxlan.vni == 333', 'vxlan.flags == 0x0800', 'icmp && vxlan']) expect(await shown(filter, there), filter).toEqual({ rows: 12 });
    const { layers } = await there.calls.packetInPlace({ number: 3 }, context);
    expect(layers.map(({ protocol }) => protocol)).toEqual(['eth', 'ip', 'udp', 'vxlan', 'eth', 'ip', 'icmp', 'data']);
  });
  it('give the usual port up when that is something else; what makes no sense is left out', async () => {
    const there = await opened(SAMPLE, ['udp.port==4789,data', 'nonsense', 'udp.port==99999,vxlan', 'udp.port==1,no-such-protocol', 'ip.proto==1,vxlan']);
    expect(there.summary.tunnelled).toBe(0);
    expect(await shown('vxlan', there)).toEqual({ rows: 0 });
    expect(await shown('icmp', there)).toEqual({ rows: 4 }); // the pings that went there directly
  });
  it('that are not all alike are not offered', async () => {
    const frames = framesOf(moved(8472));
    const other = frames[1]!.slice();
    other[42] = 0x48; // another flag than I
    const { summary } = await opened(pcapFile({ packets: [...frames, other].map((bytes) => ({ bytes, seconds: 1 })) }));
    expect(summary.lookalikes).toEqual([]);
  });
});

it('names what a port can be decoded as', async () => {
  const list = await captureHandlers(new Session()).decodable({}, context);
  expect(list).toEqual(expect.arrayContaining([expect.objectContaining({ table: 'udp.port', name: 'vxlan' }), expect.objectContaining({ table: 'tcp.port', name: 'http' }), expect.objectContaining({ table: 'udp.port', name: 'data' })]));
});

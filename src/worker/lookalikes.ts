// Envelopes on ports that are nobody's: told so that a person can have them decoded, never assumed.

import { u16, u32, u8 } from '../core/bytes/read.ts';
import { NO_VNI, Mark, SEGMENT_ROWS, type PacketColumns } from '../core/table/packet-columns.ts';
import { Name } from '../core/table/protocol-names.ts';
import type { Lookalike } from './protocol.ts';
import type { OpenSession } from './session.ts';

const SAMPLES = 24; //     packets of a port that are looked at
const MOST_PORTS = 64; //  the busiest
const MOST_VNIS = 4; //    that are named
const [UDP, HEADER] = [17, 8];
const ENVELOPE = 8 + 14; // bytes of VXLAN and Ethernet
const TYPES = new Set([0x0800, 0x0806, 0x86dd, 0x8100, 0x88a8]);

/** VXLAN as every sender writes it (RFC 7348 section 5): the I flag alone, nothing reserved, and around a frame of a usual type. */
export function looksLikeVxlan(b: Uint8Array, at: number, end: number): boolean {
  return at + ENVELOPE <= end && u32(b, at) === 0x0800_0000 && u8(b, at + 7) === 0 && TYPES.has(u16(b, at + 20));
}

/** Ports of which every packet that was looked at looks like VXLAN, the busiest first. */
export async function lookalikes({ table, packets }: OpenSession): Promise<readonly Lookalike[]> {
  const counts = new Uint32Array(65_536);
  for (let row = 0; row < table.count; row++) {
    const c = table.segments[Math.floor(row / SEGMENT_ROWS)]!;
    const i = row % SEGMENT_ROWS;
    if (isUnclaimed(c, i)) counts[c.destinationPort[i]!]!++;
  }
  const ports = [...counts.keys()].filter((port) => counts[port]! > 0).sort((a, b) => counts[b]! - counts[a]!).slice(0, MOST_PORTS);
  const samples = new Map(ports.map((port) => [port, [] as number[]]));
  for (let row = 0; row < table.count && ports.length > 0; row++) {
    const c = table.segments[Math.floor(row / SEGMENT_ROWS)]!;
    const i = row % SEGMENT_ROWS;
    const list = isUnclaimed(c, i) ? samples.get(c.destinationPort[i]!) : undefined;
    if (list && list.length < SAMPLES) list.push(row);
  }
  const found: Lookalike[] = [];
  for (const [port, rows] of samples) {
    const vnis = await vnisOf(packets, rows, port);
    if (vnis !== null) found.push({ port, packets: counts[port]!, vnis: vnis.slice(0, MOST_VNIS) });
  }
  return found;
}

/** UDP without an envelope, whole, to a port that nobody takes. */
const isUnclaimed = (c: PacketColumns, i: number): boolean => c.protocol[i] === Name.UDP && c.ipProtocol[i] === UDP && c.vni[i] === NO_VNI && c.depth[i] === 0
  && (c.marks[i]! & (Mark.FRAGMENT | Mark.MALFORMED | Mark.IP_IN_IP)) === 0 && (c.marks[i]! & Mark.PORTS) !== 0;

/** The VNIs of packets that all look like VXLAN; null where one does not. */
async function vnisOf(packets: OpenSession['packets'], rows: readonly number[], port: number): Promise<number[] | null> {
  const vnis = new Set<number>();
  const all = await packets.bytesOf(rows);
  for (const [i, row] of rows.entries()) {
    const bytes = all[i]!;
    const tape = packets.dissect(row, bytes);
    const udp = Array.from({ length: tape.layerCount }, (_, layer) => layer).findLast((layer) => packets.program.protocols[tape.layerProtocol[layer]!]!.name === 'udp');
    if (udp === undefined) return null;
    const at = tape.layerOffset[udp]!;
    if (u16(bytes, at + 2) !== port || !looksLikeVxlan(bytes, at + HEADER, tape.layerBound[udp]!)) return null;
    vnis.add(u32(bytes, at + HEADER + 4) >>> 8);
  }
  return [...vnis];
}

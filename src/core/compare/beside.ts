// One source packet and its counterpart beside each other: layer opposite layer, field opposite field, and the bytes that differ.

import type { ByteSource } from '../bytes/byte-source.ts';
import { linkProtocol } from '../capture/link-types.ts';
import { compile } from '../dissect/compile.ts';
import { describe, type Description } from '../dissect/describe.ts';
import { Dissector } from '../dissect/dissect.ts';
import { bareFrame } from '../dissect/frame.ts';
import type { FieldView, LayerView } from '../dissect/view.ts';
import { firstProtocol, PROTOCOLS } from '../protocols/all.ts';
import { packetBytes } from './frame-bytes.ts';
import type { Scan } from './scan.ts';
import { MARK } from './sightings.ts';

/** One packet in full. Places of layers and fields count from the packet's first byte. */
export interface BesidePacket extends Description {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly origlen: number;
  /** First byte of the innermost frame: what is before it is the envelope. */
  readonly frame: number;
  /** Place of the first inner layer in `layers`. */
  readonly inner: number;
  /** Of a datagram that was put together: the packets that held its fragments. Its bytes are none of the file's then. */
  readonly fragments: readonly number[];
}

/** Indexes into the `fields` of either; -1 where the other has none. */
export interface FieldPair { readonly source: number; readonly appliance: number; readonly differs: boolean }

/** Indexes into the `layers` of either; -1 where the other has none. */
export interface LayerPair { readonly source: number; readonly appliance: number; readonly fields: readonly FieldPair[]; readonly differs: boolean }

/** Bytes of both innermost frames that stand opposite and differ; a side that has fewer has an empty range. Offsets from the packet's first byte. */
export interface ByteRange { readonly sourceFrom: number; readonly sourceTo: number; readonly applianceFrom: number; readonly applianceTo: number }

export interface Beside {
  readonly source: BesidePacket | null;
  readonly appliance: BesidePacket | null;
  readonly layers: readonly LayerPair[];
  readonly differences: readonly ByteRange[];
  /** Bytes of the innermost frames that were compared, and how many of them differ. */
  readonly compared: number;
  readonly differing: number;
}

/** Reads and dissects packets for `beside`; keeps a compiled dissector. */
export class PacketShelf {
  readonly #program = compile(PROTOCOLS);
  readonly #dissector = new Dissector(this.#program);

  /** Packet `number` (from 1) of a capture that was scanned. */
  async packet(source: ByteSource, scan: Scan, number: number): Promise<BesidePacket> {
    const row = number - 1;
    const { columns: c } = scan;
    const bytes = await packetBytes(source, scan, row);
    const tape = this.#dissector.dissect(bytes, 0, bytes.length, firstProtocol(linkProtocol(scan.interfaces[c.iface[row]!]?.linkType ?? 1)));
    const described = describe(this.#program, tape, bytes, bareFrame(bytes.length, { number, origlen: Math.max(bytes.length, c.frame[row]! + c.wire[row]!) }));
    const inner = described.layers.findIndex(({ offset }) => offset >= c.frame[row]!);
    const pieces = (c.marks[row]! & MARK.assembled) !== 0 ? scan.pieces.get(row) ?? [] : [];
    return {
      ...described, number, bytes, origlen: c.frame[row]! + c.wire[row]!, frame: c.frame[row]!, inner: inner < 0 ? described.layers.length : inner,
      fragments: pieces.map(({ packet }) => packet),
    };
  }
}

/** Puts two packets beside each other at their innermost frames. Either may be missing. */
export function beside(source: BesidePacket | null, appliance: BesidePacket | null): Beside {
  if (source === null || appliance === null) {
    const alone = source ?? appliance;
    const layers = alone === null ? [] : alone.layers.slice(alone.inner).map((_, i) => lonely(alone, alone.inner + i, source !== null));
    return { source, appliance, layers, differences: [], compared: 0, differing: 0 };
  }
  const shift = frameShift(source, appliance);
  const { ranges, compared, differing } = byteRanges(source, appliance, shift);
  return { source, appliance, layers: layerPairs(source, appliance), differences: ranges, compared, differing };
}

/** An envelope of bare IP has no link header: its frame is opposite the other's network header. */
function frameShift(source: BesidePacket, appliance: BesidePacket): { source: number; appliance: number } {
  const network = (p: BesidePacket): LayerView | undefined => p.layers.slice(p.inner).find(({ protocol }) => protocol === 'ip' || protocol === 'ipv6');
  const link = (p: BesidePacket): boolean => p.layers[p.inner]?.protocol === 'eth';
  if (link(source) === link(appliance)) return { source: source.frame, appliance: appliance.frame };
  return { source: network(source)?.offset ?? source.frame, appliance: network(appliance)?.offset ?? appliance.frame };
}

function byteRanges(source: BesidePacket, appliance: BesidePacket, from: { source: number; appliance: number }): { ranges: ByteRange[]; compared: number; differing: number } {
  const left = source.bytes.length - from.source, right = appliance.bytes.length - from.appliance;
  const compared = Math.max(0, Math.min(left, right));
  const ranges: ByteRange[] = [];
  let differing = 0;
  for (let i = 0; i < compared;) {
    if (source.bytes[from.source + i] === appliance.bytes[from.appliance + i]) { i++; continue; }
    const start = i;
    while (i < compared && source.bytes[from.source + i] !== appliance.bytes[from.appliance + i]) i++;
    differing += i - start;
    ranges.push({ sourceFrom: from.source + start, sourceTo: from.source + i, applianceFrom: from.appliance + start, applianceTo: from.appliance + i });
  }
  if (left !== right) ranges.push({ sourceFrom: from.source + compared, sourceTo: source.bytes.length, applianceFrom: from.appliance + compared, applianceTo: appliance.bytes.length });
  return { ranges, compared, differing };
}

/** Layers in order, each opposite the next of its protocol; what only one has stands alone. */
function layerPairs(source: BesidePacket, appliance: BesidePacket): LayerPair[] {
  const pairs: LayerPair[] = [];
  let right = appliance.inner;
  for (let left = source.inner; left < source.layers.length; left++) {
    const found = appliance.layers.findIndex((layer, i) => i >= right && layer.protocol === source.layers[left]!.protocol);
    if (found < 0) { pairs.push(lonely(source, left, true)); continue; }
    for (; right < found; right++) pairs.push(lonely(appliance, right, false));
    pairs.push(layerPair(source, left, appliance, right++));
  }
  for (; right < appliance.layers.length; right++) pairs.push(lonely(appliance, right, false));
  return pairs;
}

const fieldsOf = (packet: BesidePacket, layer: number): number[] => packet.fields.map((_, i) => i).filter((i) => packet.fields[i]!.layer === layer);

function lonely(packet: BesidePacket, layer: number, isSource: boolean): LayerPair {
  const fields = fieldsOf(packet, layer).map((i) => (isSource ? { source: i, appliance: -1, differs: false } : { source: -1, appliance: i, differs: false }));
  return { source: isSource ? layer : -1, appliance: isSource ? -1 : layer, fields, differs: false };
}

/** Fields by name, the first of a name opposite the first. */
function layerPair(source: BesidePacket, left: number, appliance: BesidePacket, right: number): LayerPair {
  const waiting = fieldsOf(appliance, right);
  const fields: FieldPair[] = fieldsOf(source, left).map((i) => {
    const place = waiting.findIndex((other) => alike(source.fields[i]!, appliance.fields[other]!));
    if (place < 0) return { source: i, appliance: -1, differs: true };
    const [other] = waiting.splice(place, 1);
    return { source: i, appliance: other!, differs: source.fields[i]!.value !== appliance.fields[other!]!.value };
  });
  fields.push(...waiting.map((other) => ({ source: -1, appliance: other, differs: true })));
  return { source: left, appliance: right, fields, differs: fields.some(({ differs }) => differs) };
}

const alike = (a: FieldView, b: FieldView): boolean => a.name === b.name && a.label.split(':')[0] === b.label.split(':')[0];

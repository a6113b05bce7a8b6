// One packet in full, for the trees, the hex and the diagram.

import { u32le } from '../core/bytes/read.ts';
import { EPB_FLAGS, packetOptionsAt } from '../core/capture/packet-options.ts';
import { packetRemarks } from '../core/capture/packet-remarks.ts';
import { NO_OPTIONS } from '../core/capture/pcapng-options.ts';
import { FaultError } from '../core/base/fault.ts';
import { describe, sourcesOf } from '../core/dissect/describe.ts';
import { absoluteTime } from '../core/dissect/frame.ts';
import { bytesOf, type Tape } from '../core/dissect/tape.ts';
import type { Noted } from './chronicle.ts';
import type { PacketDetail } from './protocol.ts';
import type { OpenSession } from './session.ts';

/** Packet `number` (from 1) of the capture: in its place, where that is known already, else alone. */
export async function packetOf(open: OpenSession, number: number, signal: AbortSignal): Promise<PacketDetail> {
  const row = rowOf(open, number);
  const bytes = await open.packets.bytes(row);
  const frame = await frameOf(open, row, bytes);
  const noted = open.chronicle.known(number);
  return noted ? staged(open, row, bytes, frame, noted, signal) : detail(open, row, bytes, frame, open.packets.dissect(row, bytes), false);
}

/** The packet once all are looked at that it may hang on. */
export async function packetInPlace(open: OpenSession, number: number, signal: AbortSignal): Promise<PacketDetail> {
  const row = rowOf(open, number);
  const bytes = await open.packets.bytes(row);
  const frame = await frameOf(open, row, bytes);
  await open.ended;
  const noted = await open.chronicle.until(number, signal);
  return noted ? staged(open, row, bytes, frame, noted, signal) : detail(open, row, bytes, frame, open.packets.dissect(row, bytes), true);
}

async function staged(open: OpenSession, row: number, bytes: Uint8Array, frame: Frame, noted: Noted, signal: AbortSignal): Promise<PacketDetail> {
  const told = detail(open, row, bytes, frame, await open.stage.dissect(row, bytes, noted, signal), true);
  const alone = noted.held.filter((protocol) => noted.completedBy(protocol) === 0).map((protocol) => open.packets.program.protocols[protocol]!);
  if (alone.length === 0) return told;
  return { ...told, layers: told.layers.map((layer) => (alone.some(({ name, path }) => (path ?? name) === layer.protocol) ? { ...layer, note: `${layer.note} No packet of this capture completes it: the rest was not captured, or came too late.`.trim() } : layer)) };
}

function rowOf({ table }: OpenSession, number: number): number {
  const row = number - 1;
  if (Number.isInteger(row) && row >= 0 && row < table.count) return row;
  throw new FaultError({ code: 'not-found', what: `There is no packet ${number}; the capture has ${table.count.toLocaleString('en-US')}`, next: 'Choose another one in the list.' });
}

/** What the file says of a packet; read before the packet is dissected, since the tape is that of the last one. */
async function frameOf({ table, packets, reader, source, edits }: OpenSession, row: number, bytes: Uint8Array) {
  const options = reader.format === 'pcapng' ? await packetOptionsAt(source, table.at('fileOffset', row), bytes.length) : NO_OPTIONS;
  const flags = options.find(({ code }) => code === EPB_FLAGS)?.value;
  const comments = edits.get(row + 1);
  return { ...packets.frame(row), ...(comments ? { comments } : {}), flags: flags?.length === 4 ? u32le(flags, 0) : -1, packetOptions: () => options };
}
type Frame = Awaited<ReturnType<typeof frameOf>>;

function detail({ packets }: OpenSession, row: number, bytes: Uint8Array, frame: Frame, tape: Tape, inPlace: boolean): PacketDetail {
  const { program } = packets;
  const all = tape.sourceCount > 0 ? bytesOf(tape).slice() : bytes;
  const time = frame.hasTime ? absoluteTime(frame.seconds, frame.nanoseconds) : '';
  return {
    number: row + 1, bytes, all, sources: sourcesOf(program, tape, bytes.length), inPlace, origlen: frame.origlen, time, interfaceName: frame.interfaceName, comments: frame.comments,
    remarks: packetRemarks(frame.flags, frame.packetOptions()), ...describe(program, tape, all, frame),
  };
}

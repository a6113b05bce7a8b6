// One packet in full, for the trees, the hex and the diagram.

import { describe } from '../core/dissect/describe.ts';
import { absoluteTime } from '../core/dissect/frame.ts';
import { u32le } from '../core/bytes/read.ts';
import { EPB_FLAGS, packetOptionsAt } from '../core/capture/packet-options.ts';
import { packetRemarks } from '../core/capture/packet-remarks.ts';
import { NO_OPTIONS } from '../core/capture/pcapng-options.ts';
import { FaultError } from '../core/base/fault.ts';
import type { PacketDetail } from './protocol.ts';
import type { OpenSession } from './session.ts';

/** Packet `number` (from 1) of the capture. */
export async function packetOf({ table, packets, reader, source, edits }: OpenSession, number: number): Promise<PacketDetail> {
  const row = number - 1;
  if (!Number.isInteger(row) || row < 0 || row >= table.count) {
    throw new FaultError({ code: 'not-found', what: `There is no packet ${number}; the capture has ${table.count.toLocaleString('en-US')}`, next: 'Choose another one in the list.' });
  }
  const bytes = await packets.bytes(row);
  const options = reader.format === 'pcapng' ? await packetOptionsAt(source, table.at('fileOffset', row), bytes.length) : NO_OPTIONS;
  const flags = options.find(({ code }) => code === EPB_FLAGS)?.value;
  const comments = edits.get(number);
  const frame = { ...packets.frame(row), ...(comments ? { comments } : {}), flags: flags?.length === 4 ? u32le(flags, 0) : -1, packetOptions: () => options };
  const tape = packets.dissect(row, bytes);
  const time = frame.hasTime ? absoluteTime(frame.seconds, frame.nanoseconds) : '';
  return { number, bytes, origlen: frame.origlen, time, interfaceName: frame.interfaceName, comments: frame.comments, remarks: packetRemarks(frame.flags, options), ...describe(packets.program, tape, bytes, frame) };
}

// One packet in full, for the trees, the hex and the diagram.

import { describe } from '../core/dissect/describe.ts';
import { absoluteTime } from '../core/dissect/frame.ts';
import { FaultError } from '../core/base/fault.ts';
import type { PacketDetail } from './protocol.ts';
import type { OpenSession } from './session.ts';

/** Packet `number` (from 1) of the capture. */
export async function packetOf({ table, packets }: OpenSession, number: number): Promise<PacketDetail> {
  const row = number - 1;
  if (!Number.isInteger(row) || row < 0 || row >= table.count) {
    throw new FaultError({ code: 'not-found', what: `There is no packet ${number}; the capture has ${table.count.toLocaleString('en-US')}`, next: 'Choose another one in the list.' });
  }
  const bytes = await packets.bytes(row);
  const frame = packets.frame(row);
  const tape = packets.dissect(row, bytes);
  const time = frame.hasTime ? absoluteTime(frame.seconds, frame.nanoseconds) : '';
  return { number, bytes, origlen: frame.origlen, time, interfaceName: frame.interfaceName, comments: frame.comments, ...describe(packets.program, tape, bytes, frame) };
}

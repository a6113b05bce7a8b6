import { fileSource } from '../../../cli/file-source.ts';
import { openCapture } from '../../capture/capture-reader.ts';
import { compile } from '../../dissect/compile.ts';
import { Dissector } from '../../dissect/dissect.ts';
import { PROTOCOLS } from '../../protocols/all.ts';
import { FrameCursor } from '../frame-cursor.ts';
import { filterOf } from './scan.bench.ts';

/** Packets end to end in one buffer, and where each starts, with one more entry for the end. */
export interface Packets { readonly buffer: Uint8Array; readonly starts: Uint32Array; readonly count: number }

/** The first packets of a file that pass a filter. */
export async function packetsOf(path: string, most: number, text: string): Promise<Packets> {
  const source = fileSource(path);
  const reader = await openCapture(source);
  const frame = new FrameCursor(reader);
  const filter = filterOf(text);
  const program = compile(PROTOCOLS, filter.fields);
  const dissector = new Dissector(program);
  const passes = filter.bind(program);
  const found: Uint8Array[] = [];
  do {
    while (found.length < most && reader.next()) {
      frame.step();
      const tape = dissector.dissect(reader.bytes, reader.start, reader.end, frame.protocol, frame.origlen);
      if (passes(tape, reader.bytes, frame, reader.start, reader.end)) found.push(reader.bytes.slice(reader.start, reader.end));
    }
  } while (found.length < most && await reader.refill());
  await reader.close();
  source.close();
  const starts = new Uint32Array(found.length + 1);
  found.forEach((packet, i) => { starts[i + 1] = starts[i]! + packet.length; });
  const buffer = new Uint8Array(starts[found.length]!);
  found.forEach((packet, i) => buffer.set(packet, starts[i]));
  return { buffer, starts, count: found.length };
}

const whole = new Dissector(compile(PROTOCOLS));

/** Every field of every layer onto the tape. */
export function everyField({ buffer, starts, count }: Packets): number {
  let rows = 0;
  for (let i = 0; i < count; i++) rows += whole.dissect(buffer, starts[i]!, starts[i + 1]!).count;
  return rows;
}

/** Bytes of heap that reading all of them takes, for each packet: what was warmed up before takes none. */
export function heapOf(packets: Packets): number {
  const before = process.memoryUsage().heapUsed;
  everyField(packets);
  return Math.max(0, process.memoryUsage().heapUsed - before) / packets.count;
}

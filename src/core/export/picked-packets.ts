// Some packets of a capture as a capture of their own.

import { FaultError } from '../base/fault.ts';
import type { CaptureInterface, CaptureReader } from '../capture/capture-reader.ts';
import { BLOCK } from '../capture/link-types.ts';
import { Companions } from './companions.ts';
import { writtenAs, type Sink, type WrittenInterface } from './capture-writer.ts';
import { pcapWriter } from './pcap-writer.ts';
import { pcapngWriter } from './pcapng-writer.ts';

export interface PickOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((bytesRead: number) => void) | undefined;
  readonly last?: number | undefined; // the number of the last packet that may be wanted: nothing behind it is read
}

const NANOSECONDS = 1e9;
const written = ({ linkType, snaplen, name, description, filter, os, fcsLength, options }: CaptureInterface): WrittenInterface => ({ linkType, snaplen, name, description, filter, os, fcsLength, options });

/**
 * Writes the packets whose number, or interface, is wanted to `sink` and answers how many there were: a pcap for a pcap or snoop that nobody has commented; else a pcapng, with the
 * interfaces that they came from, their comments, flags and other options, and the names, statistics and secrets of the file. Custom blocks go along where their number is wanted. Rejects with a FaultError when the signal aborts; a capture that breaks off is written as far as it goes.
 */
export async function writePicked(reader: CaptureReader, wanted: (number: number, iface: number) => boolean, sink: Sink, { signal, onProgress, last = Infinity }: PickOptions = {}): Promise<number> {
  const ng = writtenAs(reader) === 'pcapng' ? pcapngWriter(sink) : null;
  const out = ng ?? pcapWriter(sink, reader.interfaces[0] ? written(reader.interfaces[0]) : { linkType: 1 }, reader.interfaces[0]?.resolution === NANOSECONDS);
  const numbers = new Map<number, number>(); // of the reader's interfaces, in what is written
  const companions = ng && new Companions(reader, ng, (iface) => numbers.get(iface));
  let packets = 0;
  do {
    if (signal?.aborted === true) throw new FaultError({ code: 'cancelled', what: 'Writing the packets was cancelled', next: 'Start it again when you like.' });
    while (reader.number < last && reader.next()) {
      const { iface, number, seconds, nanoseconds, origlen, flags, comments } = reader;
      companions?.extras();
      if (!wanted(number, iface)) continue;
      if (reader.interfaces[iface]!.linkType === BLOCK) { companions?.block(); continue; }
      if (ng !== null && !numbers.has(iface)) numbers.set(iface, ng.interface(written(reader.interfaces[iface]!)));
      out.packet({ seconds, nanoseconds, origlen, bytes: reader.bytes.subarray(reader.start, reader.end), iface: numbers.get(iface) ?? 0, flags, comments: comments.get(number) ?? [], options: reader.packetOptions() });
      packets++;
    }
    onProgress?.(reader.bytesRead);
  } while (reader.number < last && await reader.refill());
  companions?.end();
  out.end();
  return packets;
}

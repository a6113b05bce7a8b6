// A capture in, the capture of a VXLAN interface out.

import { FaultError, type Fault } from '../base/fault.ts';
import type { CaptureReader } from '../capture/capture-reader.ts';
import { BLOCK } from '../capture/link-types.ts';
import { isWanted, noInterface } from '../capture/one-interface.ts';
import type { Sink } from '../export/capture-writer.ts';
import { derivedCapture } from '../export/derived-capture.ts';
import { Decapsulator, type DecapOptions, type Refusal } from './decapsulate.ts';
import { ETHERNET_LINK } from './headers.ts';

export interface DecapReport {
  readonly packets: number;
  readonly frames: number;
  readonly refused: ReadonlyMap<Refusal, number>;
  /** How reading ended, when not well. */
  readonly fault: Fault | null;
}

export interface DecapCaptureOptions extends DecapOptions {
  readonly pcapng?: boolean | undefined;
  /** Name or number of one interface of a pcapng. */
  readonly interface?: string | undefined;
  readonly onProgress?: ((bytesRead: number) => void) | undefined;
}

/**
 * Writes to `sink` what a VXLAN interface would have seen: a pcap for a pcap, unless a pcapng is asked for; a pcapng for a pcapng, with its interfaces and the comments of
 * the packets that gave a frame. Rejects with a FaultError when the signal aborts or there is no such interface.
 */
export async function decapCapture(reader: CaptureReader, sink: Sink, options: DecapCaptureOptions, signal?: AbortSignal): Promise<DecapReport> {
  const out = derivedCapture(reader, sink, { linkType: ETHERNET_LINK, pcapng: options.pcapng });
  const device = new Decapsulator(options);
  const refused = new Map<Refusal, number>();
  let packets = 0, frames = 0;
  do {
    if (signal?.aborted === true) throw new FaultError({ code: 'cancelled', what: 'Taking the envelopes off was cancelled', next: 'Start it again when you like.' });
    while (reader.next()) {
      const face = reader.interfaces[reader.iface]!;
      if (face.linkType === BLOCK) { out.block(); continue; }
      if (!isWanted(face, options.interface)) continue;
      packets++;
      const refusal = device.take(reader.bytes, reader.start, reader.end, reader.origlen, face.linkType);
      if (refusal !== null) { count(refused, refusal, 1); continue; }
      frames++;
      if (device.packets > 1) count(refused, 'fragment', 1 - device.packets);
      out.write(device.bytes.subarray(device.start, device.end), device.wire);
    }
    options.onProgress?.(reader.bytesRead);
  } while (await reader.refill());
  if (options.interface !== undefined && !reader.interfaces.some((face) => isWanted(face, options.interface))) throw noInterface(options.interface, reader.interfaces);
  out.end();
  return { packets, frames, refused, fault: reader.fault };
}

function count(refused: Map<Refusal, number>, refusal: Refusal, more: number): void {
  const now = (refused.get(refusal) ?? 0) + more;
  if (now > 0) refused.set(refusal, now);
  else refused.delete(refusal);
}

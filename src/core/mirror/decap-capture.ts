// A capture in, the capture of a VXLAN interface out.

import { FaultError, type Fault } from '../base/fault.ts';
import type { CaptureInterface, CaptureReader } from '../capture/capture-reader.ts';
import { BLOCK } from '../capture/link-types.ts';
import type { CaptureWriter, Sink, WrittenInterface } from '../export/capture-writer.ts';
import { pcapWriter } from '../export/pcap-writer.ts';
import { pcapngWriter, type PcapngWriter } from '../export/pcapng-writer.ts';
import { Decapsulator, type DecapOptions, type Refusal } from './decapsulate.ts';
import { ETHERNET_LINK } from './headers.ts';

export interface DecapReport {
  readonly packets: number;
  readonly frames: number;
  readonly refused: ReadonlyMap<Refusal, number>;
  /** How reading ended, when not well. */
  readonly fault: Fault | null;
}

/**
 * Writes to `sink` what a VXLAN interface would have seen: a pcap for a pcap, a pcapng for a pcapng with its interfaces and the comments of the packets that
 * gave a frame. Rejects with a FaultError when the signal aborts.
 */
export async function decapCapture(reader: CaptureReader, sink: Sink, options: DecapOptions, signal?: AbortSignal): Promise<DecapReport> {
  const out = reader.format === 'pcap' ? new PcapOut(reader, sink) : new PcapngOut(reader, sink);
  const device = new Decapsulator(options);
  const refused = new Map<Refusal, number>();
  let packets = 0, frames = 0;
  do {
    if (signal?.aborted === true) throw new FaultError({ code: 'cancelled', what: 'Taking the envelopes off was cancelled', next: 'Start it again when you like.' });
    while (reader.next()) {
      const { linkType } = reader.interfaces[reader.iface]!;
      if (linkType === BLOCK) continue;
      packets++;
      const refusal = device.take(reader.bytes, reader.start, reader.end, reader.origlen, linkType);
      if (refusal !== null) { count(refused, refusal, 1); continue; }
      frames++;
      if (device.packets > 1) count(refused, 'fragment', 1 - device.packets);
      out.write(device);
    }
  } while (await reader.refill());
  out.end();
  return { packets, frames, refused, fault: reader.fault };
}

function count(refused: Map<Refusal, number>, refusal: Refusal, more: number): void {
  const now = (refused.get(refusal) ?? 0) + more;
  if (now > 0) refused.set(refusal, now);
  else refused.delete(refusal);
}

const written = ({ snaplen, name, description, filter, os }: CaptureInterface): WrittenInterface => ({ linkType: ETHERNET_LINK, snaplen, name, description, filter, os });

class PcapOut {
  readonly #reader: CaptureReader;
  readonly #writer: CaptureWriter;

  constructor(reader: CaptureReader, sink: Sink) {
    this.#reader = reader;
    const face = reader.interfaces[0];
    this.#writer = pcapWriter(sink, face ? written(face) : { linkType: ETHERNET_LINK }, (face?.resolution ?? 0) > 1e6);
  }

  write({ bytes, start, end, wire }: Decapsulator): void {
    const { seconds, nanoseconds } = this.#reader;
    this.#writer.packet({ seconds, nanoseconds, bytes: bytes.subarray(start, end), origlen: wire });
  }

  end(): void { this.#writer.end(); }
}

class PcapngOut {
  readonly #reader: CaptureReader;
  readonly #writer: PcapngWriter;
  /** Numbers of the reader's interfaces in what is written, as far as they are known. */
  readonly #numbers: number[] = [];

  constructor(reader: CaptureReader, sink: Sink) { this.#reader = reader; this.#writer = pcapngWriter(sink); }

  write({ bytes, start, end, wire }: Decapsulator): void {
    const { seconds, nanoseconds, iface, number, comments } = this.#reader;
    this.#describe();
    this.#writer.packet({ seconds, nanoseconds, bytes: bytes.subarray(start, end), origlen: wire, iface: this.#numbers[iface]!, comments: comments.get(number) ?? [] });
  }

  #describe(): void {
    const { interfaces } = this.#reader;
    for (let i = this.#numbers.length; i < interfaces.length; i++) this.#numbers.push(interfaces[i]!.linkType === BLOCK ? -1 : this.#writer.interface(written(interfaces[i]!)));
  }

  end(): void { this.#describe(); this.#writer.end(); }
}

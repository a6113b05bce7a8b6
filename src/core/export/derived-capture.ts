// A capture that is made packet by packet from another: its times, and for a pcapng its interfaces and comments, are those of the packets that it was made from.

import { BLOCK } from '../capture/link-types.ts';
import type { CaptureInterface, CaptureReader } from '../capture/capture-reader.ts';
import type { CaptureWriter, Sink, WrittenInterface } from './capture-writer.ts';
import { pcapWriter } from './pcap-writer.ts';
import { pcapngWriter, type PcapngWriter } from './pcapng-writer.ts';

export interface DerivedCapture {
  /** Writes what the reader's packet became. */
  write(bytes: Uint8Array, origlen: number): void;
  end(): void;
}

/** A pcapng where what is read is one, so that nothing of it is lost, or where it is asked for; else a pcap. All packets are of one link type. */
export const derivedCapture = (reader: CaptureReader, sink: Sink, linkType: number, pcapng = false): DerivedCapture =>
  (reader.format === 'pcapng' || pcapng ? new PcapngOut(reader, sink, linkType) : new PcapOut(reader, sink, linkType));

const written = ({ snaplen, name, description, filter, os }: CaptureInterface, linkType: number): WrittenInterface => ({ linkType, snaplen, name, description, filter, os });

class PcapOut implements DerivedCapture {
  readonly #reader: CaptureReader;
  readonly #writer: CaptureWriter;

  constructor(reader: CaptureReader, sink: Sink, linkType: number) {
    this.#reader = reader;
    const face = reader.interfaces[0];
    this.#writer = pcapWriter(sink, face ? written(face, linkType) : { linkType }, (face?.resolution ?? 0) > 1e6);
  }

  write(bytes: Uint8Array, origlen: number): void {
    const { seconds, nanoseconds } = this.#reader;
    this.#writer.packet({ seconds, nanoseconds, bytes, origlen });
  }

  end(): void { this.#writer.end(); }
}

class PcapngOut implements DerivedCapture {
  readonly #reader: CaptureReader;
  readonly #writer: PcapngWriter;
  readonly #linkType: number;
  /** Numbers of the reader's interfaces in what is written, as far as they are known. */
  readonly #numbers: number[] = [];

  constructor(reader: CaptureReader, sink: Sink, linkType: number) { this.#reader = reader; this.#writer = pcapngWriter(sink); this.#linkType = linkType; }

  write(bytes: Uint8Array, origlen: number): void {
    const { seconds, nanoseconds, iface, number, comments } = this.#reader;
    this.#describe();
    this.#writer.packet({ seconds, nanoseconds, bytes, origlen, iface: this.#numbers[iface]!, comments: comments.get(number) ?? [] });
  }

  #describe(): void {
    const { interfaces } = this.#reader;
    for (let i = this.#numbers.length; i < interfaces.length; i++) this.#numbers.push(interfaces[i]!.linkType === BLOCK ? -1 : this.#writer.interface(written(interfaces[i]!, this.#linkType)));
  }

  end(): void { this.#describe(); this.#writer.end(); }
}

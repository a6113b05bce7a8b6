// A capture that is made packet by packet from another: its times, and for a pcapng its interfaces and comments, are those of the packets that it was made from.

import { BLOCK } from '../capture/link-types.ts';
import type { CaptureInterface, CaptureReader } from '../capture/capture-reader.ts';
import { CUSTOM_COPIED } from '../capture/pcapng-options.ts';
import { EPB_DROPCOUNT, EPB_PACKETID, EPB_QUEUE } from '../capture/packet-options.ts';
import { Companions } from './companions.ts';
import { writtenAs, type CaptureWriter, type Sink, type WrittenInterface } from './capture-writer.ts';
import { pcapWriter } from './pcap-writer.ts';
import { pcapngWriter, type PcapngWriter } from './pcapng-writer.ts';

export interface DerivedCapture {
  /** Writes what the reader's packet became. */
  write(bytes: Uint8Array, origlen: number): void;
  /** Takes the reader's record along, which is no packet. */
  block(): void;
  end(): void;
}

export interface DerivedSetting {
  /** Of all packets that are written. */
  readonly linkType: number;
  /** A pcapng is written where this asks for it, and where what is read is one or has as many interfaces, so that nothing of it is lost; else a pcap. */
  readonly pcapng?: boolean | undefined;
  /** Bytes that packets may grow by: readers cut what is longer than the snaplen says. */
  readonly growth?: number;
}

export const derivedCapture = (reader: CaptureReader, sink: Sink, setting: DerivedSetting): DerivedCapture =>
  (writtenAs(reader) === 'pcapng' || setting.pcapng === true ? new PcapngOut(reader, sink, setting) : new PcapOut(reader, sink, setting));

const written = ({ snaplen, name, description, filter, os }: CaptureInterface, { linkType, growth = 0 }: DerivedSetting): WrittenInterface =>
  ({ linkType, snaplen: snaplen === 0 ? 0 : snaplen + growth, name, description, filter, os });

class PcapOut implements DerivedCapture {
  readonly #reader: CaptureReader;
  readonly #writer: CaptureWriter;

  constructor(reader: CaptureReader, sink: Sink, setting: DerivedSetting) {
    this.#reader = reader;
    const face = reader.interfaces[0];
    this.#writer = pcapWriter(sink, face ? written(face, setting) : { linkType: setting.linkType }, (face?.resolution ?? 0) > 1e6);
  }

  write(bytes: Uint8Array, origlen: number): void {
    const { seconds, nanoseconds } = this.#reader;
    this.#writer.packet({ seconds, nanoseconds, bytes, origlen });
  }

  block(): void { /* a pcap has packets only */ }

  end(): void { this.#writer.end(); }
}

/** What of a packet's options is true of what became of it; its hash and the flags of its link are not. */
const LASTING = new Set<number>([EPB_DROPCOUNT, EPB_PACKETID, EPB_QUEUE, ...CUSTOM_COPIED]);

class PcapngOut implements DerivedCapture {
  readonly #reader: CaptureReader;
  readonly #writer: PcapngWriter;
  readonly #setting: DerivedSetting;
  /** Numbers of the reader's interfaces in what is written, as far as they are known. */
  readonly #numbers: number[] = [];
  readonly #companions: Companions;

  constructor(reader: CaptureReader, sink: Sink, setting: DerivedSetting) {
    this.#reader = reader;
    this.#writer = pcapngWriter(sink);
    this.#setting = setting;
    this.#companions = new Companions(reader, this.#writer, () => undefined); // what an interface counted were other packets
  }

  write(bytes: Uint8Array, origlen: number): void {
    const { seconds, nanoseconds, iface, number, comments } = this.#reader;
    this.#describe();
    this.#companions.extras();
    this.#writer.packet({ seconds, nanoseconds, bytes, origlen, iface: this.#numbers[iface]!, comments: comments.get(number) ?? [], options: this.#reader.packetOptions().filter(({ code }) => LASTING.has(code)) });
  }

  block(): void { this.#companions.block(); }

  #describe(): void {
    const { interfaces } = this.#reader;
    for (let i = this.#numbers.length; i < interfaces.length; i++) this.#numbers.push(interfaces[i]!.linkType === BLOCK ? -1 : this.#writer.interface(written(interfaces[i]!, this.#setting)));
  }

  end(): void { this.#describe(); this.#companions.end(); this.#writer.end(); }
}

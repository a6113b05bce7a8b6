import type { CaptureReader } from '../capture/capture-reader.ts';
import type { Option } from '../capture/pcapng-options.ts';

/** A packet to be written. */
export interface WrittenPacket {
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly bytes: Uint8Array;
  /** Bytes on the wire; as many as there are where it is left out. */
  readonly origlen?: number;
  /** What `interface` gave; the first one where it is left out. A pcap has only one. */
  readonly iface?: number;
  /** A pcap drops these three. */
  readonly comments?: readonly string[];
  readonly flags?: number;
  readonly options?: readonly Option[];
}

/** An interface to be written; as `CaptureInterface` has it. */
export interface WrittenInterface {
  readonly linkType: number;
  readonly snaplen?: number;
  readonly name?: string;
  readonly description?: string;
  readonly filter?: string;
  readonly os?: string;
  readonly fcsLength?: number | null;
  readonly options?: readonly Option[];
}

/** Takes packets one after another and gives pieces of a file to a sink, in order, each piece its own memory. */
export interface CaptureWriter {
  packet(packet: WrittenPacket): void;
  /** Hands over what is still held back. Nothing may follow. */
  end(): void;
}

export type Sink = (piece: Uint8Array<ArrayBuffer>) => void;

/** What packets of a capture are written as, so that nothing of them is lost: a pcap has one interface, and no comments. Asked before the first record is read: a pcap that has comments by then was given them by a person. */
export const writtenAs = ({ format, comments }: Pick<CaptureReader, 'format' | 'comments'>): 'pcap' | 'pcapng' => ((format === 'pcap' || format === 'snoop') && comments.size === 0 ? 'pcap' : 'pcapng');

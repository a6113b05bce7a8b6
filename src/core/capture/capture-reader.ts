import { FaultError, type Fault } from '../base/fault.ts';
import type { ByteSource } from '../bytes/byte-source.ts';
import { Window, WINDOW_BYTES } from '../bytes/window.ts';
import type { Extra } from './extras.ts';
import { readFailed } from './faults.ts';
import { openErf } from './erf-reader.ts';
import { recognise } from './magic.ts';
import { openPcap } from './pcap-reader.ts';
import type { Option } from './pcapng-options.ts';
import { openPcapng } from './pcapng-reader.ts';
import { openSnoop } from './snoop-reader.ts';

/** Where packets were captured. A pcap has one; a pcapng has any number in each of its sections. */
export interface CaptureInterface {
  /** Place in `CaptureReader.interfaces`, counted over all sections. */
  readonly id: number;
  /** Section of a pcapng, from 1; 1 for a pcap. */
  readonly section: number;
  /** Number within its section, from 0, as packets and Wireshark's frame.interface_id name it; null for a pcap, and for records that belong to no interface. */
  readonly number: number | null;
  /** LINKTYPE_ value of tcpdump.org; BLOCK for records of a pcapng that are no packets. */
  readonly linkType: number;
  /** Most bytes kept of a packet; 0 where there is no limit. */
  readonly snaplen: number;
  readonly name: string; //            '' where there is none
  readonly description: string;
  readonly filter: string;
  readonly os: string;
  /** Timestamp units per second. */
  readonly resolution: number;
  /** Bytes of frame check sequence at the end of each packet; null when it is not told. */
  readonly fcsLength: number | null;
  /** What else a pcapng says of it: addresses, speed, hardware, comments. */
  readonly options: readonly Option[];
}

export type CaptureFormat = 'pcap' | 'pcapng' | 'snoop' | 'erf';

/**
 * The records of a capture, one after another, without a copy and without an allocation a record. The loop everywhere:
 * `do { while (r.next()) …; } while (await r.refill());` A record is valid until the next `next()` or `refill()`.
 */
export interface CaptureReader {
  readonly format: CaptureFormat;
  /** For people: "pcap, little-endian, microseconds". */
  readonly description: string;
  /** Grows while a pcapng is read. */
  readonly interfaces: readonly CaptureInterface[];
  /** opt_comment of packets, by packet number from 1. Grows. */
  readonly comments: ReadonlyMap<number, readonly string[]>;
  /** What a pcapng says beside its packets, in the order of the file. Grows. */
  readonly extras: readonly Extra[];
  /** How reading ended, when not well: set once next() and refill() have returned false. */
  readonly fault: Fault | null;

  /** The window; another object after each refill. The packet is `bytes[start..end)`. */
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Byte of the (inflated) file where the packet's bytes start. */
  readonly fileOffset: number;
  /** Number of the packet, from 1: as Wireshark counts. */
  readonly number: number;
  /** False for a simple packet block, which has no time; seconds and nanoseconds are 0 then. */
  readonly hasTime: boolean;
  /** Unix time. Beyond 32 bits, or negative, where a pcapng says so. */
  readonly seconds: number;
  /** 0 to 999,999,999; a pcap whose fraction lies outside gives the signed 32 bits that Wireshark makes of it (see frame.time_invalid). */
  readonly nanoseconds: number;
  readonly caplen: number;
  readonly origlen: number;
  /** Index into `interfaces`. */
  readonly iface: number;
  /** epb_flags of a pcapng packet (direction, reception, errors); -1 where there are none. */
  readonly flags: number;

  /** Options of the packet other than comments and flags: its hash, drop count and so on. */
  packetOptions(): readonly Option[];
  /** The record as the block of a pcapng that it is, where it is no packet and may be copied; null for all else. */
  copiedBlock(): { readonly type: number; readonly body: Uint8Array } | null;

  /** Puts a person's comments in place of the file's, by packet number; none where the list is empty. Before the first record is read. */
  editComments(edits: ReadonlyMap<number, readonly string[]>): void;

  /** Steps to the next record that lies whole in the window. False: call refill. */
  next(): boolean;
  /** Reads on. False: the end, or a fault. Never rejects. */
  refill(): Promise<boolean>;
  /** Bytes of the (inflated) file so far. */
  readonly bytesRead: number;
  close(): Promise<void>;
}

/**
 * Opens a capture that is not compressed (see `peel`). Rejects with a FaultError when it is no capture at all: empty, another kind of file, or cut
 * off inside the file header. `windowBytes` is for tests; of what was read, `behind` bytes stay in the window at least.
 */
export async function openCapture(source: ByteSource, windowBytes = WINDOW_BYTES, behind = 0): Promise<CaptureReader> {
  const window = new Window(source.open(), Math.max(HEAD_BYTES, Math.min(windowBytes, source.size)), 0, behind);
  try {
    await window.more(0, HEAD_BYTES).catch((e: unknown) => { throw new FaultError(readFailed(e, 0, 0)); });
    const head = window.bytes.subarray(window.at, window.limit);
    const kind = recognise(head);
    if (kind.format === 'none') throw new FaultError(kind.fault);
    if (kind.format === 'pcap') return await openPcap(window, kind);
    if (kind.format === 'pcapng') return await openPcapng(window);
    if (kind.format === 'compressed') throw new FaultError({ code: 'not-a-capture', what: `This is compressed with ${kind.name}`, next: 'Unpack it and open what comes out.' });
    if (kind.format === 'snoop') return await openSnoop(window);
    return openErf(window);
  } catch (e) {
    await window.close().catch(() => undefined); // the first error is the one to tell
    throw e;
  }
}

/** As much as the longest look at a beginning takes. */
const HEAD_BYTES = 64;

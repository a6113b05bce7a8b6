import type { CaptureReader } from '../capture/capture-reader.ts';
import { linkEncap, linkProtocol } from '../capture/link-types.ts';
import type { FrameInfo } from '../dissect/frame.ts';
import { firstProtocol } from '../protocols/all.ts';

/** A record that is no packet, and whose time nothing is counted from. */
const NO_PACKET = -1;
const NO_COMMENTS: readonly string[] = [];

/** What a capture file says of the record under its reader's cursor: one object, refilled for each packet. Records must be shown to it in file order. */
export class FrameCursor implements FrameInfo {
  number = 0;
  hasTime = true;
  seconds = 0;
  nanoseconds = 0;
  firstSeconds = 0;
  firstNanoseconds = 0;
  previousSeconds = 0;
  previousNanoseconds = 0;
  displayedSeconds = 0;
  displayedNanoseconds = 0;
  caplen = 0;
  origlen = 0;
  encap = 1;
  section = 0;
  iface: number | null = null;
  interfaceName = '';
  interfaceDescription = '';
  comments = NO_COMMENTS;
  flags = -1;
  /** The protocol that the packet starts with, as the dissector wants it. */
  protocol = 0;
  readonly #reader: CaptureReader;
  readonly #sections: boolean;
  #iface = -1;
  #shown = false;

  constructor(reader: CaptureReader) { this.#reader = reader; this.#sections = reader.format === 'pcapng'; }

  /** Takes the record that `reader.next()` stepped to. */
  step(): void {
    const r = this.#reader;
    if (this.number === 0) { this.firstSeconds = this.seconds = r.seconds; this.firstNanoseconds = this.nanoseconds = r.nanoseconds; }
    if (this.encap !== NO_PACKET) { this.previousSeconds = this.seconds; this.previousNanoseconds = this.nanoseconds; }
    this.number = r.number;
    this.hasTime = r.hasTime;
    this.flags = r.flags;
    this.seconds = r.seconds;
    this.nanoseconds = r.nanoseconds;
    if (!this.#shown) { this.displayedSeconds = r.seconds; this.displayedNanoseconds = r.nanoseconds; }
    this.caplen = r.caplen;
    this.origlen = r.origlen;
    if (r.iface !== this.#iface) this.#interface(r.iface);
    this.comments = r.comments.size === 0 ? NO_COMMENTS : r.comments.get(r.number) ?? NO_COMMENTS;
  }

  packetOptions(): ReturnType<CaptureReader['packetOptions']> { return this.#reader.packetOptions(); }

  /** The record passed the filter: the next one counts its time from here. */
  show(): void {
    this.#shown = true;
    this.displayedSeconds = this.seconds;
    this.displayedNanoseconds = this.nanoseconds;
  }

  #interface(id: number): void {
    this.#iface = id;
    const face = this.#reader.interfaces[id];
    this.encap = face ? linkEncap(face.linkType) : -1;
    this.protocol = firstProtocol(linkProtocol(face?.linkType ?? -1));
    this.section = this.#sections && face ? face.section : 0;
    this.iface = face?.number ?? null;
    this.interfaceName = face?.name ?? '';
    this.interfaceDescription = face?.description ?? '';
  }
}

import { u16, u32, u8 } from '../../bytes/read.ts';
import type { PacketView } from '../packet/packet-view.ts';

export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const ACK = 0x10;
/** The window scale that a session is taken to have whose handshake was not seen (RFC 7323 section 2.3: the most there is). */
export const MOST_SCALE = 14;

const OPTION_SCALE = 3;
const OPTION_TIMESTAMP = 8;
const OPTION_FAST_OPEN = 34;

/** The values of a TCP header that a session asks for; one is reused from packet to packet. */
export class Segment {
  flags = 0;
  seq = 0;
  ack = 0;
  window = 0;
  /** Bytes of payload. */
  size = 0;
  seconds = 0;
  toServer = true;
  /** -1 without the option. */
  scale = -1;
  timestamp = -1;
  echo = -1;
  fastOpen = false;

  read(p: PacketView, toServer: boolean): this {
    const { bytes: b, transport: at } = p;
    this.flags = u8(b, at + 13);
    this.seq = u32(b, at + 4);
    this.ack = u32(b, at + 8);
    this.window = u16(b, at + 14);
    this.size = p.payloadLength;
    this.seconds = p.seconds;
    this.toServer = toServer;
    this.scale = this.timestamp = this.echo = -1;
    this.fastOpen = false;
    this.#options(b, at + 20, p.payload);
    return this;
  }

  has(flags: number): boolean { return (this.flags & flags) === flags; }
  /** The sequence number after the last byte of payload. */
  get end(): number { return (this.seq + this.size) >>> 0; }

  #options(b: Uint8Array, from: number, to: number): void {
    for (let at = from; at + 1 < to; ) {
      const kind = u8(b, at);
      if (kind === 0) return;
      if (kind === 1) { at++; continue; }
      const length = u8(b, at + 1);
      if (length < 2 || at + length > to) return;
      if (kind === OPTION_SCALE && length === 3) this.scale = Math.min(MOST_SCALE, u8(b, at + 2));
      else if (kind === OPTION_TIMESTAMP && length === 10) { this.timestamp = u32(b, at + 2); this.echo = u32(b, at + 6); } else if (kind === OPTION_FAST_OPEN) this.fastOpen = true;
      at += length;
    }
  }
}

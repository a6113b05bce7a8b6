import { u16, u32, u8 } from '../../bytes/read.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { type HostPolicy, type OsPolicy, policyOf, tcpPolicy } from './os-policy.ts';

export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const ACK = 0x10;
export const URG = 0x20;
/** The window scale that a session is taken to have whose handshake was not seen (RFC 7323 section 2.3: the most there is). */
export const MOST_SCALE = 14;

const OPTION_SCALE = 3;
const OPTION_SACK_OK = 4;
const OPTION_SACK = 5;
const OPTION_TIMESTAMP = 8;
const OPTION_MD5 = 19;
const OPTION_AO = 29;
const OPTION_FAST_OPEN = 34;
/** Four blocks are all that fit in the options (RFC 2018 section 3). */
const MOST_SACKS = 4;

/** The values of a TCP header that a session asks for; one is reused from packet to packet. */
export class Segment {
  flags = 0;
  seq = 0;
  ack = 0;
  window = 0;
  /** Offset of the byte after urgent data; 0 without the flag. */
  urgent = 0;
  /** Bytes of payload. */
  size = 0;
  seconds = 0;
  toServer = true;
  /** -1 without the option. */
  scale = -1;
  timestamp = -1;
  echo = -1;
  sackPermitted = false;
  fastOpen = false;
  /** Signed by a key that nobody here has (RFC 2385, RFC 5925). */
  signed = false;
  /** Left and right edges of selective acknowledgments (RFC 2018). */
  readonly sacks = new Uint32Array(2 * MOST_SACKS);
  sackCount = 0;
  #view: PacketView | null = null;

  read(p: PacketView, toServer: boolean): this {
    const { bytes: b, transport: at } = p;
    this.#view = p;
    this.flags = u8(b, at + 13);
    this.seq = u32(b, at + 4);
    this.ack = u32(b, at + 8);
    this.window = u16(b, at + 14);
    this.urgent = this.has(URG) ? u16(b, at + 18) : 0;
    this.size = p.payloadLength;
    this.seconds = p.seconds;
    this.toServer = toServer;
    this.scale = this.timestamp = this.echo = -1;
    this.fastOpen = this.signed = this.sackPermitted = false;
    this.sackCount = 0;
    this.#options(b, at + 20, p.payload);
    return this;
  }

  has(flags: number): boolean { return (this.flags & flags) === flags; }
  /** Whether any of the flags is set. */
  hasAny(flags: number): boolean { return (this.flags & flags) !== 0; }
  /** The sequence number after the last byte of payload. */
  get end(): number { return (this.seq + this.size) >>> 0; }

  /** How the host that receives it behaves. */
  receiverPolicy(hosts: readonly HostPolicy[]): OsPolicy {
    const p = this.#view!;
    return tcpPolicy(policyOf(hosts, p.bytes, p.destinationAddress, p.ipVersion === 4 ? 4 : 16));
  }

  #options(b: Uint8Array, from: number, to: number): void {
    for (let at = from; at + 1 < to; ) {
      const kind = u8(b, at);
      if (kind === 0) return;
      if (kind === 1) { at++; continue; }
      const length = u8(b, at + 1);
      if (length < 2 || at + length > to) return;
      this.#option(b, at, kind, length);
      at += length;
    }
  }

  #option(b: Uint8Array, at: number, kind: number, length: number): void {
    switch (kind) {
      case OPTION_SCALE: if (length === 3) this.scale = Math.min(MOST_SCALE, u8(b, at + 2)); return;
      case OPTION_SACK_OK: this.sackPermitted = true; return;
      case OPTION_TIMESTAMP: if (length === 10) { this.timestamp = u32(b, at + 2); this.echo = u32(b, at + 6); } return;
      case OPTION_FAST_OPEN: this.fastOpen = true; return;
      case OPTION_MD5: case OPTION_AO: this.signed = true; return;
      case OPTION_SACK:
        for (let edge = at + 2; edge + 8 <= at + length && this.sackCount < MOST_SACKS; edge += 8) {
          this.sacks[2 * this.sackCount] = u32(b, edge);
          this.sacks[2 * this.sackCount++ + 1] = u32(b, edge + 4);
        }
    }
  }
}

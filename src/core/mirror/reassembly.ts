// Puts IP datagrams together whose envelope was too large for the path: fragments of the OUTER header (RFC 791, RFC 8200). The
// kernel does the same before a VXLAN interface sees anything.

import { byPlace, gapless, join } from '../bytes/parts.ts';
import { u16, u8 } from '../bytes/read.ts';
import { ETHERTYPE, type Transport } from './headers.ts';

/** Where a fragment's payload lies in its capture, and in the datagram. */
export interface Piece { readonly packet: number; readonly fileOffset: number; readonly at: number; readonly length: number }

export interface Datagram {
  /** Everything up to the transport header as the first fragment has it, then the payload as far as it was captured without a gap. */
  readonly bytes: Uint8Array;
  /** Bytes of `bytes` before the payload. */
  readonly head: number;
  /** Bytes on the wire, the head included; less than that were captured when a snaplen cut the fragments. */
  readonly wire: number;
  /** In the order they came. */
  readonly pieces: readonly Piece[];
  readonly complete: boolean;
}

interface Part extends Piece { readonly bytes: Uint8Array; readonly wire: number }
interface Pending { readonly parts: Part[]; head: Uint8Array; net: number; first: boolean; total: number; kept: number; /** The packet that completed the last datagram of the same name, where that was not long ago. */ readonly after: number | null }

/** What is told of fragments that no datagram comes of. */
export interface Unfinished {
  /** The first fragment is there, others are not. */
  readonly giveUp?: (unfinished: Datagram) => void;
  /** The first fragment is not. */
  readonly headless?: (packets: readonly number[]) => void;
  /** Pieces of a datagram that is whole already, so that they came twice; and the packet that completed it. */
  readonly again?: (pieces: readonly Piece[], completed: number) => void;
}

const MOST_PENDING = 4096;
const REMEMBERED = 1024; // whole datagrams
const MOST_BYTES = 64 << 20;
const MOST_PARTS = 512; // of 65,535 bytes, in pieces of 128

/** Fragments in, whole datagrams out. Holds 64 MB at most: the oldest unfinished datagrams are given up. */
export class Reassembly {
  readonly #pending = new Map<string, Pending>();
  #bytes = 0;
  readonly #unfinished: Unfinished;
  /** The packets that completed the last datagrams, by name. */
  readonly #completed = new Map<string, number>();

  constructor(unfinished: Unfinished = {}) { this.#unfinished = unfinished; }

  /**
   * Takes the fragment b[start..end) whose IP header of type `type` is at `net` and whose transport place is `t`. Answers the datagram
   * that it completes, or null. Copies what it keeps.
   */
  add(b: Uint8Array, start: number, net: number, end: number, type: number, t: Transport, packet: number, fileOffset: number): Datagram | null {
    const key = keyOf(b, net, type, t);
    let pending = this.#pending.get(key);
    if (pending === undefined) {
      if (this.#pending.size >= MOST_PENDING || this.#bytes > MOST_BYTES) this.#dropOldest();
      this.#pending.set(key, pending = { parts: [], head: new Uint8Array(0), net: 0, first: false, total: -1, kept: 0, after: this.#completed.get(key) ?? null });
    }
    const length = Math.max(0, Math.min(end, t.limit) - t.at);
    const wire = t.limit === Infinity ? length : t.limit - t.at;
    pending.parts.push({ packet, fileOffset: fileOffset + (t.at - start), at: t.fragment, length, wire, bytes: b.slice(t.at, t.at + length) });
    pending.kept += length;
    this.#bytes += length;
    if (t.fragment === 0) {
      pending.head = b.slice(start, t.at);
      pending.net = net - start;
      pending.first = true;
    }
    if (!t.more) pending.total = t.fragment + wire;
    if (pending.parts.length > MOST_PARTS) { this.#forget(key, pending); return null; }
    if (!pending.first || pending.total < 0 || !covers(pending)) return null;
    this.#forget(key, pending);
    this.#remember(key, packet);
    return whole(pending, type, true);
  }

  /** Gives up everything that is still unfinished. */
  finish(): void {
    while (this.#pending.size > 0) this.#dropOldest();
  }

  #dropOldest(): void {
    for (const [key, pending] of this.#pending) {
      this.#forget(key, pending);
      if (pending.after !== null) this.#unfinished.again?.(pending.parts.map(pieceOf), pending.after);
      else if (pending.first) this.#unfinished.giveUp?.(whole(pending, pending.head[pending.net]! >> 4 === 6 ? ETHERTYPE.ipv6 : ETHERTYPE.ipv4, false));
      else this.#unfinished.headless?.(pending.parts.map(({ packet }) => packet));
      return;
    }
  }

  #remember(key: string, packet: number): void {
    this.#completed.delete(key); // so that it becomes the last
    this.#completed.set(key, packet);
    if (this.#completed.size > REMEMBERED) for (const oldest of this.#completed.keys()) { this.#completed.delete(oldest); break; }
  }

  #forget(key: string, pending: Pending): void {
    this.#pending.delete(key);
    this.#bytes -= pending.kept;
  }
}

/** RFC 791: source, destination, protocol and identification name the datagram; for IPv6 (RFC 8200) without the protocol. */
function keyOf(b: Uint8Array, net: number, type: number, t: Transport): string {
  const from = net + (type === ETHERTYPE.ipv4 ? 12 : 8);
  const to = from + (type === ETHERTYPE.ipv4 ? 8 : 32);
  let key = `${t.protocol}:${t.ident}`;
  for (let at = from; at < to; at += 2) key += `:${u16(b, at)}`;
  return key;
}

const pieceOf = ({ packet, fileOffset, at, length }: Part): Piece => ({ packet, fileOffset, at, length });

/** Whether the fragments, by their lengths on the wire, leave no gap. */
const covers = ({ parts, total }: Pending): boolean => gapless(parts, ({ wire }) => wire) >= total;

function whole({ parts, head, net, total }: Pending, type: number, complete: boolean): Datagram {
  const captured = gapless(parts);
  const reached = total >= 0 ? Math.min(captured, total) : captured;
  const bytes = new Uint8Array(head.length + reached);
  bytes.set(head);
  join(byPlace(parts), bytes, head.length);
  unfragment(bytes, net, type, head.length, Math.max(total, reached));
  return { bytes, head: head.length, wire: head.length + Math.max(total, reached), pieces: parts.map(pieceOf), complete };
}

/** Makes the header of the first fragment that of the datagram: no more fragments, the whole length. Its checksum stays the fragment's. */
function unfragment(bytes: Uint8Array, net: number, type: number, head: number, payload: number): void {
  const length = type === ETHERTYPE.ipv4 ? head - net + payload : head - net - 40 + payload;
  const at = type === ETHERTYPE.ipv4 ? net + 2 : net + 4;
  bytes[at] = length >> 8 & 0xff;
  bytes[at + 1] = length & 0xff;
  if (type === ETHERTYPE.ipv4) { bytes[net + 6] = u8(bytes, net + 6) & 0xc0; bytes[net + 7] = 0; }
  else { bytes[head - 6] = 0; bytes[head - 5] = u8(bytes, head - 5) & 0x06; } // the fragment header ends the head: offset 0, no more
}

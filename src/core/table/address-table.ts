import { ipv4Text, ipv6Text, macText } from '../format/address.ts';
import { orderBy } from './radix.ts';
import { Slots } from './slots.ts';

export const NO_ADDRESS = 0;
/** What an address is numbered when the table is full. */
export const LOST_ADDRESS = 1;
/** Addresses a capture may have: a hostile one has a new one in every packet. */
export const MAX_ADDRESSES = 1 << 22;

const LOST = 1;
const V4 = 2;
const V6 = 3;
const MAC = 4;
const FIRST = 1 << 9;

/**
 * The addresses of a capture, numbered in the order of sight: four bytes of a row stand for an IPv4, IPv6 or MAC address. Finding one allocates nothing.
 * Slots are sought by open addressing, at most half of them taken, under multipliers that a capture cannot know.
 */
export class AddressTable {
  count = 2;
  #kind = new Uint8Array(FIRST).fill(LOST, 1, 2);
  #word = new Int32Array(FIRST); //  the IPv4 address; for the others where their four words are
  #wide = new Int32Array(256);
  #wideCount = 0;
  readonly #v4 = new Slots();
  readonly #others = new Slots();

  readonly #most: number;

  /** `most`: how many addresses it takes, at least 2. */
  constructor(most = MAX_ADDRESSES) { this.#most = most; }

  get full(): boolean { return this.count >= this.#most; }

  /** The number of the IPv4 address in four bytes. */
  v4(b: DataView, at: number): number {
    const word = b.getInt32(at);
    const { pairs, mask, shift, multiplier } = this.#v4;
    let slot = Math.imul(word, multiplier) >>> shift;
    for (let id = pairs[slot * 2 + 1]!; id !== 0; id = pairs[slot * 2 + 1]!) {
      if (pairs[slot * 2] === word) return id;
      slot = (slot + 1) & mask;
    }
    return this.#add(V4, word, this.#v4, word, slot);
  }

  /** The number of the IPv6 address in sixteen bytes. */
  v6(b: DataView, at: number): number { return this.#find(V6, b.getInt32(at), b.getInt32(at + 4), b.getInt32(at + 8), b.getInt32(at + 12)); }

  /** The number of the MAC address in six bytes. */
  mac(b: DataView, at: number): number { return this.#find(MAC, 0, 0, b.getUint16(at), b.getInt32(at + 2)); }

  isV4(id: number): boolean { return this.#kind[id] === V4; }
  isV6(id: number): boolean { return this.#kind[id] === V6; }
  isMac(id: number): boolean { return this.#kind[id] === MAC; }

  /** An IPv4 address as a number; -1 for any other. */
  v4Number(id: number): number { return this.#kind[id] === V4 ? this.#word[id]! >>> 0 : -1; }

  /** The address's bytes in network order: 4, 16 or 6 of them; none for no address. */
  bytes(id: number): Uint8Array {
    const kind = this.#kind[id]!;
    if (kind < V4) return new Uint8Array(0);
    const at = this.#word[id]!;
    const words = kind === V4 ? [at] : this.#wide.subarray(at, at + 4);
    const view = new DataView(new ArrayBuffer(words.length * 4));
    words.forEach((word: number, i: number) => view.setInt32(i * 4, word));
    return new Uint8Array(view.buffer, kind === MAC ? 10 : 0);
  }

  /** As Wireshark prints it; '' for no address. */
  text(id: number): string {
    switch (this.#kind[id]) {
      case V4: return ipv4Text(this.bytes(id));
      case V6: return ipv6Text(this.bytes(id));
      case MAC: return macText(this.bytes(id));
      case LOST: return '(too many addresses)';
      default: return '';
    }
  }

  /** The place of each address, by its number, in the order of all: by kind (none, IPv4, IPv6, MAC), then by value. */
  ranks(): Uint32Array {
    const words = Array.from({ length: 5 }, () => new Uint32Array(this.count)); // the least significant first
    for (let id = 1; id < this.count; id++) {
      const kind = words[4]![id] = this.#kind[id]!;
      if (kind === V4) words[3]![id] = this.#word[id]!;
      else if (kind > V4) for (let w = 0; w < 4; w++) words[w]![id] = this.#wide[this.#word[id]! + 3 - w]!;
    }
    const ranks = new Uint32Array(this.count);
    orderBy(this.count, words).forEach((id, rank) => { ranks[id] = rank; });
    return ranks;
  }

  /** Bytes that the table takes. */
  get byteLength(): number { return this.#kind.byteLength + this.#word.byteLength + this.#wide.byteLength + this.#v4.byteLength + this.#others.byteLength; }

  #find(kind: number, w0: number, w1: number, w2: number, w3: number): number {
    const { pairs, mask, shift, multiplier } = this.#others;
    const wide = this.#wide;
    const key = Math.imul(Math.imul(Math.imul(w0 ^ kind, multiplier) ^ w1, multiplier) ^ w2, multiplier) ^ w3;
    let slot = Math.imul(key, multiplier) >>> shift;
    for (let id = pairs[slot * 2 + 1]!; id !== 0; id = pairs[slot * 2 + 1]!) {
      const at = this.#word[id]!;
      if (pairs[slot * 2] === key && this.#kind[id] === kind && wide[at] === w0 && wide[at + 1] === w1 && wide[at + 2] === w2 && wide[at + 3] === w3) return id;
      slot = (slot + 1) & mask;
    }
    if (this.full) return LOST_ADDRESS;
    if (this.#wideCount + 4 > wide.length) { this.#wide = new Int32Array(wide.length * 2); this.#wide.set(wide); }
    const at = this.#wideCount;
    this.#wide[at] = w0; this.#wide[at + 1] = w1; this.#wide[at + 2] = w2; this.#wide[at + 3] = w3;
    this.#wideCount += 4;
    return this.#add(kind, at, this.#others, key, slot);
  }

  #add(kind: number, word: number, slots: Slots, key: number, slot: number): number {
    if (this.full) return LOST_ADDRESS;
    const id = this.count++;
    this.#kind[id] = kind;
    this.#word[id] = word;
    slots.put(slot, key, id);
    if (this.count === this.#kind.length) this.#grow();
    return id;
  }

  #grow(): void {
    const kind = new Uint8Array(this.count * 2);
    const word = new Int32Array(this.count * 2);
    kind.set(this.#kind); word.set(this.#word);
    this.#kind = kind; this.#word = word;
  }
}

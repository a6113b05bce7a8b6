// Conversations by both ends, addresses and ports, numbered in the order of sight; the two directions are one. Wireshark's rule: envelopes and tags around
// them make no difference.

import type { Sight } from '../../dissect/recall.ts';

/** Later conversations of a capture have no number; 36 bytes and a few numbers are kept of each. */
const MOST = 1 << 20;
const KEY = 36; // two ends of an address of 16 bytes and a port
const FIRST = 1 << 8;

export class Conversations {
  count = 0;
  /** Of the last `find`: whether the packet came from the end that is the greater one by its bytes. */
  down = false;
  #keys = new Uint8Array(FIRST * KEY);
  #slots = new Int32Array(FIRST * 2); // number + 1
  readonly #key = new Uint8Array(KEY);
  #slot = 0;

  /** The number of the conversation of a header whose ports stand at `start`, which is its own where nothing else is said; -1 without addresses or room. Finding one allocates nothing. */
  find({ packet, network, addressBytes, start: header }: Sight, start = header): number {
    if (network < 0) return -1;
    this.#fill(packet, network, addressBytes, start);
    const mask = this.#slots.length - 1;
    let slot = this.#hash() & mask;
    for (let id = this.#slots[slot]!; id !== 0; id = this.#slots[slot]!) {
      if (this.#same(id - 1)) { this.#slot = slot; return id - 1; }
      slot = (slot + 1) & mask;
    }
    if (this.count === MOST) return -1;
    this.#slot = slot;
    return this.again();
  }

  /** Another conversation between the same ends as the last one found, which takes its place. */
  again(): number {
    if (this.count === MOST) return -1;
    const id = this.count++;
    if (this.count * KEY > this.#keys.length) { const old = this.#keys; this.#keys = new Uint8Array(old.length * 2); this.#keys.set(old); }
    this.#keys.set(this.#key, id * KEY);
    this.#slots[this.#slot] = id + 1;
    if (this.count * 2 > this.#slots.length) this.#grow();
    return id;
  }

  /** The lesser end first. */
  #fill(packet: Uint8Array, network: number, bytes: number, start: number): void {
    const key = this.#key;
    const second = network + bytes;
    let order = 0;
    for (let i = 0; i < bytes && order === 0; i++) order = packet[network + i]! - packet[second + i]!;
    for (let i = 0; i < 2 && order === 0; i++) order = packet[start + i]! - packet[start + 2 + i]!;
    this.down = order > 0;
    key.fill(0);
    const [low, high, lowPort, highPort] = order > 0 ? [second, network, start + 2, start] : [network, second, start, start + 2];
    for (let i = 0; i < bytes; i++) { key[i] = packet[low + i]!; key[16 + i] = packet[high + i]!; }
    key[32] = packet[lowPort]!; key[33] = packet[lowPort + 1]!; key[34] = packet[highPort]!; key[35] = packet[highPort + 1]!;
  }

  #hash(): number {
    let hash = 0x811c_9dc5; // FNV-1a
    for (let i = 0; i < KEY; i++) hash = Math.imul(hash ^ this.#key[i]!, 0x0100_0193);
    return hash ^ (hash >>> 15);
  }

  #same(id: number): boolean {
    for (let i = 0, at = id * KEY; i < KEY; i++) if (this.#keys[at + i] !== this.#key[i]) return false;
    return true;
  }

  /** Twice the slots; of conversations between the same ends only the last one has a slot. */
  #grow(): void {
    const old = this.#slots;
    const kept = this.#key.slice();
    this.#slots = new Int32Array(old.length * 2);
    for (const id of old) {
      if (id === 0) continue;
      this.#key.set(this.#keys.subarray((id - 1) * KEY, id * KEY));
      let slot = this.#hash() & (this.#slots.length - 1);
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (this.#slots.length - 1);
      this.#slots[slot] = id;
    }
    this.#key.set(kept);
  }
}

/** Numbers of each conversation that grow with their count: `width` of them each. */
export class Kept {
  #values: Float64Array;
  readonly #width: number;
  readonly #first: number;
  constructor(width: number, first: number) { this.#width = width; this.#first = first; this.#values = new Float64Array(FIRST * width).fill(first); }

  get(id: number, place: number): number { const at = id * this.#width + place; return at < this.#values.length ? this.#values[at]! : this.#first; }

  set(id: number, place: number, value: number): void {
    const at = id * this.#width + place;
    if (at >= this.#values.length) {
      const old = this.#values;
      this.#values = new Float64Array(Math.max(old.length * 2, at + 1)).fill(this.#first);
      this.#values.set(old);
    }
    this.#values[at] = value;
  }
}

/** When a conversation began and when it was last heard of. */
export class Times {
  readonly #kept = new Kept(4, NaN);

  /** Puts the time since both into places `at` and `at + 1`: seconds, and nanoseconds that may be negative. */
  note(id: number, { seconds, nanoseconds }: Sight, values: Float64Array, rests: Float64Array, at: number): void {
    const kept = this.#kept;
    if (Number.isNaN(kept.get(id, 0))) { kept.set(id, 0, seconds); kept.set(id, 1, nanoseconds); kept.set(id, 2, seconds); kept.set(id, 3, nanoseconds); }
    values[at] = seconds - kept.get(id, 0);
    rests[at] = nanoseconds - kept.get(id, 1);
    values[at + 1] = seconds - kept.get(id, 2);
    rests[at + 1] = nanoseconds - kept.get(id, 3);
    kept.set(id, 2, seconds);
    kept.set(id, 3, nanoseconds);
  }
}

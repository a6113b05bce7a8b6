// The bytes of one direction of a TCP session, put in order. Places count from the direction's first byte. Blocks are stretches without a gap: a gap of a gigabyte costs nothing.

import type { OsPolicy } from './os-policy.ts';

/** Policies that let a new segment win which begins before the old one; with the old one and ends with it or after it; with it and ends after it; before or after it and ends with it or after it. */
const WIN_BEFORE: ReadonlySet<OsPolicy> = new Set<OsPolicy>(['bsd', 'hpux10', 'irix', 'windows', 'windows2k3', 'old-linux', 'linux', 'macos']);
const WIN_SAME_START: ReadonlySet<OsPolicy> = new Set<OsPolicy>(['old-linux', 'solaris', 'hpux11']);
const WIN_COVERING: ReadonlySet<OsPolicy> = new Set<OsPolicy>(['solaris', 'hpux11']);

/** Whose bytes stay where a new segment [at..end) overlaps an old one [start..stop) with different ones (Novak and Sturges, 2007; stream-tcp-list.c). */
function newWins(policy: OsPolicy, at: number, end: number, start: number, stop: number): boolean {
  if (policy === 'last') return true;
  if (at === start) return (end >= stop && WIN_SAME_START.has(policy)) || (end > stop && policy === 'linux');
  if (at < start) return WIN_BEFORE.has(policy) || (end >= stop && WIN_COVERING.has(policy));
  return end > stop && WIN_COVERING.has(policy);
}

/** Memory comes in powers of 2 from this one on. */
const LEAST_BITS = 6;
const LEAST = 1 << LEAST_BITS;
/** Pieces up to this size are kept for the next who asks, so many of each: a stream that is looked at as it comes gives one back with every other segment. */
const MOST_BITS = 16;
const KEPT = 64;

/** What all streams together may keep. */
export class Room {
  left: number;
  readonly #free: Uint8Array[][] = Array.from({ length: MOST_BITS + 1 }, () => []);
  constructor(bytes: number) { this.left = bytes; }

  /** Memory for so many bytes or more; what is in it is nobody's. */
  take(bytes: number): Uint8Array {
    const bits = bytes <= LEAST ? LEAST_BITS : 32 - Math.clz32(bytes - 1);
    const data = (bits <= MOST_BITS ? this.#free[bits]!.pop() : undefined) ?? new Uint8Array(2 ** bits);
    this.left -= data.length;
    return data;
  }

  give(data: Uint8Array): void {
    this.left += data.length;
    const bits = 31 - Math.clz32(data.length);
    if (bits <= MOST_BITS && this.#free[bits]!.length < KEPT) this.#free[bits]!.push(data);
  }
}

export class Block {
  /** Place of the first byte, and the bytes: data[from..to). */
  start: number;
  data: Uint8Array;
  from = 0;
  to: number;
  /** Starts and ends of the segments that it was made of. */
  segments: number[];
  constructor(start: number, data: Uint8Array, size: number) {
    this.start = start;
    this.data = data;
    this.to = size;
    this.segments = [start, start + size];
  }
  get end(): number { return this.start + this.to - this.from; }
}

const GROWTH = 2;

export class StreamBuffer {
  readonly blocks: Block[] = [];
  readonly #room: Room;
  constructor(room: Room) { this.#room = room; }

  get end(): number { return this.blocks.length === 0 ? 0 : this.blocks[this.blocks.length - 1]!.end; }

  /** The block that a place lies in, or the first one after it; null when nothing is there. */
  at(place: number): Block | null {
    for (const block of this.blocks) if (block.end > place) return block;
    return null;
  }

  /** Puts a segment's bytes in. Answers whether it said something else than what is there. Bytes for which there is no room are left out: they are a gap then. */
  insert(at: number, bytes: Uint8Array, from: number, to: number, policy: OsPolicy): boolean {
    const last = this.blocks[this.blocks.length - 1];
    if (to - from > this.#room.left) return false;
    if (last?.end === at) { this.#append(last, bytes, from, to); return false; }
    if (last === undefined || at > last.end) { this.#add(this.blocks.length, at, bytes, from, to); return false; }
    return this.#merge(at, bytes, from, to, policy);
  }

  /** Forgets what lies before a place. */
  drop(before: number): void {
    while (this.blocks.length > 0 && this.blocks[0]!.end <= before) this.#room.give((this.blocks.length === 1 ? this.blocks.pop() : this.blocks.shift())!.data);
    const first = this.blocks[0];
    if (first === undefined || first.start >= before) return;
    first.from += before - first.start;
    first.start = before;
    while (first.segments.length > 1 && first.segments[1]! <= before) first.segments.splice(0, 2);
  }

  clear(): void {
    for (const { data } of this.blocks) this.#room.give(data);
    this.blocks.length = 0;
  }

  #append(block: Block, bytes: Uint8Array, from: number, to: number): void {
    const size = to - from;
    const end = block.end;
    if (block.to + size > block.data.length) this.#grow(block, size);
    block.data.set(bytes.subarray(from, to), block.to);
    block.to += size;
    block.segments.push(end, end + size);
  }

  /** Moves what is left of a block to the front of larger room. */
  #grow(block: Block, size: number): void {
    const kept = block.to - block.from;
    if (kept + size <= block.data.length) block.data.copyWithin(0, block.from, block.to);
    else {
      const data = this.#room.take(GROWTH * (kept + size));
      data.set(block.data.subarray(block.from, block.to));
      this.#room.give(block.data);
      block.data = data;
    }
    block.to = kept;
    block.from = 0;
  }

  #add(place: number, at: number, bytes: Uint8Array, from: number, to: number): void {
    const data = this.#room.take(to - from);
    data.set(bytes.subarray(from, to));
    const block = new Block(at, data, to - from);
    if (place === this.blocks.length) this.blocks.push(block); else this.blocks.splice(place, 0, block);
  }

  /** A segment that comes late or overlaps: what is there is compared, holes are filled, and blocks that now touch are joined. */
  #merge(at: number, bytes: Uint8Array, from: number, to: number, policy: OsPolicy): boolean {
    const end = at + to - from;
    let different = false;
    let place = at;
    for (let i = 0; i < this.blocks.length && place < end; i++) {
      const block = this.blocks[i]!;
      if (block.end <= place) continue;
      if (block.start >= end) break;
      if (block.start > place) {
        this.#add(i, place, bytes, from + place - at, from + block.start - at);
        place = block.start;
        continue;
      }
      if (compare(block, at, bytes.subarray(from, to), policy)) different = true;
      place = block.end;
    }
    if (place < end) {
      const index = this.blocks.findIndex((block) => block.start >= end);
      this.#add(index < 0 ? this.blocks.length : index, place, bytes, from + place - at, to);
    }
    for (let i = this.blocks.length - 1; i > 0; i--) if (this.blocks[i - 1]!.end === this.blocks[i]!.start) this.#join(i);
    return different;
  }

  #join(second: number): void {
    const [a, b] = [this.blocks[second - 1]!, this.blocks[second]!];
    const segments = b.segments;
    const kept = a.segments.length;
    this.#append(a, b.data, b.from, b.to);
    a.segments.length = kept;
    a.segments.push(...segments);
    this.#room.give(b.data);
    this.blocks.splice(second, 1);
  }
}

/** Compares a segment with what a block has of its bytes, segment by segment, and lets the policy choose where they differ. */
function compare(block: Block, at: number, bytes: Uint8Array, policy: OsPolicy): boolean {
  const end = at + bytes.length;
  let different = false;
  for (let s = 0; s < block.segments.length; s += 2) {
    const [start, stop] = [Math.max(block.segments[s]!, block.start), block.segments[s + 1]!];
    if (stop <= at || start >= end) continue;
    const wins = newWins(policy, at, end, start, stop);
    for (let place = Math.max(start, at); place < Math.min(stop, end); place++) {
      const index = block.from + place - block.start;
      if (block.data[index] === bytes[place - at]) continue;
      different = true;
      if (wins) block.data[index] = bytes[place - at]!;
    }
  }
  return different;
}

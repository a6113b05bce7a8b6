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

/** What all streams together may keep. */
export class Room {
  left: number;
  constructor(bytes: number) { this.left = bytes; }
}

export class Block {
  /** Place of the first byte, and the bytes: data[from..to). */
  start: number;
  data: Uint8Array;
  from = 0;
  to: number;
  /** Starts and ends of the segments that it was made of. */
  segments: number[];
  constructor(start: number, data: Uint8Array, segments: number[]) {
    this.start = start;
    this.data = data;
    this.to = data.length;
    this.segments = segments;
  }
  get end(): number { return this.start + this.to - this.from; }
}

const GROWTH = 2;
const LEAST = 2048;

export class StreamBuffer {
  readonly blocks: Block[] = [];
  readonly #room: Room;
  constructor(room: Room) { this.#room = room; }

  get end(): number { return this.blocks.at(-1)?.end ?? 0; }

  /** The block that a place lies in, or the first one after it; null when nothing is there. */
  at(place: number): Block | null {
    for (const block of this.blocks) if (block.end > place) return block;
    return null;
  }

  /** Puts a segment's bytes in. Answers whether it said something else than what is there. Bytes for which there is no room are left out: they are a gap then. */
  insert(at: number, bytes: Uint8Array, from: number, to: number, policy: OsPolicy): boolean {
    const last = this.blocks.at(-1);
    if (to - from > this.#room.left) return false;
    if (last?.end === at) { this.#append(last, bytes, from, to); return false; }
    if (last === undefined || at > last.end) { this.#add(this.blocks.length, at, bytes, from, to); return false; }
    return this.#merge(at, bytes, from, to, policy);
  }

  /** Forgets what lies before a place. */
  drop(before: number): void {
    while (this.blocks.length > 0 && this.blocks[0]!.end <= before) this.#room.left += this.blocks.shift()!.data.length;
    const first = this.blocks[0];
    if (first === undefined || first.start >= before) return;
    first.from += before - first.start;
    first.start = before;
    while (first.segments.length > 1 && first.segments[1]! <= before) first.segments.splice(0, 2);
  }

  clear(): void {
    for (const { data } of this.blocks) this.#room.left += data.length;
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
    const data = kept + size <= block.data.length ? block.data : new Uint8Array(Math.max(LEAST, GROWTH * (kept + size)));
    this.#room.left -= data.length - block.data.length;
    if (data === block.data) data.copyWithin(0, block.from, block.to); else data.set(block.data.subarray(block.from, block.to));
    block.data = data;
    block.to = kept;
    block.from = 0;
  }

  #add(place: number, at: number, bytes: Uint8Array, from: number, to: number): void {
    this.#room.left -= to - from;
    this.blocks.splice(place, 0, new Block(at, bytes.slice(from, to), [at, at + to - from]));
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
    this.#room.left += b.data.length;
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

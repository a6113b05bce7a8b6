// Rows of two captures with the same key, brought together: what a join does.

/** Rows with two keys of 32 bits each, in the order of the capture. */
export interface KeyedRows { readonly rows: Uint32Array; readonly key1: Int32Array; readonly key2: Int32Array; count: number }

export const keyedRows = (capacity: number): KeyedRows => ({ rows: new Uint32Array(capacity), key1: new Int32Array(capacity), key2: new Int32Array(capacity), count: 0 });

export const addKeyed = (k: KeyedRows, row: number, key1: number, key2: number): void => {
  k.rows[k.count] = row;
  k.key1[k.count] = key1;
  k.key2[k.count++] = key2;
};

/** Group g holds aRows[aStart[g]..aStart[g + 1]) and bRows likewise, each in the order of its capture. Either may be empty. */
export interface Groups {
  readonly count: number;
  readonly aStart: Uint32Array;
  readonly aRows: Uint32Array;
  readonly bStart: Uint32Array;
  readonly bRows: Uint32Array;
}

/** Groups the rows of `a` by key and gives each the rows of `b` that have the same. Rows of `b` with a key of their own are left out. */
export function joined(a: KeyedRows, b: KeyedRows): Groups {
  const size = 1 << Math.max(4, 32 - Math.clz32(a.count * 2));
  const slots = new Int32Array(size).fill(-1); // group number
  const first = new Uint32Array(a.count); //      a place in `a` that has the group's key
  const groupOfA = new Int32Array(a.count);
  let count = 0;
  for (let i = 0; i < a.count; i++) {
    const slot = find(a, slots, first, a.key1[i]!, a.key2[i]!);
    if (slots[slot]! < 0) { slots[slot] = count; first[count++] = i; }
    groupOfA[i] = slots[slot]!;
  }
  const groupOfB = new Int32Array(b.count);
  for (let i = 0, next = 0; i < b.count; i++) {
    const key1 = b.key1[i]!, key2 = b.key2[i]!;
    const place = near(a, next, key1, key2);
    const group = groupOfB[i] = place >= 0 ? groupOfA[place]! : slots[find(a, slots, first, key1, key2)]!;
    if (group >= 0) next = (place >= 0 ? place : first[group]!) + 1;
  }
  const left = byGroup(a, groupOfA, count);
  const right = byGroup(b, groupOfB, count);
  return { count, aStart: left.start, aRows: left.rows, bStart: right.start, bRows: right.rows };
}

const NEAR = 4;

/** A place from `next` on that has the key, or -1. Most packets come in the order that they were sent in; asking there spares the table, whose places lie all over the memory. */
function near(a: KeyedRows, next: number, key1: number, key2: number): number {
  const end = Math.min(a.count, next + NEAR);
  for (let place = next; place < end; place++) if (a.key1[place] === key1 && a.key2[place] === key2) return place;
  return -1;
}

/** The slot that holds the key, or the free one where it belongs. */
function find(a: KeyedRows, slots: Int32Array, first: Uint32Array, key1: number, key2: number): number {
  const mask = slots.length - 1;
  let slot = Math.imul(key1 ^ (key2 >>> 7), 0x9e37_79b1) >>> 7 & mask;
  for (let group = slots[slot]!; group >= 0; group = slots[slot]!) {
    const place = first[group]!;
    if (a.key1[place] === key1 && a.key2[place] === key2) break;
    slot = (slot + 1) & mask;
  }
  return slot;
}

function byGroup(k: KeyedRows, groupOf: Int32Array, count: number): { start: Uint32Array; rows: Uint32Array } {
  const start = new Uint32Array(count + 1);
  let kept = 0;
  for (let i = 0; i < k.count; i++) if (groupOf[i]! >= 0) { start[groupOf[i]! + 1]!++; kept++; }
  for (let g = 0; g < count; g++) start[g + 1]! += start[g]!;
  const next = start.slice(0, count);
  const rows = new Uint32Array(kept);
  for (let i = 0; i < k.count; i++) if (groupOf[i]! >= 0) rows[next[groupOf[i]!]!++] = k.rows[i]!;
  return { start, rows };
}

/** Groups put aside one by one, without an object each. */
export class GroupList {
  count = 0;
  #rows = new Uint32Array(1024);
  #used = 0;
  #ends = new Uint32Array(256); // of the a rows, then of the b rows, of each group

  add(a: Uint32Array, b: Uint32Array): void {
    this.#rows = grown(this.#rows, this.#used + a.length + b.length);
    this.#ends = grown(this.#ends, this.count * 2 + 2);
    this.#rows.set(a, this.#used);
    this.#rows.set(b, this.#used + a.length);
    this.#ends[this.count * 2] = this.#used + a.length;
    this.#ends[this.count * 2 + 1] = this.#used += a.length + b.length;
    this.count++;
  }

  a(group: number): Uint32Array { return this.#rows.subarray(group === 0 ? 0 : this.#ends[group * 2 - 1]!, this.#ends[group * 2]); }
  b(group: number): Uint32Array { return this.#rows.subarray(this.#ends[group * 2], this.#ends[group * 2 + 1]); }
}

function grown(array: Uint32Array<ArrayBuffer>, needed: number): Uint32Array<ArrayBuffer> {
  if (needed <= array.length) return array;
  const wider = new Uint32Array(Math.max(needed, Math.ceil(array.length * 1.5)));
  wider.set(array);
  return wider;
}

/** A set of 32-bit numbers: for millions of them, which a Set would keep one by one. */
export class IntSet {
  #slots = new Int32Array(1 << 10);
  #zero = false;
  #count = 0;

  add(value: number): void {
    if (value === 0) { this.#zero = true; return; }
    if (this.#count * 2 >= this.#slots.length) this.#grow();
    const slot = this.#slot(value);
    if (this.#slots[slot] === 0) { this.#slots[slot] = value; this.#count++; }
  }

  has(value: number): boolean { return value === 0 ? this.#zero : this.#slots[this.#slot(value)] === value; }

  #slot(value: number): number {
    const mask = this.#slots.length - 1;
    let slot = Math.imul(value, 0x9e37_79b1) >>> 9 & mask;
    while (this.#slots[slot] !== 0 && this.#slots[slot] !== value) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(before.length * 2);
    for (const value of before) if (value !== 0) this.#slots[this.#slot(value)] = value;
  }
}

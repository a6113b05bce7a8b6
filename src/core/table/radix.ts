const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/**
 * Puts the rows of `order` in ascending order of `keys` (one a row number, 32 bits), stable; the answer is one of the two arrays, the other is scratch.
 * Least significant digit first: sort by the least important key first, then by the next. A digit that all rows share costs a count and no move.
 */
export function radixPass(order: Uint32Array, scratch: Uint32Array, keys: Uint32Array): [sorted: Uint32Array, scratch: Uint32Array] {
  const counts = new Uint32Array(DIGITS);
  let [from, to] = [order, scratch];
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    counts.fill(0);
    for (let i = 0; i < from.length; i++) counts[(keys[from[i]!]! >>> shift) & (DIGITS - 1)]!++;
    if (from.length === 0 || counts[(keys[from[0]!]! >>> shift) & (DIGITS - 1)] === from.length) continue;
    for (let digit = 0, at = 0; digit < DIGITS; digit++) { const n = counts[digit]!; counts[digit] = at; at += n; }
    for (let i = 0; i < from.length; i++) { const row = from[i]!; to[counts[(keys[row]! >>> shift) & (DIGITS - 1)]!++] = row; }
    [from, to] = [to, from];
  }
  return [from, to];
}

/** 0, 1, 2 … by several keys, the least important first. */
export function orderBy(count: number, keys: readonly Uint32Array[]): Uint32Array {
  let order = Uint32Array.from({ length: count }, (_, i) => i);
  let scratch = new Uint32Array(count);
  for (const key of keys) [order, scratch] = radixPass(order, scratch, key) as [typeof order, typeof scratch];
  return order;
}

/**
 * Marks a longest increasing run among `values` (not need be next to each other): in pairs taken in the order of one capture, with their places
 * in the other as values, whatever is left out came out of order, and nothing less would explain it. O(n log n). What equals `absent` has no part in it.
 */
export function longestIncreasing(values: Uint32Array, absent = -1): Uint8Array {
  const n = values.length;
  const tails = new Uint32Array(n); //   tails[k]: place of the smallest last value of a run of k + 1
  const before = new Int32Array(n);
  let longest = 0;
  for (let i = 0; i < n; i++) {
    if (values[i] === absent) continue;
    let low = longest > 0 && values[tails[longest - 1]!]! < values[i]! ? longest : 0; // most come in order
    let high = longest;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (values[tails[middle]!]! < values[i]!) low = middle + 1;
      else high = middle;
    }
    before[i] = low === 0 ? -1 : tails[low - 1]!;
    tails[low] = i;
    if (low === longest) longest++;
  }
  const marks = new Uint8Array(n);
  for (let i = longest === 0 ? -1 : tails[longest - 1]!; i >= 0; i = before[i]!) marks[i] = 1;
  return marks;
}

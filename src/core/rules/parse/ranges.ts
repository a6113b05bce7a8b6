// Sets of numbers as sorted, disjoint, inclusive ranges: what address and port lists become. bigint, since an IPv6 address is one number of 128 bits;
// this is the time of parsing, and the packets meet the typed arrays made from it.

export interface Range { readonly from: bigint; readonly to: bigint }

/** Sorted, with overlapping and adjacent ranges joined. */
export function union(ranges: readonly Range[]): Range[] {
  const sorted = [...ranges].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const joined: { from: bigint; to: bigint }[] = [];
  for (const { from, to } of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to + 1n) { if (to > last.to) last.to = to; } else joined.push({ from, to });
  }
  return joined;
}

/** What is in `a` and not in `b`; both sorted and disjoint. */
export function subtract(a: readonly Range[], b: readonly Range[]): Range[] {
  const left: Range[] = [];
  let next = 0;
  for (const range of a) {
    let from = range.from;
    while (next < b.length && b[next]!.to < from) next++;
    let hole = next;
    while (hole < b.length && b[hole]!.from <= range.to) {
      if (b[hole]!.from > from) left.push({ from, to: b[hole]!.from - 1n });
      from = b[hole]!.to + 1n;
      hole++;
    }
    if (from <= range.to) left.push({ from, to: range.to });
  }
  return left;
}

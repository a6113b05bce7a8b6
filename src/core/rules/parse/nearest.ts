/** How many letters must be added, removed, changed or swapped with their neighbour to make b of a; at most `limit` + 1 is told. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
    }
    before = above;
    above = row;
  }
  return above[b.length]!;
}

/** The name that was probably meant, or '' when none is near: a third of the letters may be wrong, two at most. */
export function nearest(word: string, names: Iterable<string>): string {
  const wanted = word.toLowerCase().slice(0, 64);
  const limit = Math.min(2, Math.max(1, Math.floor(wanted.length / 3)));
  let best = '';
  let bestDistance = limit + 1;
  for (const name of names) {
    const distance = editDistance(wanted, name.toLowerCase(), limit);
    if (distance < bestDistance) { best = name; bestDistance = distance; }
  }
  return best;
}

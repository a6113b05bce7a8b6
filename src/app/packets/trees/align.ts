// Side by side means aligned: how many empty rows each row of each stack needs before it so that counterparts stand at one height.

export interface Entry { readonly key: string; readonly depth: number }
type Pair = readonly [line: number, row: number];

const LARGEST = 250_000; // cells of one comparison; past that (a packet with thousands of options) rows just follow one another

/** For each stack the empty rows before each of its rows. Layers (depth 1) are matched first, then the fields of matched layers by name. */
export function align(stacks: readonly (readonly Entry[])[]): number[][] {
  let lines: readonly Entry[] = []; // what stands at each height so far
  let heights: number[][] = []; //     of each row of each stack so far
  for (const stack of stacks) {
    const { merged, moved, height } = weave(lines, stack, matches(lines, stack));
    heights = [...heights.map((before) => before.map((line) => moved[line]!)), height];
    lines = merged;
  }
  return heights.map((height) => height.map((line, i) => line - (i === 0 ? 0 : height[i - 1]! + 1)));
}

/** Puts a stack beside lines: matched rows on their line, the rows between two matches from the top, with lines added where they need more. */
function weave(lines: readonly Entry[], stack: readonly Entry[], pairs: readonly Pair[]): { merged: Entry[]; moved: number[]; height: number[] } {
  const merged: Entry[] = [];
  const moved: number[] = [];
  const height: number[] = [];
  let line = 0;
  let row = 0;
  const emit = (toLine: number, toRow: number): void => {
    while (line < toLine || row < toRow) {
      merged.push((line < toLine ? lines[line] : stack[row])!);
      if (line < toLine) { moved.push(merged.length - 1); line++; }
      if (row < toRow) { height.push(merged.length - 1); row++; }
    }
  };
  for (const [atLine, atRow] of pairs) { emit(atLine, atRow); emit(atLine + 1, atRow + 1); }
  emit(lines.length, stack.length);
  return { merged, moved, height };
}

/** Counterparts, in the order of both: layers, and inside each pair of layers their fields. */
function matches(lines: readonly Entry[], stack: readonly Entry[]): Pair[] {
  const layers = (entries: readonly Entry[]): number[] => [...entries.keys()].filter((i) => entries[i]!.depth === 1);
  const [a, b] = [layers(lines), layers(stack)];
  const fieldsAfter = (entries: readonly Entry[], at: number): number[] => {
    const fields: number[] = [];
    for (let i = at + 1; i < entries.length && entries[i]!.depth > 1; i++) fields.push(i);
    return fields;
  };
  const common = (x: readonly number[], y: readonly number[]): Pair[] => longestCommon(x.map((i) => lines[i]!), y.map((i) => stack[i]!)).map(([i, j]) => [x[i]!, y[j]!]);
  return common(a, b).flatMap(([line, row]) => [[line, row] as const, ...common(fieldsAfter(lines, line), fieldsAfter(stack, row))]);
}

/** The longest common subsequence by key and depth, as pairs of indexes. */
function longestCommon(a: readonly Entry[], b: readonly Entry[]): Pair[] {
  if (a.length * b.length > LARGEST) return [];
  const width = b.length + 1;
  const length = new Uint16Array((a.length + 1) * width);
  const alike = (i: number, j: number): boolean => a[i]!.key === b[j]!.key && a[i]!.depth === b[j]!.depth;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      length[i * width + j] = alike(i, j) ? length[(i + 1) * width + j + 1]! + 1 : Math.max(length[(i + 1) * width + j]!, length[i * width + j + 1]!);
    }
  }
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (alike(i, j) && length[i * width + j] === length[(i + 1) * width + j + 1]! + 1) pairs.push([i++, j++]);
    else if (length[(i + 1) * width + j]! >= length[i * width + j + 1]!) i++;
    else j++;
  }
  return pairs;
}

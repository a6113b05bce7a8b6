// The keys of the packet list, as a table: what each does to the row. Shift marks the rows between.

export type Move = (at: number, page: number, last: number) => number;

export const MOVES: Readonly<Record<string, Move>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  j: (at) => at + 1,
  k: (at) => at - 1,
  J: (at) => at + 1,
  K: (at) => at - 1,
  PageDown: (at, page) => at + page,
  PageUp: (at, page) => at - page,
  Home: () => 0,
  End: (_at, _page, last) => last,
};

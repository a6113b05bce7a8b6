// Arrow keys in a small grid of buttons: one of them can be reached by Tab, the arrows lead from it to the others.

import type { KeyboardEvent } from 'react';

const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -Infinity], End: [0, Infinity],
};

const clamp = (n: number, most: number): number => Math.max(0, Math.min(n, most));

/** `onKeyDown` of a table whose cells hold a button each. */
export function moveInGrid(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...event.currentTarget.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll<HTMLElement>('button')]).filter((row) => row.length > 0);
  const at = rows.findIndex((row) => row.includes(document.activeElement as HTMLElement));
  if (at < 0) return;
  const row = rows[clamp(at + step[0], rows.length - 1)]!;
  row[clamp(rows[at]!.indexOf(document.activeElement as HTMLElement) + step[1], row.length - 1)]!.focus();
  event.preventDefault();
}

// What the packet list shows at the moment: the scroll position and the rows around it come together to one painted window.

import type { Row } from '../../../worker/protocol.ts';
import { RowCache, type FetchRows, type Listing } from './row-cache.ts';
import { VirtualScroll } from './virtual-scroll.ts';

/** A whole window of rows. `shift` is how many pixels of the first row are above the view. */
export interface Painted { readonly first: number; readonly rows: readonly Row[]; readonly shift: number; readonly total: number }

export class ListModel {
  readonly scroll: VirtualScroll;
  readonly cache: RowCache;
  readonly #listeners = new Set<() => void>();
  #painted: Painted = { first: 0, rows: [], shift: 0, total: 0 };
  /** Windows painted with no row while there were rows to show; a test demands that it stays 0. */
  blanks = 0;

  constructor(rowHeight: number, fetch: FetchRows, onFailure: (error: unknown) => void) {
    this.scroll = new VirtualScroll(rowHeight);
    this.cache = new RowCache(fetch, (asked) => this.#arrived(asked), onFailure);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly painted = (): Painted => this.#painted;

  list(listing: Listing): void {
    this.scroll.resize(listing.total, this.scroll.rowHeight, this.#view);
    this.cache.list(listing);
    this.paint();
  }

  #view = 0;
  resize(rowHeight: number, view: number): void {
    this.#view = view;
    this.scroll.resize(this.scroll.total, rowHeight, view);
    this.paint();
  }

  /** Shows the rows at the scroll position, or goes on showing the window before until they are here. */
  paint(): void {
    const { first, count, shift } = this.scroll.span;
    this.cache.want(first, count);
    const rows = this.cache.window(first, count);
    if (rows) this.#show(first, rows, shift);
    else if (this.#painted.total !== this.cache.total) this.#show(this.#painted.first, this.#painted.rows, this.#painted.shift);
  }

  /** Rows of a place that has been left again meanwhile are shown all the same: a thumb in motion lets the list be seen passing by. */
  #arrived(asked: { readonly first: number; readonly count: number }): void {
    const { first, count, shift } = this.scroll.span;
    const now = this.cache.window(first, count);
    if (now) return this.#show(first, now, shift);
    const passed = this.cache.window(asked.first, asked.count);
    if (passed && passed.length > 0) this.#show(asked.first, passed, 0);
  }

  #show(first: number, rows: readonly Row[], shift: number): void {
    const { total } = this.cache;
    if (total > 0 && rows.length === 0 && this.#painted.rows.length > 0) this.blanks++;
    const before = this.#painted;
    const same = before.first === first && before.shift === shift && before.total === total && before.rows.length === rows.length && before.rows.every((row, i) => row === rows[i]);
    if (same) return;
    this.#painted = { first, rows, shift, total };
    for (const listener of this.#listeners) listener();
  }
}

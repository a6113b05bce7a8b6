// Rows around the view, fetched by the page of 64 before they are needed. The list paints whole windows only: until every row of one is here,
// it goes on showing the window before, so that it never blanks.

import type { Row } from '../../../worker/protocol.ts';

export const PAGE = 64;
const MOST_PAGES = 48; //    some 3,000 rows; a screen shows 20 to 60
const AHEAD = 3; //          pages fetched in the direction of travel
const BEHIND = 1;

export type FetchRows = (from: number, count: number, signal: AbortSignal) => Promise<{ readonly from: number; readonly rows: readonly Row[] }>;

/** What the rows are counted in. Rows of another `key` are others altogether; in one key, `grows` says that more rows only ever follow the ones there are. */
export interface Listing { readonly key: string; readonly version: number; readonly total: number; readonly grows: boolean }

interface Page { readonly rows: readonly Row[]; readonly version: number }
interface Window { readonly first: number; readonly count: number }

export class RowCache {
  readonly #fetch: FetchRows;
  readonly #onRows: (asked: Window) => void;
  readonly #onFailure: (error: unknown) => void;
  #pages = new Map<number, Page>();
  #listing: Listing = { key: '', version: 0, total: 0, grows: true };
  #running: AbortController | null = null;
  #wanted: (Window & { readonly down: boolean }) | null = null;
  /** Requests made so far; a test counts them. */
  requests = 0;

  constructor(fetch: FetchRows, onRows: (asked: Window) => void, onFailure: (error: unknown) => void) {
    this.#fetch = fetch;
    this.#onRows = onRows;
    this.#onFailure = onFailure;
  }

  get total(): number { return this.#listing.total; }

  /** Counts in another listing from now on. */
  list(listing: Listing): void {
    if (listing.key !== this.#listing.key) { this.#pages = new Map(); this.#running?.abort(); this.#running = null; }
    this.#listing = listing;
    this.#pump();
  }

  row(index: number): Row | undefined { return this.#pages.get(Math.floor(index / PAGE))?.rows[index % PAGE]; }

  /** The rows [first, first + count), or null while one of them is still to come. */
  window(first: number, count: number): readonly Row[] | null {
    const rows: Row[] = [];
    for (let index = first; index < first + count; index++) {
      const row = this.row(index);
      if (row) { rows.push(row); continue; }
      if (this.#isDue(Math.floor(index / PAGE))) return null;
      break; // the worker has answered for this version, and has no more rows
    }
    return rows;
  }

  /** Says what is in view; rows around it are fetched, what is in view first. `onRows` is called for every arrival, with the window it was asked for. */
  want(first: number, count: number): void {
    const down = first >= (this.#wanted?.first ?? 0);
    this.#wanted = { first, count, down };
    this.#pump();
  }

  close(): void { this.#running?.abort(); this.#wanted = null; }

  /** A page is due when it is not here, or when rows of a later version may differ from it. */
  #isDue(page: number): boolean {
    const { version, total, grows } = this.#listing;
    if (page * PAGE >= total) return false;
    const here = this.#pages.get(page);
    if (!here) return true;
    return here.version !== version && !(grows && here.rows.length >= Math.min(PAGE, total - page * PAGE));
  }

  /** One request at a time, and always for what matters most now: a thumb that is dragged leaves no queue behind it. */
  #pump(): void {
    if (this.#running || !this.#wanted) return;
    const { first, count, down } = this.#wanted;
    const from = Math.floor(first / PAGE);
    const to = Math.floor((first + Math.max(1, count) - 1) / PAGE);
    const run = this.#run(from, to) ?? (down ? this.#run(to + 1, to + AHEAD) ?? this.#run(from - BEHIND, from - 1) : this.#run(from - AHEAD, from - 1) ?? this.#run(to + 1, to + BEHIND));
    if (run) void this.#request(run.from, run.to);
  }

  /** The pages due between two, as one run. */
  #run(from: number, to: number): { from: number; to: number } | null {
    let start = Math.max(0, from);
    while (start <= to && !this.#isDue(start)) start++;
    if (start > to) return null;
    let end = start;
    while (end < to && this.#isDue(end + 1)) end++;
    return { from: start, to: end };
  }

  async #request(from: number, to: number): Promise<void> {
    const controller = (this.#running = new AbortController());
    const { version, key } = this.#listing;
    const asked = this.#wanted ?? { first: from * PAGE, count: 1 };
    this.requests++;
    try {
      const reply = await this.#fetch(from * PAGE, (to - from + 1) * PAGE, controller.signal);
      if (key !== this.#listing.key) return;
      for (let page = from; page <= to; page++) {
        const rows = reply.rows.slice((page - from) * PAGE, (page - from + 1) * PAGE);
        this.#pages.set(page, { rows, version });
      }
      this.#forget();
    } catch (error) {
      if (this.#running === controller) this.#running = null;
      if (!controller.signal.aborted) this.#onFailure(error);
      return; // the next movement, or the next version, asks again
    } finally {
      if (this.#running === controller) this.#running = null;
    }
    this.#onRows(asked);
    this.#pump();
  }

  #forget(): void {
    if (this.#pages.size <= MOST_PAGES) return;
    const middle = this.#wanted ? Math.floor(this.#wanted.first / PAGE) : 0;
    const far = [...this.#pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    for (const page of far.slice(0, this.#pages.size - MOST_PAGES)) this.#pages.delete(page);
  }
}

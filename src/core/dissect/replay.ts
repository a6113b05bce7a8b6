// Notes what memories and gatherers answer packet by packet, and answers in their place when one packet is dissected again out of its order.

import type { Gatherer, Piece, WrapGatherer } from './gather.ts';
import type { Journal, Page } from './journal.ts';
import type { Memory, Sight, WrapMemory } from './recall.ts';

// A note begins with the protocol and who answered; what follows has the order of the `put`s below.
const tagOf = (protocol: number, gatherer: boolean): number => protocol * 2 + Number(gatherer);

export interface Wraps { readonly memory: WrapMemory; readonly gatherer: WrapGatherer }
/** Told of each packet that is part of a whole which another packet completes. */
export type OnPiece = (protocol: number, packet: number, completedBy: number) => void;

/** Wraps for a dissector whose packets are `begin`ned in the journal. */
export function recording(journal: Journal, onPiece: OnPiece): Wraps {
  return {
    memory: (memory, protocol) => ({
      values: memory.values, nanoseconds: memory.nanoseconds,
      see(sight: Sight): void {
        const before = sight.payload;
        memory.see(sight);
        note(journal, tagOf(protocol, false), memory, sight, before);
      },
      kept: () => memory.kept(), keep: (id) => { memory.keep(id); }, renamesFrom: () => memory.renamesFrom?.() ?? Infinity,
    }),
    gatherer: (gatherer, protocol) => ({
      gather(sight, taker, out): boolean {
        if (!gatherer.gather(sight, taker, out)) return false;
        for (const n of [tagOf(protocol, true), sight.payload - sight.origin, out.protocol, out.from, out.upto, out.held, out.whole ? out.whole.bytes.length : -1, out.whole?.pieces.length ?? 0]) journal.put(n);
        for (const { packet, offset, length, at, marks } of out.whole?.pieces ?? []) {
          for (const n of [packet, offset, length, at, marks]) journal.put(n);
          if (packet !== sight.number) onPiece(protocol, packet, sight.number);
        }
        return true;
      },
    }),
  };
}

function note(journal: Journal, tag: number, memory: Memory, sight: Sight, before: number): void {
  const { values, nanoseconds } = memory;
  journal.put(tag);
  journal.put(sight.payload - before);
  journal.put(memory.kept());
  journal.put((memory.renamesFrom?.() ?? Infinity) - sight.origin);
  let count = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) count++;
  journal.put(count);
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) { journal.put(i); journal.put(values[i]!); journal.put(nanoseconds[i]!); }
}

/** What a packet's notes say was put together in it. */
export interface NotedWhole { readonly protocol: number; readonly length: number; readonly pieces: readonly Piece[] }
export interface NotedParts { readonly wholes: readonly NotedWhole[]; /** Protocols that keep some of the packet for a later one. */ readonly held: readonly number[] }

/** Only of notes that are whole. */
export function partsIn(page: Page): NotedParts {
  const wholes: NotedWhole[] = [];
  const held: number[] = [];
  while (!page.done) {
    const tag = page.take();
    if (tag % 2 === 0) { page.skip(3); page.skip(page.take() * 3); continue; }
    const protocol = (tag - 1) / 2;
    page.skip(4);
    if (page.take() > 0) held.push(protocol);
    const length = page.take();
    const pieces = piecesOf(page);
    if (length >= 0) wholes.push({ protocol, length, pieces });
  }
  return { wholes, held };
}

const piecesOf = (page: Page): Piece[] => Array.from({ length: page.take() }, () => ({ packet: page.take(), offset: page.take(), length: page.take(), at: page.take(), marks: page.take() }));

/** What one packet is shown with: its notes, the bytes of its wholes in order and which of them is next, and who completes what is held (0: nobody). */
export interface Scene { readonly page: Page; readonly wholes: readonly Uint8Array[]; readonly completedBy: (protocol: number) => number; next: number }

/** Wraps for a dissector that shows the packets of `scene`, in any order. */
export function replaying(scene: () => Scene): Wraps {
  return {
    memory: (memory, protocol) => new Replayed(memory.values.length, () => scene().page, tagOf(protocol, false)),
    gatherer: (_gatherer, protocol): Gatherer => ({
      gather(sight, _taker, out): boolean {
        const now = scene();
        const { page } = now;
        if (page.peek() !== tagOf(protocol, true) || page.peek(1) !== sight.payload - sight.origin) return false;
        page.skip(2);
        out.protocol = page.take(); out.from = page.take(); out.upto = page.take(); out.held = page.take();
        const length = page.take();
        const pieces = piecesOf(page);
        if (length >= 0) out.whole = { pieces, bytes: now.wholes[now.next++] ?? new Uint8Array(length) };
        if (out.held > 0) out.in = now.completedBy(protocol);
        return true;
      },
    }),
  };
}

class Replayed implements Memory {
  readonly values: Float64Array;
  readonly nanoseconds: Float64Array;
  readonly #page: () => Page;
  readonly #tag: number;
  #kept = -1;
  #from = Infinity;

  constructor(places: number, page: () => Page, tag: number) {
    this.values = new Float64Array(places);
    this.nanoseconds = new Float64Array(places);
    this.#page = page;
    this.#tag = tag;
  }

  see(sight: Sight): void {
    const page = this.#page();
    this.values.fill(NaN);
    this.nanoseconds.fill(NaN);
    this.#kept = -1;
    this.#from = Infinity;
    if (page.peek() !== this.#tag) return;
    page.skip(1);
    sight.payload += page.take();
    this.#kept = page.take();
    this.#from = page.take() + sight.origin;
    for (let left = page.take(); left > 0; left--) { const i = page.take(); this.values[i] = page.take(); this.nanoseconds[i] = page.take(); }
  }

  kept(): number { return this.#kept; }
  keep(): void { /* it has been noted */ }
  renamesFrom(): number { return this.#from; }
}

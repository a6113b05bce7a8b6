import type { AppBuffer } from '../app-layer/buffer.ts';
import { APP_BUFFERS } from '../app-layer/all-buffers.ts';
import type { Transaction } from '../app-layer/transaction.ts';
import { Content } from '../keywords/content.ts';
import type { Signature } from '../signature.ts';
import { MultiSearch } from './multi-search.ts';

// Which rules about transactions may match: for each, one content of one buffer is sought together with those of the other rules, buffer by buffer.

/** Below this a look at the buffer for each rule costs less. */
const MIN_PATTERNS = 4;

interface Searched { readonly buffer: AppBuffer; readonly search: MultiSearch }

/** The content without which a rule cannot match, and its buffer: the one named with fast_pattern, else the longest; null when there is none. */
function neededContent({ chains, direction }: Signature): { readonly buffer: AppBuffer; readonly content: Content } | null {
  if (direction === '=>') return null; // its buffers are those of either side
  const found = chains.flatMap(({ buffer, absence, parts }) => {
    const own = absence === 'no match' ? APP_BUFFERS.find((each) => each === buffer) : undefined; // not what a transform made of one
    return own === undefined ? [] : parts.filter((part): part is Content => part instanceof Content && !part.negated).map((content) => ({ buffer: own, content }));
  });
  return found.find(({ content }) => content.fastPattern) ?? found.reduce<(typeof found)[number] | null>((best, one) => (best === null || one.content.needle.bytes.length > best.content.needle.bytes.length ? one : best), null);
}

/** Looks for the contents of many rules in the buffers of transactions at once. */
export class TransactionSearch {
  readonly #searched: Searched[] = [];
  /** Per rule its search and its pattern there; -1 for rules without. */
  readonly #search: Int32Array;
  readonly #pattern: Int32Array;

  constructor(signatures: readonly Signature[]) {
    const needed = signatures.map((signature) => (signature.asks.length === 0 ? null : neededContent(signature)));
    this.#search = new Int32Array(signatures.length).fill(-1);
    this.#pattern = new Int32Array(signatures.length).fill(-1);
    for (const buffer of APP_BUFFERS) {
      const places = [...needed.keys()].filter((place) => needed[place]?.buffer === buffer);
      if (places.length < MIN_PATTERNS) continue;
      const search = new MultiSearch(places.map((place) => needed[place]!.content.needle.bytes));
      for (const [pattern, place] of places.entries()) {
        this.#search[place] = this.#searched.length;
        this.#pattern[place] = search.samePattern[pattern] === -1 ? pattern : search.samePattern[pattern]!;
      }
      this.#searched.push({ buffer, search });
    }
  }

  /** Looks at all of these transactions together. */
  look(transactions: readonly Transaction[], toServer: boolean): void {
    for (const { buffer, search } of this.#searched) {
      search.clear();
      for (const tx of transactions) if (tx.protocol === buffer.ask.protocol) for (const bytes of buffer.of(tx, toServer)) search.scanMore(bytes, 0, bytes.length);
    }
  }

  /** Whether a rule may match one of those that were looked at last. */
  may(rule: number): boolean {
    const search = this.#search[rule]!;
    return search < 0 || this.#searched[search]!.search.has(this.#pattern[rule]!);
  }
}

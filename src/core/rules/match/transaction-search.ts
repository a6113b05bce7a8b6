import type { Transaction } from '../app-layer/transaction.ts';
import type { Content } from '../keywords/content.ts';
import type { PacketView } from '../packet/packet-view.ts';
import type { Signature } from '../signature.ts';
import { Inspection, type RuleBuffer } from './chain.ts';
import { MultiSearch } from './multi-search.ts';
import { longest, neededContents } from './needed-content.ts';

/** Below this a look at the buffer for each rule costs less. */
const MIN_PATTERNS = 4;

interface BufferSearch { readonly buffer: RuleBuffer; readonly search: MultiSearch; readonly waiting: readonly Int32Array[] }

/** Tells which rules about transactions may match, by the contents that they cannot do without: one search for each buffer. */
export class TransactionSearch {
  readonly #searches: readonly BufferSearch[];
  readonly #waits = new Set<number>();
  readonly #inspection = new Inspection();

  constructor(rules: readonly { readonly signature: Signature }[]) {
    const byBuffer = new Map<RuleBuffer, { rule: number; content: Content }[]>();
    for (const [rule, { signature }] of rules.entries()) {
      const best = rarest(signature);
      if (best === null) continue;
      const list = byBuffer.get(best.buffer) ?? [];
      byBuffer.set(best.buffer, list);
      list.push({ rule, content: best.content });
    }
    this.#searches = [...byBuffer].filter(([, list]) => list.length >= MIN_PATTERNS).map(([buffer, list]) => {
      const search = new MultiSearch(list.map(({ content }) => content.needle));
      const waiting: number[][] = list.map(() => []);
      for (const [own, { rule }] of list.entries()) {
        this.#waits.add(rule);
        waiting[search.samePattern[own] === -1 ? own : search.samePattern[own]!]!.push(rule);
      }
      return { buffer, search, waiting: waiting.map((places) => Int32Array.from(places)) };
    });
  }

  /** Whether a rule is evaluated only where its pattern was found. */
  waits(rule: number): boolean { return this.#waits.has(rule); }

  /** Looks for the rules' patterns in the transactions that have something new. */
  look(p: PacketView, transactions: readonly Transaction[]): void {
    const into = this.#inspection;
    for (const { buffer, search } of this.#searches) {
      search.clear();
      for (const tx of transactions) {
        p.tx = tx;
        for (let instance = 0; buffer.range(p, into, instance); instance++) {
          search.scanMore(into.bytes, into.from, into.to);
          if (buffer.many !== true) break;
        }
      }
    }
    p.tx = null;
  }

  /** Patterns that were found last. */
  get hitCount(): number {
    let count = 0;
    for (const { search } of this.#searches) count += search.hitCount;
    return count;
  }

  /** The rules that wait for the patterns that were found last, a list for each pattern. */
  forEach(take: (rules: Int32Array) => void): void {
    for (const { search, waiting } of this.#searches) for (let i = 0; i < search.hitCount; i++) take(waiting[search.hits[i]!]!);
  }
}

/** The longest content of the rule's buffers of transactions that it cannot do without; null for a rule about both sides, whose buffers are those of either. */
function rarest({ chains, direction }: Signature): { readonly buffer: RuleBuffer; readonly content: Content } | null {
  if (direction === '=>') return null;
  let best: { buffer: RuleBuffer; content: Content } | null = null;
  for (const chain of chains) {
    if (chain.buffer.ask === undefined || chain.absence !== 'no match') continue;
    const content = longest(neededContents(chain));
    if (content !== null && (best === null || content.needle.bytes.length > best.content.needle.bytes.length)) best = { buffer: chain.buffer, content };
  }
  return best;
}

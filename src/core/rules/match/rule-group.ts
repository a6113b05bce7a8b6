import type { PacketView } from '../packet/packet-view.ts';
import { ANY_PORT, type PortSet } from '../parse/ports.ts';
import { TRANSPORTS, type Transport } from '../parse/protocols.ts';
import type { Signature } from '../signature.ts';
import { PAYLOAD } from './buffers.ts';
import { isDoubled } from './header-match.ts';
import { MultiSearch } from './multi-search.ts';
import { TransactionSearch } from './transaction-search.ts';
import type { Transaction } from '../app-layer/transaction.ts';
import { Content } from '../keywords/content.ts';

/** A signature in one of its directions. */
export interface Rule { readonly signature: Signature; readonly reverse: boolean }

/** Numbers in all candidate lists of a group; beyond, ports do not sort the rules. */
const MAX_LISTED = 4_000_000;
const HAS_PORTS: ReadonlySet<Transport> = new Set(['tcp', 'udp']);

const portsTo = ({ signature, reverse }: Rule): PortSet => (reverse ? signature.source : signature.destination).ports;
const portsFrom = ({ signature, reverse }: Rule): PortSet => (reverse ? signature.destination : signature.source).ports;

/** The rules for one transport, in the order in which they act, with what tells quickly which of them cannot match. */
export class RuleGroup {
  readonly rules: readonly Rule[];
  readonly #all: Int32Array;
  readonly #ofPort: Uint16Array | null = null;
  readonly #lists: Int32Array[] = [];
  /** Per rule the pattern without which it cannot match, -1 when there is none. */
  readonly #pattern: Int32Array;
  readonly #search: MultiSearch | null;
  readonly #transactions: TransactionSearch;

  constructor(rules: readonly Rule[], transport: Transport) {
    this.rules = HAS_PORTS.has(transport) || transport === 'other' ? rules : rules.filter((rule) => portsTo(rule).any && portsFrom(rule).any);
    this.#all = Int32Array.from(this.rules.keys());
    if (HAS_PORTS.has(transport)) this.#ofPort = this.#sortByPort();
    this.#transactions = new TransactionSearch(this.rules.map(({ signature }) => signature));
    const contents = this.rules.map(({ signature }) => neededContent(signature));
    const patterns = contents.filter((content) => content !== null);
    this.#search = patterns.length < MIN_PATTERNS ? null : new MultiSearch(patterns.map(({ needle }) => needle.bytes));
    const same = this.#search?.samePattern;
    let number = 0;
    this.#pattern = Int32Array.from(contents, (content) => {
      if (content === null || same === undefined) return -1;
      const own = number++;
      return same[own] === -1 ? own : same[own]!;
    });
  }

  /** Rules that this packet's port lets through, as places in `rules`. */
  candidates(p: PacketView): Int32Array {
    if (this.#ofPort === null || p.dport < 0) return this.#all;
    return this.#lists[this.#ofPort[p.dport]!]!;
  }

  /** Looks for the rules' patterns in what their contents look at: the payload, and the stretches of the stream that are ready. */
  look(p: PacketView): void {
    const search = this.#search;
    if (search === null) return;
    if (p.inspectPayload && p.payload >= 0) search.scan(p.bytes, p.payload, p.payloadEnd); else search.clear();
    for (let i = 0; i < p.stretches; i++) search.scanMore(p.stretchBytes[i]!, p.stretchFrom[i]!, p.stretchTo[i]!);
  }

  /** The same for what rules about transactions look at. */
  lookAtTransactions(transactions: readonly Transaction[], toServer: boolean): void { this.#transactions.look(transactions, toServer); }
  /** Whether a rule about transactions may match one of those. */
  mayMatchTransaction(rule: number): boolean { return this.#transactions.may(rule); }

  /** Whether a rule may match what was looked at last. */
  may(rule: number): boolean {
    const pattern = this.#pattern[rule]!;
    return pattern < 0 || this.#search!.has(pattern);
  }

  #sortByPort(): Uint16Array | null {
    const edges = [...new Set([0, ...this.rules.flatMap((rule) => [...portsTo(rule).pairs].map((port, i) => (i % 2 === 0 ? port : port + 1)))])].filter((port) => port < 65_536).sort((a, b) => a - b);
    if (edges.length === 1 || edges.length * this.rules.length > MAX_LISTED) return null;
    const ofPort = new Uint16Array(65_536);
    for (const [number, from] of edges.entries()) {
      ofPort.fill(number, from, edges[number + 1] ?? 65_536);
      this.#lists.push(this.#all.filter((place) => covers(portsTo(this.rules[place]!), from)));
    }
    return ofPort;
  }
}

/** Below this a look at the payload for each rule costs less. */
const MIN_PATTERNS = 4;

const covers = (set: PortSet, port: number): boolean => {
  if (set === ANY_PORT || set.any) return true;
  for (let i = 0; i < set.pairs.length; i += 2) if (port >= set.pairs[i]! && port <= set.pairs[i + 1]!) return true;
  return false;
};

/** The content of the payload that a rule cannot do without: the one it names with fast_pattern, else the longest. */
function neededContent({ chains }: Signature): Content | null {
  const contents = chains.filter(({ buffer }) => buffer === PAYLOAD).flatMap(({ parts }) => parts.filter((part): part is Content => part instanceof Content && !part.negated));
  return contents.find(({ fastPattern }) => fastPattern) ?? contents.reduce<Content | null>((best, one) => (best === null || one.needle.bytes.length > best.needle.bytes.length ? one : best), null);
}

/** The groups of all transports. */
export function groupRules(signatures: readonly Signature[]): ReadonlyMap<Transport, RuleGroup> {
  const rules = signatures.flatMap((signature): Rule[] => (isDoubled(signature) ? [{ signature, reverse: false }, { signature, reverse: true }] : [{ signature, reverse: false }]));
  return new Map(TRANSPORTS.map((transport) => [transport, new RuleGroup(rules.filter(({ signature }) => signature.protocol.over.includes(transport)), transport)]));
}

import type { Transaction } from '../app-layer/transaction.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { ANY_PORT, type PortSet } from '../parse/ports.ts';
import { TRANSPORTS, type Transport, transportPlace } from '../parse/protocols.ts';
import type { Signature } from '../signature.ts';
import { mayLookAtEnds } from './consequences.ts';
import { isDoubled } from './header-match.ts';
import { KeyLists } from './key-lists.ts';
import { MultiSearch } from './multi-search.ts';
import type { Content } from '../keywords/content.ts';
import { longest, payloadContents } from './needed-content.ts';
import { inOrder } from './order.ts';
import type { RuleSettings } from '../settings/settings.ts';
import { TransactionSearch } from './transaction-search.ts';

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
  /** Rules that are evaluated whatever is found: on every packet, and on those with something new in a transaction. By port where ports sort them. */
  readonly #always: PortLists;
  readonly #alwaysOnNew: PortLists;
  /** The search in payloads and streams, and the rules that wait for each of its patterns. */
  readonly #search: MultiSearch | null;
  readonly #waiting: readonly Int32Array[];
  /** Whether any pattern is sought in packets whose payload went into the stream. */
  readonly #inPackets: boolean;
  readonly #transactions: TransactionSearch;
  /** Rules that wait for a number of the packet. */
  readonly #keys: KeyLists;
  /** The rules to evaluate, when they are none of the lists. */
  #chosen: Int32Array;
  #count = 0;

  /** Without `prefilter` every rule for the transport is evaluated on every packet. */
  constructor(rules: readonly Rule[], transport: Transport, prefilter: boolean) {
    this.rules = !prefilter || HAS_PORTS.has(transport) || transport === 'other' ? rules : rules.filter((rule) => portsTo(rule).any && portsFrom(rule).any);
    const contents = this.rules.map(({ signature }) => (prefilter ? neededContent(signature) : null));
    const patterns = contents.filter((content) => content !== null);
    this.#search = patterns.length < MIN_PATTERNS ? null : new MultiSearch(patterns.map(({ needle }) => needle));
    this.#inPackets = this.rules.some(({ signature: { kind } }, i) => contents[i] !== null && kind !== 'stream' && kind !== 'only stream');
    this.#transactions = new TransactionSearch(prefilter ? this.rules : []);
    this.#waiting = this.#search === null ? [] : waitingFor(this.#search, contents);
    const waits = (place: number): boolean => this.#search !== null && contents[place] !== null;
    const unsought = [...this.rules.keys()].filter((place) => !waits(place));
    this.#keys = new KeyLists(this.rules, prefilter ? unsought.filter((place) => !this.#transactions.waits(place)) : []);
    const places = unsought.filter((place) => !this.#keys.waits(place));
    const sorted = prefilter && HAS_PORTS.has(transport);
    this.#always = new PortLists(this.rules, places.filter((place) => this.rules[place]!.signature.asks.length === 0), sorted);
    this.#alwaysOnNew = new PortLists(this.rules, places.filter((place) => this.rules[place]!.signature.asks.length === 0 || !this.#transactions.waits(place)), sorted);
    this.#chosen = new Int32Array(0);
  }

  /** How many of `choose`'s rules are to be evaluated. */
  get count(): number { return this.#count; }

  /** The rules that may match a packet, as places in `rules`, in their order: `count` of them. What their contents look at is searched: the payload, the stretches of the stream that are ready, and transactions with something new. */
  choose(p: PacketView, fresh: readonly Transaction[]): Int32Array {
    const list = (fresh.length > 0 ? this.#alwaysOnNew : this.#always).at(p.dport);
    this.#look(p);
    if (fresh.length > 0) this.#transactions.look(p, fresh);
    const search = this.#search;
    const hits = search?.hitCount ?? 0;
    this.#count = 0;
    this.#keys.forEach(p, this.#taking);
    if (this.#count === 0 && hits === 0 && (fresh.length === 0 || this.#transactions.hitCount === 0)) { this.#count = list.length; return list; }
    this.#take(list);
    for (let i = 0; i < hits; i++) this.#take(this.#waiting[search!.hits[i]!]!);
    if (fresh.length > 0) this.#transactions.forEach(this.#taking);
    this.#chosen.subarray(0, this.#count).sort();
    return this.#chosen;
  }

  readonly #taking = (list: Int32Array): void => { this.#take(list); };

  #take(list: Int32Array): void {
    const needed = this.#count + list.length;
    if (needed > this.#chosen.length) {
      const chosen = new Int32Array(2 * needed);
      chosen.set(this.#chosen.subarray(0, this.#count));
      this.#chosen = chosen;
    }
    this.#chosen.set(list, this.#count);
    this.#count = needed;
  }

  #look(p: PacketView): void {
    const search = this.#search;
    if (search === null) return;
    if (p.inspectPayload && p.payload >= 0 && (this.#inPackets || !p.streamAdded)) search.scan(p.bytes, p.payload, p.payloadEnd); else search.clear();
    for (let i = 0; i < p.stretches; i++) search.scanMore(p.stretchBytes[i]!, p.stretchFrom[i]!, p.stretchTo[i]!);
  }
}

/** A list of rules for each destination port, where ports tell them apart. */
class PortLists {
  readonly #all: Int32Array;
  readonly #ofPort: Uint16Array | null;
  readonly #lists: Int32Array[] = [];

  constructor(rules: readonly Rule[], places: readonly number[], sorted: boolean) {
    this.#all = Int32Array.from(places);
    const edges = sorted ? [...new Set([0, ...places.flatMap((place) => [...portsTo(rules[place]!).pairs].map((port, i) => (i % 2 === 0 ? port : port + 1)))])].filter((port) => port < 65_536).sort((a, b) => a - b) : [];
    this.#ofPort = edges.length < 2 || edges.length * places.length > MAX_LISTED ? null : new Uint16Array(65_536);
    if (this.#ofPort === null) return;
    for (const [number, from] of edges.entries()) {
      this.#ofPort.fill(number, from, edges[number + 1] ?? 65_536);
      // A rule about both sides of a transaction has packets in both directions.
      this.#lists.push(this.#all.filter((place) => rules[place]!.signature.direction === '=>' || covers(portsTo(rules[place]!), from)));
    }
  }

  at(port: number): Int32Array { return this.#ofPort === null || port < 0 ? this.#all : this.#lists[this.#ofPort[port]!]!; }
}

/** For each pattern of a search the rules that wait for it, those with an equal one included. */
function waitingFor(search: MultiSearch, contents: readonly (Content | null)[]): Int32Array[] {
  const lists: number[][] = Array.from(search.samePattern, () => []);
  let number = 0;
  for (const [place, content] of contents.entries()) {
    if (content === null) continue;
    const same = search.samePattern[number]!;
    lists[same === -1 ? number : same]!.push(place);
    number++;
  }
  return lists.map((list) => Int32Array.from(list));
}

/** Below this a look at the payload for each rule costs less. */
const MIN_PATTERNS = 4;

const covers = (set: PortSet, port: number): boolean => {
  if (set === ANY_PORT || set.any) return true;
  for (let i = 0; i < set.pairs.length; i += 2) if (port >= set.pairs[i]! && port <= set.pairs[i + 1]!) return true;
  return false;
};

/** The content of the payload that a rule cannot do without. */
const neededContent = (signature: Signature): Content | null => longest(payloadContents(signature));

/** The rules that are evaluated, sorted by transport. */
export class RuleGroups {
  /** Whether anything of the application layer need be read for them. */
  readonly reads: boolean;
  readonly #groups: readonly RuleGroup[];

  constructor(signatures: readonly Signature[], { actionOrder }: RuleSettings, prefilter = true) {
    const evaluated = inOrder(signatures.filter(({ unevaluated }) => unevaluated === ''), actionOrder);
    const rules = evaluated.flatMap((signature): Rule[] => (isDoubled(signature) ? [{ signature, reverse: false }, { signature, reverse: true }] : [{ signature, reverse: false }]));
    this.reads = signatures.some(mayLookAtEnds);
    this.#groups = TRANSPORTS.map((transport) => new RuleGroup(rules.filter(({ signature }) => signature.protocol.over.includes(transport)), transport, prefilter));
  }

  of(p: PacketView): RuleGroup { return this.#groups[transportPlace(p)]!; }
}

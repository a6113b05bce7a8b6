import { answers } from './app-layer/ask.ts';
import { isFresh } from './app-layer/transaction.ts';
import { Inspection, type Part } from './match/chain.ts';
import { hasAddress } from './match/header-match.ts';
import { type PacketView, TCP } from './packet/packet-view.ts';
import { ipProtocolName } from './packet/ip-protocols.ts';
import { addressText } from './output/address.ts';
import { hasPort } from './parse/ports.ts';
import type { Endpoint, Signature } from './signature.ts';
import { suppressionOf } from './state/suppression.ts';

// Why a signature fires on a packet, or what stops it first: its conditions in the order in which they are evaluated.

export type Verdict = 'met' | 'not met' | 'not known' | 'not reached';

export interface Reason {
  readonly keyword: string;
  /** The words of the rule. */
  readonly source: string;
  readonly wanted: string;
  /** What the packet has; '' when it was not reached. */
  readonly seen: string;
  readonly verdict: Verdict;
  /** Bytes of the value, from the packet's first byte; the same twice when there are none to show. */
  readonly from: number;
  readonly to: number;
}

export interface Explanation {
  readonly fires: boolean;
  /** Whether a regular expression was stopped before it could tell. */
  readonly unknown: boolean;
  /** One sentence: what stopped it, or that it fires. */
  readonly summary: string;
  readonly reasons: readonly Reason[];
}

type Step = Omit<Reason, 'verdict'> & { readonly met: boolean; readonly unknown?: boolean };

/** Explains one direction of a signature's header. `base` is the offset of the captured packet's first byte in the view's buffer. */
export function explain(signature: Signature, p: PacketView, base: number): Explanation {
  if (signature.asks.length === 0) return explainWays(signature, p, base);
  // A rule matches a transaction once on each side.
  const fresh = p.flow?.app.parser?.transactions.filter((tx) => isFresh(tx, p.toServer) && !tx.looked.has(signature.index, signature.direction === '=>' || p.toServer)) ?? [];
  const told = fresh.map((tx) => {
    p.tx = tx;
    const explanation = explainWays(signature, p, base);
    p.tx = null;
    return explanation;
  });
  return told.length === 0 ? explainWays(signature, p, base) : told.reduce((best, one) => (!best.fires && (one.fires || reach(one) > reach(best)) ? one : best));
}

const reach = (e: Explanation): number => e.reasons.filter(({ verdict }) => verdict === 'met').length;

/** Explains both ways of a rule that has two, and answers the one that comes farther. */
function explainWays(signature: Signature, p: PacketView, base: number): Explanation {
  if (signature.direction === '=>') return explainWay(signature, p, base, !p.toServer);
  const forward = explainWay(signature, p, base, false);
  if (forward.fires || signature.direction !== '<>') return forward;
  const reverse = explainWay(signature, p, base, true);
  return reverse.fires || reach(reverse) > reach(forward) ? reverse : forward;
}

function explainWay(signature: Signature, p: PacketView, base: number, reverse: boolean): Explanation {
  if (signature.unevaluated !== '') return { fires: false, unknown: false, summary: `This rule is not evaluated here, because ${signature.unevaluated}.`, reasons: [] };
  const reasons: Reason[] = [];
  let failed: Step | null = null;
  for (const step of steps(signature, p, reverse)) {
    const { met, unknown = false, ...rest } = step;
    const shown = rest.to > rest.from && !p.apart;
    reasons.push({ ...rest, from: shown ? rest.from - base : 0, to: shown ? rest.to - base : 0, ...(failed === null ? {} : { seen: '', from: 0, to: 0 }), verdict: failed !== null ? 'not reached' : met ? 'met' : unknown ? 'not known' : 'not met' });
    if (!met) failed ??= step;
  }
  if (failed === null) return { fires: true, unknown: false, summary: `Every condition is met.${thresholdWords(signature, p)}${unlessOnce(signature, p)}`, reasons };
  if (failed.unknown === true) return { fires: false, unknown: true, summary: 'Whether the rule fires is not known: its regular expression was stopped, since it could have run without end.', reasons };
  const note = p.note === '' ? '' : ` Here ${p.note}.`;
  return { fires: false, unknown: false, summary: `The rule does not fire: it wants ${failed.wanted}, and the packet has ${failed.seen}.${note}`, reasons };
}

/** What the rule's threshold has counted when this packet comes. */
function thresholdWords(signature: Signature, p: PacketView): string {
  const { threshold, suppressions } = signature;
  const suppression = suppressionOf(suppressions, p);
  if (suppression !== null) return ` Its alert is not written: ${suppression.source}.`;
  if (threshold === null) return '';
  if (threshold.kind === 'rate') return ` Its action may be changed by ${threshold.source}: ${p.memory?.thresholds.words(signature, p) ?? 'no count is kept'}.`;
  return ` How often it alerts is limited by ${threshold.source}: ${p.memory?.thresholds.words(signature, p) ?? 'no count is kept'}.`;
}

/** Why a rule whose conditions are met may still be silent on this packet. */
function unlessOnce(signature: Signature, p: PacketView): string {
  if (p.flow?.verdict === 'pass') return ' A pass rule covers the rest of this flow, so no rule is asked any more.';
  if (p.flow?.verdict === 'drop') return ' The flow was dropped before, so no rule is asked any more.';
  if (p.tx?.looked.has(signature.index, signature.direction === '=>' || p.toServer) === true) return ' It has matched on this transaction before, and alerts once for each.';
  if (signature.kind === 'protocol' && !p.protocolFresh) return ' A rule about nothing but the application protocol is evaluated when that becomes known, at the next packet of the direction, and this is not that packet.';
  if (p.isStreamEnd && signature.needsPacket) return ' It asks for something that only a captured packet has, and here a stream ends.';
  if (signature.kind !== 'addresses' || p.protocol !== TCP || p.flow === null) return '';
  const done = (p.flow.addressRulesDone & (p.toServer ? 1 : 2)) !== 0;
  return done ? ' A rule about nothing but addresses and ports is evaluated once in each direction of a TCP flow, and it was, at an earlier packet.' : '';
}

function* steps(signature: Signature, p: PacketView, reverse: boolean): Generator<Step> {
  const [from, to] = reverse ? [signature.destination, signature.source] : [signature.source, signature.destination];
  yield protocolStep(signature, p);
  yield addressStep(p, from, 'source', p.sourceAddress);
  yield portStep(p, from, 'source', p.sport, 0);
  yield addressStep(p, to, 'destination', p.destinationAddress);
  yield portStep(p, to, 'destination', p.dport, 2);
  if (signature.asks.length > 0) yield transactionStep(signature, p);
  for (const condition of signature.conditions) {
    const seen = condition.see(p);
    yield { keyword: condition.keyword, source: condition.source, wanted: condition.wanted, seen: seen.text, from: seen.from, to: seen.to, met: condition.test(p) };
  }
  const inspection = new Inspection();
  inspection.tracing = true;
  inspection.begin(signature.kind);
  for (const chain of signature.chains) yield* chainSteps(chain, p, inspection);
}

function protocolStep({ protocol }: Signature, p: PacketView): Step {
  const seen = p.ipVersion !== 0 ? `${ipProtocolName(p.protocol)} over IPv${p.ipVersion}${p.fragment ? ', a fragment' : ''}` : p.arp ? 'ARP' : 'no IP';
  const at = p.ipVersion === 4 ? p.ip + 9 : p.ip + 6;
  return { keyword: 'protocol', source: protocol.name, wanted: protocol.wanted, seen, met: protocol.test(p), from: p.ipVersion === 0 ? 0 : at, to: p.ipVersion === 0 ? 0 : at + 1 };
}

/** Whether there is a transaction to look at with this packet. */
function transactionStep({ asks, direction }: Signature, p: PacketView): Step {
  const protocol = asks[0]!.protocol.toUpperCase();
  const both = direction === '=>';
  const side = both ? 'both sides' : p.toServer ? 'what the client sends' : 'what the server sends';
  const answered = p.tx !== null && answers(asks, both, p.tx, p.toServer);
  return { keyword: 'transaction', source: asks[0]!.protocol, wanted: `a transaction of ${protocol} that has all that the rule asks`, seen: transactionWords(p, side, answered), met: answered, from: 0, to: 0 };
}

function transactionWords({ tx, flow, toServer }: PacketView, side: string, answered: boolean): string {
  if (tx !== null) return answered ? `transaction ${tx.id} of ${tx.protocol.toUpperCase()}` : `transaction ${tx.id} of ${tx.protocol.toUpperCase()}, which has not all of it in ${side} yet`;
  if (flow === null) return 'no flow';
  if (flow.app.parser === null) return `a flow that speaks ${flow.app.protocol === '' ? 'nothing that is known yet' : flow.app.protocol}`;
  return flow.app.parser.transactions.some((each) => isFresh(each, toServer)) ? 'only what the rule has matched already' : `nothing new in ${side}`;
}

function addressStep(p: PacketView, end: Endpoint, side: string, at: number): Step {
  const seen = p.ipVersion === 0 ? 'no address' : addressText(p.bytes, at, p.ipVersion);
  const to = p.ipVersion === 0 ? 0 : at + (p.ipVersion === 4 ? 4 : 16);
  return { keyword: `${side} address`, source: end.addressText, wanted: `the ${side} address ${end.addressText}`, seen, met: hasAddress(end.addresses, p, at), from: p.ipVersion === 0 ? 0 : at, to };
}

function portStep(p: PacketView, end: Endpoint, side: string, port: number, shift: number): Step {
  const at = p.transport + shift;
  return {
    keyword: `${side} port`, source: end.portText, wanted: `the ${side} port ${end.portText}`, seen: port < 0 ? 'no port' : `port ${port}`, met: hasPort(end.ports, port),
    from: port < 0 ? 0 : at, to: port < 0 ? 0 : at + 2,
  };
}

function* chainSteps(chain: Signature['chains'][number], p: PacketView, inspection: Inspection): Generator<Step> {
  const met = inspection.run(chain, p);
  const { buffer, absence } = chain;
  if (absence !== 'no match') {
    const alone = absence === 'match' || chain.parts.length === 0 || !inspection.found;
    yield { keyword: 'absent', source: 'absent', wanted: `${absence === 'match' ? '' : 'maybe '}no such thing as ${buffer.label}`, seen: inspection.found ? 'it is there' : 'it is not there', met: alone ? met : true, from: 0, to: 0 };
    if (alone) return;
  }
  const empty = inspection.trace.length === 0;
  const own = inspection.bytes === p.bytes; // bytes that were changed or decoded stand nowhere in the packet
  for (const [index, part] of chain.parts.entries()) {
    const trace = inspection.trace[index];
    const seen = trace === undefined ? (!empty ? '' : buffer.ask === undefined ? emptyWords(p) : 'no such buffer in this transaction') : buffer.ask === undefined ? trace.seen : `${trace.seen} of ${excerpt(inspection)}`;
    yield {
      keyword: part.keyword, source: part.source, wanted: partWords(part, buffer.label), seen, met: met || (trace?.met ?? false), unknown: inspection.gaveUp,
      from: own ? trace?.from ?? 0 : 0, to: own ? trace?.to ?? 0 : 0,
    };
  }
}

const EXCERPT = 60;

/** The start of what was looked at, with a dot for what does not print. */
function excerpt({ bytes, from, to }: Inspection): string {
  const shown = [...bytes.subarray(from, Math.min(to, from + EXCERPT))].map((b) => (b >= 32 && b < 127 ? String.fromCharCode(b) : '.')).join('');
  return `“${shown}${to - from > EXCERPT ? '…' : ''}”`;
}

const partWords = (part: Part, label: string): string => `${part.wanted} (in ${label})`;

const emptyWords = (p: PacketView): string => (p.inspectPayload ? 'nothing there to look at' : 'a tunnel: the payload of its envelope is not looked at, the packet inside is');

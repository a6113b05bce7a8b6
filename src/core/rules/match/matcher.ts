import { answers } from '../app-layer/ask.ts';
import { isFresh, lookedAt, type Transaction } from '../app-layer/transaction.ts';
import type { Fingerprints } from '../output/transaction.ts';
import { explain, type Explanation } from '../explain.ts';
import { FlowTable } from '../flow/flow-table.ts';
import { fillStreamEnd } from '../flow/stream-end.ts';
import { Streams } from '../flow/streams.ts';
import type { Flow } from '../flow/flow.ts';
import { PacketDecoder } from '../packet/decode.ts';
import { PacketView } from '../packet/packet-view.ts';
import { TCP } from '../packet/packet-view.ts';
import type { RuleKind } from '../parse/classify.ts';
import { type Transport, transportOf } from '../parse/protocols.ts';
import { type RuleSettings, STOCK_SETTINGS } from '../settings/settings.ts';
import type { Action, Signature } from '../signature.ts';
import { type AlertRecord, alertRecord, type Verdict } from './alert-record.ts';
import { Inspection } from './chain.ts';
import { goes } from './header-match.ts';
import { Memory } from '../state/memory.ts';
import { inOrder, isReject } from './order.ts';
import type { RuleProfile } from './profile.ts';
import { groupRules, type RuleGroup } from './rule-group.ts';

/** What became of a signature on a level of so many packets, of which `first` is the first. */
export interface Tally { readonly signature: Signature; readonly level: number; count: number; readonly first: number }

/** A packet that was never captured has no link. */
const NO_LINK = 12;

export type OnAlert = (alert: AlertRecord) => void;

/** Matches packets against signatures, level by level, and follows their flows. Keeps one packet's views until the next call. */
export class Matcher {
  readonly signatures: readonly Signature[];
  readonly settings: RuleSettings;
  readonly decoder: PacketDecoder;
  /** Where the cost of each rule is noted; null where nobody asks. */
  profile: RuleProfile | null = null;
  readonly #groups: ReadonlyMap<Transport, RuleGroup>;
  readonly #inspection = new Inspection();
  readonly #flows: FlowTable;
  readonly #streams: Streams;
  readonly #writing: Signature[] = [];
  /** Which of them matched in a stream. */
  readonly #inStream: boolean[] = [];
  readonly #end = new PacketView();
  #onAlert: OnAlert = () => {};
  /** Is given the packets that follow an alert and that the rule's `tag` keeps. */
  onTagged: OnAlert | null = null;
  #tagging: Signature | null = null;
  readonly #memory = new Memory();
  /** Transactions that rules look at with this packet, and the one that each alert is about. */
  readonly #fresh: Transaction[] = [];
  readonly #about: (Transaction | null)[] = [];
  #fingerprints: Fingerprints | null = null;
  #dropped = false;
  #passed = false;
  #stopped = false;
  readonly #unanswered = new Tallies();
  readonly #unwritten = new Tallies();
  #beforeRules: ((p: PacketView) => void) | null = null;

  constructor(signatures: readonly Signature[], settings: RuleSettings = STOCK_SETTINGS, groups: ReadonlyMap<Transport, RuleGroup> | null = null) {
    this.signatures = signatures;
    this.settings = settings;
    this.decoder = new PacketDecoder(settings.tunnels);
    for (const view of this.decoder.views) view.memory = this.#memory;
    // Where packets can be stopped, streams are looked at packet by packet (stream.inline: auto).
    this.#streams = new Streams(settings.ips ? { ...settings.stream, inline: true } : settings.stream, signatures.some(mayLookAtEnds));
    this.#flows = new FlowTable({ vlans: settings.stream.vlans, vnis: settings.ours }, (flow) => { this.#endOf(flow); });
    this.#end.memory = this.#memory;
    this.#groups = groups ?? groupRules(inOrder(signatures.filter(({ unevaluated }) => unevaluated === ''), settings.actionOrder));
  }

  /** Signatures whose regular expression was stopped on some packets, so that nobody knows whether they match there. */
  get unanswered(): readonly Tally[] { return this.#unanswered.all; }
  /** Signatures that matched and whose alert was not written, since the packet had as many as are written at most. */
  get unwritten(): readonly Tally[] { return this.#unwritten.all; }

  /** The same signatures and settings, with nothing seen yet. The sorted rules are shared: what they remember belongs to one packet only. */
  fresh(): Matcher { return new Matcher(this.signatures, this.settings, this.#groups); }

  /**
   * Takes the next packet as `packet` does and tells why a signature fires on it or not, level by level, by the state of its flow before it. The views are those of `decoder`; the reasons' bytes
   * count from `start`.
   */
  why(signature: Signature, bytes: Uint8Array, start: number, end: number, linkType: number, number: number, seconds: number, nanoseconds: number): { explanation: Explanation; alerts: boolean }[] {
    const explained: Explanation[] = [];
    const alerted = new Set<number>();
    this.#beforeRules = (p) => { explained.push(explain(signature, p, start)); };
    this.packet(bytes, start, end, linkType, number, seconds, nanoseconds, (alert) => { if (alert.signature === signature) alerted.add(alert.level); });
    this.#beforeRules = null;
    return explained.map((explanation, level) => ({ explanation, alerts: alerted.has(level) }));
  }

  /** Why a signature fires or not on what is left of the streams when all flows end: one answer for each direction that has something left. */
  whyEnd(signature: Signature): { explanation: Explanation; level: number; alerts: boolean }[] {
    const explained: { explanation: Explanation; level: number; alerts: boolean }[] = [];
    this.#beforeRules = (p) => { explained.push({ explanation: explain(signature, p, 0), level: p.level, alerts: false }); };
    this.finish((alert) => { if (alert.signature === signature) explained.at(-1)!.alerts = true; });
    this.#beforeRules = null;
    return explained;
  }

  /** Calls this with each view before its rules are asked, with the state of its flow at that moment. */
  watch(onView: (p: PacketView) => void): void { this.#beforeRules = onView; }

  /** Whether the last packet was stopped, by a rule or since its flow was, as an IPS does. */
  get stopped(): boolean { return this.#stopped; }

  /** Decodes a packet and calls `onAlert` for each alert: outermost level first, on a level in the order in which signatures act. */
  packet(bytes: Uint8Array, start: number, end: number, linkType: number, number: number, seconds: number, nanoseconds: number, onAlert: OnAlert): void {
    this.#onAlert = onAlert;
    this.#stopped = false;
    this.decoder.decode(bytes, start, end, linkType, number, seconds, nanoseconds);
    for (let view = 0; view < this.decoder.count; view++) {
      const p = this.decoder.views[view]!;
      const flow = this.#flows.find(p);
      p.flow = flow;
      if (flow !== null) { p.toServer = this.#flows.toServer; this.#streams.follow(p, flow); }
      this.#beforeRules?.(p);
      if (flow === null || flow.verdict === '') {
        this.#level(p);
        if (this.#writing.length > 0) this.#write(p, linkType);
        this.#stopped ||= this.#dropped;
        if (this.#memory.tags.take(p)) this.onTagged?.(this.#record(this.#tagging!, p, linkType));
      } else this.#stopped ||= this.settings.ips && flow.verdict === 'drop';
      if (flow !== null) done(p, flow);
      if (flow !== null) this.#streams.leave(p, flow);
    }
  }

  /** Ends all flows, as the end of a capture does: what no rule has looked at yet is looked at. */
  finish(onAlert: OnAlert): void {
    this.#onAlert = onAlert;
    for (const flow of this.#flows.flows) this.#endOf(flow);
  }

  /** Looks at what is left of a flow's streams, to the server first. */
  #endOf(flow: Flow): void {
    const { tcp } = flow;
    if (tcp === null) return;
    for (const toServer of [true, false]) {
      flow.app.end(toServer);
      const isUnread = Streams.unread(toServer ? tcp.client : tcp.server) || (flow.app.parser?.transactions.some((tx) => isFresh(tx, toServer)) ?? false);
      if (flow.verdict !== '' || !isUnread) continue;
      const p = this.#end;
      fillStreamEnd(p, flow, this.#flows.keyOf(flow), toServer);
      this.#streams.end(p, flow);
      this.#beforeRules?.(p);
      this.#level(p);
      if (this.#writing.length > 0) this.#write(p, NO_LINK);
      done(p, flow);
    }
    this.#streams.forget(flow);
  }

  /**
   * Evaluates the rules in their order and gathers those that write. A rule about nothing but addresses is evaluated once in each direction of a TCP flow, at its first packet. Suricata does so for
   * flows of every protocol; here each ping and each envelope that such a rule means is shown.
   */
  #level(p: PacketView): void {
    const done = p.isStreamEnd || (p.flow !== null && p.protocol === TCP && (p.flow.addressRulesDone & (p.toServer ? 1 : 2)) !== 0);
    if (p.flow !== null) p.flow.addressRulesDone |= p.toServer ? 1 : 2;
    this.#writing.length = this.#inStream.length = this.#about.length = this.#fresh.length = 0;
    const parser = p.flow?.app.parser ?? null;
    if (parser !== null) for (const tx of parser.transactions) if (isFresh(tx, p.toServer)) this.#fresh.push(tx);
    this.#dropped = this.#passed = false;
    const group = this.#groups.get(transportOf(p))!;
    const candidates = group.choose(p, this.#fresh);
    for (let i = 0; i < group.count; i++) {
      const place = candidates[i]!;
      const { signature, reverse } = group.rules[place]!;
      if (done && signature.kind === 'addresses') continue;
      if (p.isStreamEnd && signature.needsPacket) continue;
      if (signature.kind === 'protocol' && !p.protocolFresh) continue;
      if (signature.asks.length > 0) {
        if (this.#fresh.length > 0 && !this.#transactions(signature, p, reverse)) return;
        continue;
      }
      if (!this.#matches(signature, p, reverse)) continue;
      if (!this.#act(signature, p, null)) return;
    }
  }

  /** Evaluates a rule about transactions on each that has something new. False when a pass rule ends the evaluation. */
  #transactions(signature: Signature, p: PacketView, reverse: boolean): boolean {
    const bothSides = signature.direction === '=>';
    for (const tx of this.#fresh) {
      if (tx.looked.has(signature.index, bothSides || p.toServer) || !answers(signature.asks, bothSides, tx, p.toServer)) continue;
      p.tx = tx;
      const met = this.#matches(signature, p, bothSides ? !p.toServer : reverse);
      if (met) tx.looked.match(signature.index, bothSides || p.toServer);
      const goesOn = !met || this.#act(signature, p, tx);
      p.tx = null;
      if (!goesOn) return false;
    }
    return true;
  }

  /** Does what a rule that matched asks for. False when no further rule is to be evaluated. */
  #act(signature: Signature, p: PacketView, tx: Transaction | null): boolean {
    const inStream = signature.chains.length > 0 && this.#inspection.matchedInStream;
    for (const effect of signature.effects) effect(p);
    const pass = this.#memory.thresholds.take(signature, p);
    if (pass === 'nothing') return true;
    if (signature.tag !== null) { this.#tagging = signature; this.#memory.tags.start(signature.index, signature.tag, p); }
    if (signature.writes && pass === 'alert') {
      if (this.#writing.length < this.settings.maxAlerts) { this.#writing.push(signature); this.#inStream.push(inStream); this.#about.push(tx); } else this.#unwritten.note(signature, p);
    }
    if (signature.action === 'pass') { this.#passed = true; if (!this.#dropped) cover(p, signature, inStream, 'pass'); return false; }
    if (signature.action === 'drop' || isReject(signature.action)) { this.#dropped ||= this.settings.ips; if (this.settings.ips || !isAboutAddresses(signature)) cover(p, signature, inStream, 'drop'); }
    return true;
  }

  #write(p: PacketView, linkType: number): void {
    const reject = this.#writing.find(({ action }) => isReject(action));
    const verdict: Verdict = { dropped: this.#dropped, passed: this.#passed, rejectTarget: reject === undefined ? '' : rejectTarget(reject.action, p.toServer) };
    const context = { packet: p, outermost: this.decoder.views[0]!, linkType, verdict, eve: this.settings.eve, ours: this.settings.ours, fingerprints: this.#fingerprints ??= askedFor(this.signatures) };
    for (const [i, signature] of this.#writing.entries()) this.#onAlert(alertRecord(signature, { ...context, blocked: this.#blocks(signature.action), stream: this.#inStream[i]!, tx: this.#about[i]! }));
  }

  /** A packet that a rule's tag keeps, as an alert of that rule would tell it. */
  #record(signature: Signature, p: PacketView, linkType: number): AlertRecord {
    const verdict: Verdict = { dropped: this.#dropped, passed: this.#passed, rejectTarget: '' };
    return alertRecord(signature, { packet: p, outermost: this.decoder.views[0]!, linkType, verdict, eve: { ...this.settings.eve, packet: true }, ours: this.settings.ours, blocked: false, stream: false, tx: null, fingerprints: (this.#fingerprints ??= askedFor(this.signatures)) });
  }

  #blocks(action: Action): boolean { return isReject(action) || (action === 'drop' && this.settings.ips); }

  #matches(signature: Signature, p: PacketView, reverse: boolean): boolean {
    const { profile } = this;
    if (profile === null) return this.#holds(signature, p, reverse);
    const began = profile.begin();
    const met = this.#holds(signature, p, reverse);
    profile.end(signature.index, began);
    return met;
  }

  #holds(signature: Signature, p: PacketView, reverse: boolean): boolean {
    if (!signature.protocol.test(p)) return false;
    if (reverse ? !goes(p, signature.destination, signature.source) : !goes(p, signature.source, signature.destination)) return false;
    for (const condition of signature.conditions) if (!condition.test(p)) return false;
    if (signature.chains.length > 0) this.#inspection.begin(signature.kind);
    for (const chain of signature.chains) {
      const met = this.#inspection.run(chain, p);
      if (this.#inspection.gaveUp) this.#unanswered.note(signature, p);
      if (!met) return false;
    }
    return true;
  }
}

/** Notes that all rules have looked at a packet's direction. */
function done(p: PacketView, { app: { parser } }: Flow): void {
  if (parser === null) return;
  for (const tx of parser.transactions) lookedAt(tx, p.toServer);
  parser.forget();
}

/** The fingerprints that any rule asks for. */
function askedFor(signatures: readonly Signature[]): Fingerprints {
  const asks = (start: string): boolean => signatures.some(({ chains }) => chains.some(({ buffer }) => buffer.name.startsWith(start)));
  return { ja3: asks('ja3'), ja4: asks('ja4') };
}

class Tallies {
  readonly #tallies = new Map<Signature, Tally[]>();

  get all(): readonly Tally[] { return [...this.#tallies.values()].flat(); }

  note(signature: Signature, { level, number }: PacketView): void {
    const known = this.#tallies.get(signature) ?? [];
    const tally = known.find((each) => each.level === level);
    if (tally === undefined) this.#tallies.set(signature, [...known, { signature, level, count: 1, first: number }]); else tally.count++;
  }
}

/** Rules that may be evaluated when a flow ends: whether it then has transactions that nobody has looked at decides whether they are, as in Suricata. Where there are none, nothing of the application layer is read. */
const mayLookAtEnds = (signature: Signature): boolean => signature.unevaluated === '' && (signature.asks.length > 0 || (!signature.needsPacket && !isAboutAddresses(signature)));

/** Such a rule is told at each packet here, so that where nothing is stopped its drop hides nothing that comes after. */
const isAboutAddresses = ({ kind }: Signature): boolean => kind === 'addresses' || kind === 'negated addresses';

/** Kinds of rules whose action covers the rest of the flow; that of rules about streams does where the match was in one (detect-engine.c). */
const COVERING: ReadonlySet<RuleKind> = new Set<RuleKind>(['addresses', 'negated addresses', 'protocol', 'application', 'transaction']);

function cover(p: PacketView, { kind }: Signature, inStream: boolean, verdict: 'pass' | 'drop'): void {
  if (p.flow !== null && (COVERING.has(kind) || inStream)) p.flow.verdict = verdict;
}

/** reject and rejectsrc tell the sender of the packet, rejectdst the other side. */
function rejectTarget(action: Action, toServer: boolean): Verdict['rejectTarget'] {
  if (action === 'rejectboth') return 'both';
  return (action === 'rejectdst') === toServer ? 'to_server' : 'to_client';
}

import { answers } from '../app-layer/ask.ts';
import { isFresh, lookedAt, type Transaction } from '../app-layer/transaction.ts';
import { explain, type Explanation } from '../explain.ts';
import { FlowKey } from '../flow/flow-key.ts';
import { ALL_LANES, Lane, laneOf, LANES } from '../flow/lane.ts';
import { fillStreamEnd } from '../flow/stream-end.ts';
import { Streams } from '../flow/streams.ts';
import type { Flow } from '../flow/flow.ts';
import { PacketDecoder } from '../packet/decode.ts';
import { PacketView } from '../packet/packet-view.ts';
import { TCP } from '../packet/packet-view.ts';
import { type RuleSettings, STOCK_SETTINGS, workingStream } from '../settings/settings.ts';
import type { Signature } from '../signature.ts';
import { AlertWriter, type OnAlert, type OnCounted } from './alert-writer.ts';
import { Inspection } from './chain.ts';
import { ChecksumTrust } from './checksum-trust.ts';
import { cover, isAboutAddresses, mayLookAtEnds } from './consequences.ts';
import { goes } from './header-match.ts';
import { Memory } from '../state/memory.ts';
import { suppressionOf } from '../state/suppression.ts';
import { changedAction, onlyHoldsBack } from '../state/thresholds.ts';
import { isReject } from './order.ts';
import type { RuleProfile } from './profile.ts';
import { RuleGroups } from './rule-group.ts';
import { END, Sequence } from './sequence.ts';
import { LAST_PACKET, OWN, type Share, VIEW } from './share.ts';
import { Tallies, type Tally } from './tallies.ts';

/** A rule that matches, with its place among all. */
interface Met { readonly signature: Signature; readonly place: number; readonly inStream: boolean; readonly tx: Transaction | null }

/** A packet that was never captured has no link. */
const NO_LINK = 12;

/** Matches packets against signatures, level by level, and follows their flows. Keeps one packet's views until the next call. */
export class Matcher {
  readonly signatures: readonly Signature[];
  readonly settings: RuleSettings;
  readonly decoder: PacketDecoder;
  /** Where the cost of each rule is noted; null where nobody asks. */
  profile: RuleProfile | null = null;
  readonly #groups: RuleGroups;
  readonly #inspection = new Inspection();
  /** The lanes of flows; null for those that another matcher follows. */
  readonly #lanes: readonly (Lane | null)[];
  readonly #key: FlowKey;
  readonly #checksums: ChecksumTrust;
  readonly #share: Share | null;
  readonly #sequence: Sequence;
  readonly #writer: AlertWriter;
  readonly #end = new PacketView();
  #tagging: Signature | null = null;
  readonly #memory = new Memory();
  /** Transactions that rules look at with this packet. */
  #fresh: Transaction[] = NONE;
  /** The rules that match a packet. */
  readonly #met: Met[] = [];
  #stopped = false;
  readonly #unanswered = new Tallies();
  #beforeRules: ((p: PacketView) => void) | null = null;

  /** Without a share it does all alone. */
  constructor(signatures: readonly Signature[], settings: RuleSettings = STOCK_SETTINGS, share: Share | null = null, groups: RuleGroups | null = null) {
    this.signatures = signatures;
    this.settings = settings;
    this.decoder = new PacketDecoder(settings.tunnels, settings.stream.hosts);
    for (const view of this.decoder.views) view.memory = this.#memory;
    const stream = workingStream(settings, signatures.some(comparesOverlap));
    this.#groups = groups ?? new RuleGroups(signatures.filter((signature) => share?.evaluates(signature) !== false), settings);
    const reads = share === null ? this.#groups.reads : signatures.some(mayLookAtEnds); // of all, so that who shares a capture sees the same ends
    const lanes = share?.lanes ?? ALL_LANES;
    this.#lanes = Array.from({ length: LANES }, (_, lane) => ((lanes >> lane) & 1) === 0 ? null : new Lane(stream, reads, (flow, own) => { this.#writer.place++; this.#endOf(flow, own); }));
    this.#key = new FlowKey({ vlans: settings.stream.vlans, vnis: settings.ours, levels: settings.stream.levels });
    this.#checksums = new ChecksumTrust(settings.stream.checksumChecks);
    this.#share = share;
    this.#sequence = new Sequence(settings.maxAlerts, this.#memory.thresholds);
    this.#writer = new AlertWriter(signatures, settings, this.#sequence, share, this.decoder.views[0]!);
    this.#end.memory = this.#memory;
  }

  /** Is given the packets that follow an alert and that the rule's `tag` keeps. */
  get onTagged(): OnAlert | null { return this.#writer.onTagged; }
  set onTagged(take: OnAlert | null) { this.#writer.onTagged = take; }

  /** Is asked about each alert before its record is made: where it answers that it has counted it, none is made. Not where flows are shared. */
  set onCounted(count: OnCounted) { this.#writer.onCounted = count; }

  /** Signatures whose regular expression was stopped on some packets, so that nobody knows whether they match there. */
  get unanswered(): readonly Tally[] { return this.#unanswered.all; }
  /** Signatures that matched and whose alert was not written, since the packet had as many as are written at most. */
  get unwritten(): readonly Tally[] { return this.#sequence.unwritten.all; }

  /** The same signatures and settings, with nothing seen yet. The sorted rules are shared: what they remember belongs to one packet only. */
  fresh(): Matcher { return new Matcher(this.signatures, this.settings, null, this.#share === null ? this.#groups : null); }

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
    this.#writer.onAlert = onAlert;
    this.#stopped = false;
    this.decoder.decode(bytes, start, end, linkType, number, seconds, nanoseconds);
    this.#writer.at = number;
    for (let view = 0; view < this.decoder.count; view++) {
      const p = this.decoder.views[view]!;
      this.#checksums.look(p);
      const isFollowed = this.#key.read(p);
      const lane = this.#lanes[isFollowed ? laneOf(this.#key.hash) : number % LANES]!;
      if (lane === null) continue;
      this.#writer.place = view * VIEW;
      const flow = isFollowed ? lane.flows.find(p, this.#key) : null;
      p.flow = flow;
      if (flow !== null) { flow.lastView = view; p.toServer = lane.flows.toServer; lane.streams.follow(p, flow); }
      this.#writer.place = view * VIEW + OWN;
      this.#beforeRules?.(p);
      this.#stopped ||= p.refused;
      if (p.uninspected) { /* an exception policy lets it pass, or stops it */ } else if (flow === null || flow.verdict === '') {
        this.#level(p);
        this.#writer.write(p, linkType);
        this.#stopped ||= this.#writer.dropped;
        if (this.#writer.onTagged !== null && this.#memory.tags.take(p)) this.#writer.tagged(this.#tagging!, p, linkType);
      } else this.#stopped ||= this.settings.ips && flow.verdict === 'drop';
      if (flow !== null) done(p, flow);
      if (flow !== null) lane.streams.leave(p, flow);
    }
  }

  /** Ends all flows, as the end of a capture does, in the order of their last packets: what no rule has looked at yet is looked at. */
  finish(onAlert: OnAlert): void {
    this.#writer.onAlert = onAlert;
    this.#writer.at = END;
    const flows = this.#lanes.flatMap((lane) => lane?.flows.flows.map((flow) => ({ flow, lane })) ?? []);
    flows.sort(({ flow: a }, { flow: b }) => a.lastNumber - b.lastNumber || a.lastView - b.lastView);
    for (const { flow, lane } of flows) {
      this.#writer.place = flow.lastNumber * LAST_PACKET + 2 * flow.lastView;
      this.#endOf(flow, lane);
    }
  }

  /** Looks at what is left of a flow's streams, to the server first. */
  #endOf(flow: Flow, { flows, streams }: Lane): void {
    const { tcp } = flow;
    if (tcp === null) return;
    for (const toServer of [true, false]) {
      flow.app.end(toServer);
      const isUnread = Streams.unread(toServer ? tcp.client : tcp.server) || (flow.app.parser?.transactions.some((tx) => isFresh(tx, toServer)) ?? false);
      if (flow.verdict !== '' || !isUnread) continue;
      const p = this.#end;
      fillStreamEnd(p, flow, flows.keyOf(flow), toServer);
      streams.end(p, flow);
      this.#beforeRules?.(p);
      this.#level(p);
      this.#writer.write(p, NO_LINK);
      done(p, flow);
      this.#writer.place++;
    }
    streams.forget(flow);
  }

  /**
   * Evaluates the rules in their order, those about transactions after the others, and lets those that match act in the order of all. A rule about nothing but addresses is evaluated once in
   * each direction of a TCP flow, at its first packet. Suricata does so for flows of every protocol; here each ping and each envelope that such a rule means is shown.
   */
  #level(p: PacketView): void {
    const done = p.isStreamEnd || (p.flow !== null && p.protocol === TCP && (p.flow.addressRulesDone & (p.toServer ? 1 : 2)) !== 0);
    if (p.flow !== null) p.flow.addressRulesDone |= p.toServer ? 1 : 2;
    const fresh = this.#fresh = freshOf(p);
    if (this.#met.length > 0) this.#met.length = 0;
    this.#writer.begin(p.refused);
    this.#inspection.newPacket();
    const group = this.#groups.of(p);
    const candidates = group.choose(p, fresh);
    for (let i = 0; i < group.count; i++) {
      const place = candidates[i]!;
      const { signature, reverse } = group.rules[place]!;
      if (done && signature.kind === 'addresses') continue;
      if (p.isStreamEnd && signature.needsPacket) continue;
      if (signature.kind === 'protocol' && !p.protocolFresh) continue;
      if (signature.asks.length === 0 && this.#matches(signature, p, reverse)) this.#meet(signature, p, place, null);
    }
    const withoutTransaction = this.#met.length;
    for (let i = 0; i < group.count && fresh.length > 0; i++) {
      const { signature, reverse } = group.rules[candidates[i]!]!;
      if (signature.asks.length > 0) this.#transactions(signature, p, candidates[i]!, reverse);
    }
    if (this.#met.length > withoutTransaction && withoutTransaction > 0) this.#met.sort((a, b) => a.place - b.place);
    for (const met of this.#met) if (!this.#act(met, p)) return;
  }

  /** Evaluates a rule about transactions on each that has something new. */
  #transactions(signature: Signature, p: PacketView, place: number, reverse: boolean): void {
    const bothSides = signature.direction === '=>';
    for (const tx of this.#fresh) {
      if (tx.looked.has(signature.index, bothSides || p.toServer) || !answers(signature.asks, bothSides, tx, p.toServer)) continue;
      p.tx = tx;
      const met = this.#matches(signature, p, bothSides ? !p.toServer : reverse);
      if (met) { tx.looked.match(signature.index, bothSides || p.toServer); this.#meet(signature, p, place, tx); }
      p.tx = null;
    }
  }

  /** Notes that a rule matches. What it remembers is there for the rules after it at once, whatever becomes of the match. */
  #meet(signature: Signature, p: PacketView, place: number, tx: Transaction | null): void {
    for (const effect of signature.effects) effect(p);
    this.#met.push({ signature, place, inStream: signature.chains.length > 0 && this.#inspection.matchedInStream, tx });
  }

  /** Does what a rule that matched asks for. False when no further one acts (PacketAlertFinalize). */
  #act({ signature, inStream, tx }: Met, p: PacketView): boolean {
    const writer = this.#writer;
    const suppressed = signature.suppressions.length > 0 && suppressionOf(signature.suppressions, p) !== null; // not counted then
    const heldLater = onlyHoldsBack(signature);
    const pass = suppressed ? 'act' : heldLater ? 'alert' : this.#memory.thresholds.take(signature, p);
    if (pass === 'nothing') return true;
    const action = pass === 'changed' ? changedAction(signature) : signature.action;
    if (signature.tags.length > 0 && writer.onTagged !== null) { this.#tagging = signature; for (const tag of signature.tags) this.#memory.tags.start(signature.index, tag, p); }
    const writes = signature.writes && (pass === 'alert' || (pass === 'changed' && action !== 'pass'));
    if (writes && this.#share?.tells(signature) !== false) writer.gather({ signature, action, inStream, tx, isHeld: heldLater && p.ipVersion !== 0 }, p);
    if (action === 'pass') { writer.passed = true; if (!writer.dropped) cover(p, signature, inStream, 'pass'); return false; }
    if (action === 'drop' || isReject(action)) {
      writer.dropped ||= this.settings.ips;
      if (isReject(action)) writer.reject ??= action;
      if (this.settings.ips || !isAboutAddresses(signature)) cover(p, signature, inStream, 'drop');
    }
    return true;
  }

  #matches(signature: Signature, p: PacketView, reverse: boolean): boolean {
    const { profile } = this;
    if (profile === null || !profile.begin(signature.index)) return this.#holds(signature, p, reverse);
    const met = this.#holds(signature, p, reverse);
    profile.end(signature.index);
    return met;
  }

  #holds(signature: Signature, p: PacketView, reverse: boolean): boolean {
    if (!signature.protocol.test(p)) return false;
    if (reverse ? !goes(p, signature.destination, signature.source) : !goes(p, signature.source, signature.destination)) return false;
    for (const condition of signature.conditions) if (!condition.test(p)) return false;
    if (signature.chains.length > 0) this.#inspection.begin(signature.kind);
    for (const chain of signature.chains) {
      const met = this.#inspection.run(chain, p);
      if (this.#inspection.gaveUp && this.#share?.tells(signature) !== false) this.#unanswered.note(signature, p.level, p.number);
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

const NONE: Transaction[] = [];

/** Transactions of the packet's flow that have something new in its direction. */
function freshOf(p: PacketView): Transaction[] {
  const parser = p.flow?.app.parser ?? null;
  if (parser === null) return NONE;
  let fresh = NONE;
  for (const tx of parser.transactions) if (isFresh(tx, p.toServer)) if (fresh === NONE) fresh = [tx]; else fresh.push(tx);
  return fresh;
}

/** Whether a rule asks for data that is sent again with other bytes. */
const comparesOverlap = ({ conditions }: Signature): boolean => conditions.some(({ keyword, source }) => keyword === 'stream-event' && source.includes('reassembly_overlap_different_data'));

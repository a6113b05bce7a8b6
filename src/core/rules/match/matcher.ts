import { answers } from '../app-layer/ask.ts';
import { isFresh, lookedAt, type Transaction } from '../app-layer/transaction.ts';
import type { Fingerprints } from '../output/transaction.ts';
import { explain, type Explanation } from '../explain.ts';
import { FlowKey } from '../flow/flow-key.ts';
import { ALL_LANES, Lane, laneOf, LANES } from '../flow/lane.ts';
import { fillStreamEnd } from '../flow/stream-end.ts';
import { Streams } from '../flow/streams.ts';
import type { Flow } from '../flow/flow.ts';
import { PacketDecoder } from '../packet/decode.ts';
import { PacketView } from '../packet/packet-view.ts';
import { TCP } from '../packet/packet-view.ts';
import { type Transport, transportOf } from '../parse/protocols.ts';
import { type RuleSettings, STOCK_SETTINGS, workingStream } from '../settings/settings.ts';
import type { Action, Signature } from '../signature.ts';
import { type AlertContext, type AlertRecord, alertRecord, type Verdict } from './alert-record.ts';
import { Inspection } from './chain.ts';
import { ChecksumTrust } from './checksum-trust.ts';
import { cover, isAboutAddresses, mayLookAtEnds, rejectTarget } from './consequences.ts';
import { goes } from './header-match.ts';
import { Memory } from '../state/memory.ts';
import { keyOf, onlyHoldsBack, portOf } from '../state/thresholds.ts';
import { inOrder, isReject } from './order.ts';
import type { RuleProfile } from './profile.ts';
import { groupRules, type RuleGroup } from './rule-group.ts';
import { END, Sequence } from './sequence.ts';
import { LAST_PACKET, OWN, type Share, VIEW } from './share.ts';
import { Tallies, type Tally } from './tallies.ts';

/** A rule that matches, with its place among all. */
interface Met { readonly signature: Signature; readonly place: number; readonly inStream: boolean; readonly tx: Transaction | null }

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
  /** The lanes of flows; null for those that another matcher follows. */
  readonly #lanes: readonly (Lane | null)[];
  readonly #key: FlowKey;
  readonly #checksums: ChecksumTrust;
  readonly #share: Share | null;
  readonly #sequence: Sequence;
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
  /** The rules that match a packet. */
  readonly #met: Met[] = [];
  #fingerprints: Fingerprints | null = null;
  /** Where the matches of now stand among all. */
  #at = 0;
  #place = 0;
  /** Of the gathered, those that nothing holds back any more. */
  #certain = 0;
  #dropped = false;
  #passed = false;
  #reject: Signature | null = null;
  #stopped = false;
  readonly #unanswered = new Tallies();
  #beforeRules: ((p: PacketView) => void) | null = null;

  /** Without a share it does all alone. */
  constructor(signatures: readonly Signature[], settings: RuleSettings = STOCK_SETTINGS, share: Share | null = null, groups: ReadonlyMap<Transport, RuleGroup> | null = null) {
    this.signatures = signatures;
    this.settings = settings;
    this.decoder = new PacketDecoder(settings.tunnels, settings.stream.hosts);
    for (const view of this.decoder.views) view.memory = this.#memory;
    const stream = workingStream(settings, signatures.some(comparesOverlap));
    const reads = signatures.some(mayLookAtEnds);
    const lanes = share?.lanes ?? ALL_LANES;
    this.#lanes = Array.from({ length: LANES }, (_, lane) => ((lanes >> lane) & 1) === 0 ? null : new Lane(stream, reads, (flow, own) => { this.#place++; this.#endOf(flow, own); }));
    this.#key = new FlowKey({ vlans: settings.stream.vlans, vnis: settings.ours, levels: settings.stream.levels });
    this.#checksums = new ChecksumTrust(settings.stream.checksumChecks);
    this.#share = share;
    this.#sequence = new Sequence(settings.maxAlerts, this.#memory.thresholds);
    this.#end.memory = this.#memory;
    this.#groups = groups ?? groupRules(inOrder(signatures.filter((signature) => signature.unevaluated === '' && share?.evaluates(signature) !== false), settings.actionOrder));
  }

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
    this.#onAlert = onAlert;
    this.#stopped = false;
    this.decoder.decode(bytes, start, end, linkType, number, seconds, nanoseconds);
    this.#at = number;
    for (let view = 0; view < this.decoder.count; view++) {
      const p = this.decoder.views[view]!;
      this.#checksums.look(p);
      const isFollowed = this.#key.read(p);
      const lane = this.#lanes[isFollowed ? laneOf(this.#key.hash) : number % LANES]!;
      if (lane === null) continue;
      this.#place = view * VIEW;
      const flow = isFollowed ? lane.flows.find(p, this.#key) : null;
      p.flow = flow;
      if (flow !== null) { flow.lastView = view; p.toServer = lane.flows.toServer; lane.streams.follow(p, flow); }
      this.#place = view * VIEW + OWN;
      this.#beforeRules?.(p);
      this.#stopped ||= p.refused;
      if (p.uninspected) { /* an exception policy lets it pass, or stops it */ } else if (flow === null || flow.verdict === '') {
        this.#level(p);
        if (this.#writing.length > 0) this.#write(p, linkType);
        this.#stopped ||= this.#dropped;
        if (this.onTagged !== null && this.#memory.tags.take(p)) this.#tagged(p, linkType);
      } else this.#stopped ||= this.settings.ips && flow.verdict === 'drop';
      if (flow !== null) done(p, flow);
      if (flow !== null) lane.streams.leave(p, flow);
    }
  }

  /** Ends all flows, as the end of a capture does, in the order of their last packets: what no rule has looked at yet is looked at. */
  finish(onAlert: OnAlert): void {
    this.#onAlert = onAlert;
    this.#at = END;
    const flows = this.#lanes.flatMap((lane) => lane?.flows.flows.map((flow) => ({ flow, lane })) ?? []);
    flows.sort(({ flow: a }, { flow: b }) => a.lastNumber - b.lastNumber || a.lastView - b.lastView);
    for (const { flow, lane } of flows) {
      this.#place = flow.lastNumber * LAST_PACKET + 2 * flow.lastView;
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
      if (this.#writing.length > 0) this.#write(p, NO_LINK);
      done(p, flow);
      this.#place++;
    }
    streams.forget(flow);
  }

  /**
   * Evaluates the rules in their order, those about transactions after the others, and lets those that match act in the order of all. A rule about nothing but addresses is evaluated once in each direction of a TCP flow, at its first packet. Suricata does so for
   * flows of every protocol; here each ping and each envelope that such a rule means is shown.
   */
  #level(p: PacketView): void {
    const done = p.isStreamEnd || (p.flow !== null && p.protocol === TCP && (p.flow.addressRulesDone & (p.toServer ? 1 : 2)) !== 0);
    if (p.flow !== null) p.flow.addressRulesDone |= p.toServer ? 1 : 2;
    this.#writing.length = this.#inStream.length = this.#about.length = this.#fresh.length = this.#met.length = 0;
    const parser = p.flow?.app.parser ?? null;
    if (parser !== null) for (const tx of parser.transactions) if (isFresh(tx, p.toServer)) this.#fresh.push(tx);
    this.#passed = false;
    this.#dropped = p.refused;
    this.#reject = null;
    this.#certain = 0;
    const group = this.#groups.get(transportOf(p))!;
    const candidates = group.choose(p, this.#fresh);
    for (let i = 0; i < group.count; i++) {
      const place = candidates[i]!;
      const { signature, reverse } = group.rules[place]!;
      if (done && signature.kind === 'addresses') continue;
      if (p.isStreamEnd && signature.needsPacket) continue;
      if (signature.kind === 'protocol' && !p.protocolFresh) continue;
      if (signature.asks.length === 0 && this.#matches(signature, p, reverse)) this.#meet(signature, p, place, null);
    }
    const withoutTransaction = this.#met.length;
    for (let i = 0; i < group.count && this.#fresh.length > 0; i++) {
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
    const heldLater = onlyHoldsBack(signature);
    const pass = heldLater ? 'alert' : this.#memory.thresholds.take(signature, p);
    if (pass === 'nothing') return true;
    if (signature.tag !== null && this.onTagged !== null) { this.#tagging = signature; this.#memory.tags.start(signature.index, signature.tag, p); }
    if (signature.writes && pass === 'alert' && this.#share?.tells(signature) !== false) this.#gather(signature, p, inStream, tx, heldLater && p.ipVersion !== 0);
    if (signature.action === 'pass') { this.#passed = true; if (!this.#dropped) cover(p, signature, inStream, 'pass'); return false; }
    if (signature.action === 'drop' || isReject(signature.action)) {
      this.#dropped ||= this.settings.ips;
      if (isReject(signature.action)) this.#reject ??= signature;
      if (this.settings.ips || !isAboutAddresses(signature)) cover(p, signature, inStream, 'drop');
    }
    return true;
  }

  /** Keeps a match until all rules have acted. Beyond what a packet may have, those that nothing else holds back are only counted; what a threshold counts must be told. */
  #gather(signature: Signature, p: PacketView, inStream: boolean, tx: Transaction | null, isHeld: boolean): void {
    if (!isHeld && this.#certain === this.settings.maxAlerts) { this.#sequence.unwritten.note(signature, p.level, p.number); return; }
    if (!isHeld) this.#certain++;
    this.#writing.push(signature);
    this.#inStream.push(inStream);
    this.#about.push(tx);
  }

  /** Tells the matches of a packet in their order: as alerts, those that nothing holds back; where flows are shared, to who knows the others. */
  #write(p: PacketView, linkType: number): void {
    const rejects = this.#reject === null ? '' : rejectTarget(this.#reject.action, p.toServer);
    for (const [i, signature] of this.#writing.entries()) {
      const isHeld = p.ipVersion !== 0 && onlyHoldsBack(signature);
      const placed = {
        signature, at: this.#at, place: this.#place, level: p.level, number: p.number, seconds: p.seconds, nanoseconds: p.nanoseconds, key: isHeld ? keyOf(signature, p) : '', port: isHeld ? portOf(signature.threshold!, p) : -1,
      };
      const record = (): AlertRecord => this.#record(signature, p, linkType, { blocked: this.#blocks(signature.action), stream: this.#inStream[i]!, tx: this.#about[i]!, rejects, eve: this.settings.eve });
      if (this.#share !== null) this.#share.onMatch({ ...placed, record: this.#share.records() ? record() : null, tagged: false });
      else if (this.#sequence.writes(placed)) this.#onAlert(record());
    }
  }

  /** Tells a packet that a rule's tag keeps, as an alert of that rule would tell it. */
  #tagged(p: PacketView, linkType: number): void {
    const signature = this.#tagging!;
    const record = this.#record(signature, p, linkType, { blocked: false, stream: false, tx: null, rejects: '', eve: { ...this.settings.eve, packet: true } });
    if (this.#share === null) this.onTagged?.(record);
    else this.#share.onMatch({ signature, at: this.#at, place: this.#place, level: p.level, number: p.number, seconds: p.seconds, nanoseconds: p.nanoseconds, key: '', port: -1, record, tagged: true });
  }

  #record(signature: Signature, p: PacketView, linkType: number, { rejects, ...how }: Pick<AlertContext, 'blocked' | 'stream' | 'tx' | 'eve'> & { readonly rejects: Verdict['rejectTarget'] }): AlertRecord {
    const verdict: Verdict = { dropped: this.#dropped, passed: this.#passed, rejectTarget: rejects };
    return alertRecord(signature, { ...how, packet: p, outermost: this.decoder.views[0]!, linkType, verdict, ours: this.settings.ours, fingerprints: (this.#fingerprints ??= askedFor(this.signatures)) });
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

/** The fingerprints that any rule asks for. */
function askedFor(signatures: readonly Signature[]): Fingerprints {
  const asks = (start: string): boolean => signatures.some(({ chains }) => chains.some(({ buffer }) => buffer.name.startsWith(start)));
  return { ja3: asks('ja3'), ja4: asks('ja4') };
}

/** Whether a rule asks for data that is sent again with other bytes. */
const comparesOverlap = ({ conditions }: Signature): boolean => conditions.some(({ keyword, source }) => keyword === 'stream-event' && source.includes('reassembly_overlap_different_data'));

import type { Transaction } from '../app-layer/transaction.ts';
import type { Fingerprints } from '../output/transaction.ts';
import type { PacketView } from '../packet/packet-view.ts';
import type { EveSettings, RuleSettings } from '../settings/settings.ts';
import type { Action, Signature } from '../signature.ts';
import { keyOf, portOf } from '../state/thresholds.ts';
import { type AlertRecord, alertRecord, type PacketRecord, packetRecord } from './alert-record.ts';
import { rejectTarget } from './consequences.ts';
import { isReject } from './order.ts';
import type { Placed, Sequence } from './sequence.ts';
import type { Share } from './share.ts';

/** A match that is to be told: its action (a rate_filter may have changed the rule's), whether it was in a stream, the transaction that it is about, and whether a threshold may hold it back later. */
export interface Gathered { readonly signature: Signature; readonly action: Action; readonly inStream: boolean; readonly tx: Transaction | null; readonly isHeld: boolean }

export type OnAlert = (alert: AlertRecord) => void;

/** Takes an alert that is only counted: true. False where its record is wanted. */
export type OnCounted = (hit: Placed) => boolean;

const NO_ALERT: OnAlert = () => {};

/** Gathers the matches of a packet on one level and, once all rules have acted, tells them. */
export class AlertWriter {
  onAlert: OnAlert = NO_ALERT;
  /** Is given the packets that follow an alert and that the rule's `tag` keeps. */
  onTagged: OnAlert | null = null;
  onCounted: OnCounted | null = null;
  /** Where the matches of now stand among all. */
  at = 0;
  place = 0;
  /** What the rules did to the packet. */
  dropped = false;
  passed = false;
  reject: Action | null = null;
  readonly #gathered: Gathered[] = [];
  /** Of them, those that nothing holds back any more. */
  #certain = 0;
  readonly #settings: RuleSettings;
  readonly #sequence: Sequence;
  readonly #share: Share | null;
  readonly #outermost: PacketView;
  readonly #all: readonly Signature[];
  #fingerprints: Fingerprints | null = null;

  constructor(signatures: readonly Signature[], settings: RuleSettings, sequence: Sequence, share: Share | null, outermost: PacketView) {
    this.#all = signatures;
    this.#settings = settings;
    this.#sequence = sequence;
    this.#share = share;
    this.#outermost = outermost;
  }

  /** Forgets the packet before. `dropped`: whether this one is stopped whatever rules do. */
  begin(dropped: boolean): void {
    this.#gathered.length = this.#certain = 0;
    this.dropped = dropped;
    this.passed = false;
    this.reject = null;
  }

  /** Keeps a match until all rules have acted. Beyond what a packet may have, those that nothing else holds back are only counted; what a threshold counts must be told. */
  gather(match: Gathered, p: PacketView): void {
    if (!match.isHeld && this.#certain === this.#settings.maxAlerts) { this.#sequence.unwritten.note(match.signature, p.level, p.number); return; }
    if (!match.isHeld) this.#certain++;
    this.#gathered.push(match);
  }

  /** Tells the matches in their order: as alerts, those that nothing holds back; where flows are shared, to who knows the others. */
  write(p: PacketView, linkType: number): void {
    let whole: PacketRecord | null = null;
    for (const { signature, action, inStream, tx, isHeld } of this.#gathered) {
      const placed = {
        signature, at: this.at, place: this.place, level: p.level, number: p.number, seconds: p.seconds, nanoseconds: p.nanoseconds, key: isHeld ? keyOf(signature, p) : '', port: isHeld ? portOf(signature.threshold!, p) : -1,
      };
      const wanted = this.#share === null ? this.#sequence.writes(placed) && this.onCounted?.(placed) !== true : this.#share.records();
      const record = wanted ? alertRecord(signature, whole ??= this.#whole(p, linkType, this.#settings.eve, this.reject === null ? '' : rejectTarget(this.reject, p.toServer)), { packet: p, action, blocked: this.#blocks(action), stream: inStream, tx, eve: this.#settings.eve, fingerprints: this.#asked }) : null;
      if (this.#share !== null) this.#share.onMatch({ ...placed, record, tagged: false }); else if (record !== null) this.onAlert(record);
    }
  }

  /** Tells a packet that a rule's tag keeps, as an alert of that rule would tell it. */
  tagged(signature: Signature, p: PacketView, linkType: number): void {
    const eve = { ...this.#settings.eve, packet: true };
    const record = alertRecord(signature, this.#whole(p, linkType, eve, ''), { packet: p, action: signature.action, blocked: false, stream: false, tx: null, eve, fingerprints: this.#asked });
    if (this.#share === null) this.onTagged?.(record);
    else this.#share.onMatch({ signature, at: this.at, place: this.place, level: p.level, number: p.number, seconds: p.seconds, nanoseconds: p.nanoseconds, key: '', port: -1, record, tagged: true });
  }

  #whole(p: PacketView, linkType: number, eve: EveSettings, target: '' | 'to_client' | 'to_server' | 'both'): PacketRecord {
    return packetRecord({ packet: p, outermost: this.#outermost, linkType, verdict: { dropped: this.dropped, passed: this.passed, rejectTarget: target }, eve, ours: this.#settings.ours });
  }

  #blocks(action: Action): boolean { return isReject(action) || (action === 'drop' && this.#settings.ips); }

  /** The fingerprints that any rule asks for. */
  get #asked(): Fingerprints {
    const asks = (start: string): boolean => this.#all.some(({ chains }) => chains.some(({ buffer }) => buffer.name.startsWith(start)));
    return (this.#fingerprints ??= { ja3: asks('ja3'), ja4: asks('ja4') });
  }
}

import type { Flow } from '../flow/flow.ts';
import type { PacketView } from '../packet/packet-view.ts';
import type { Action } from '../signature.ts';
import { addressKey } from './address-key.ts';
import { BoundedMap } from './bounded-map.ts';

// How often a rule alerts (detect-threshold.c, detect-engine-threshold.c, rules/thresholding.rst). A window starts at the first match and includes its last instant.

export type ThresholdKind = 'limit' | 'threshold' | 'both' | 'backoff' | 'detection_filter' | 'rate';
/** What a rate_filter makes of a rule's action; log and sdrop change nothing, as in Suricata. */
export type NewAction = 'alert' | 'drop' | 'pass' | 'reject' | 'log' | 'sdrop';
export type Track = 'by_src' | 'by_dst' | 'by_both' | 'by_rule' | 'by_flow';

export interface Threshold {
  readonly kind: ThresholdKind;
  readonly track: Track;
  readonly count: number;
  readonly seconds: number;
  readonly multiplier: number;
  /** A detection_filter may count different ports instead of matches. */
  readonly uniqueOn: '' | 'src_port' | 'dst_port';
  /** Of a rate_filter: the action that matches beyond the count have, and for how many seconds; '' and 0 for others. */
  readonly newAction: NewAction | '';
  readonly timeout: number;
  /** As the rule or threshold.config has it. */
  readonly source: string;
}

/** What a match may do: write an alert, only act (a drop still drops), nothing, or write an alert and act as the rate_filter says. */
export type Pass = 'alert' | 'act' | 'nothing' | 'changed';

/** `changedAt`: the second since which a rate_filter's new action holds, -1 while it does not. */
interface Entry { start: number; count: number; next: number; ports: Set<number> | null; changedAt: number }

/** Entries kept at once; beyond, those that began longest ago start anew. */
const MOST = 1 << 17;

/** The rule as its thresholds know it. */
export interface RuleId { readonly index: number; readonly threshold: Threshold | null; readonly action: string; readonly tags: readonly unknown[] }

/**
 * Whether a rule's threshold counts across flows and holds back nothing but the alert. It can then be applied to the matches of all flows in their order, after the flows were followed; what others
 * count decides at once what becomes of a flow or of packets that follow.
 */
export const onlyHoldsBack = ({ threshold, action, tags }: RuleId): boolean => threshold !== null && threshold.kind !== 'rate' && threshold.track !== 'by_flow' && action === 'alert' && tags.length === 0;

/** The action of a rule while its rate_filter has changed it. */
export function changedAction({ threshold, action }: { readonly threshold: Threshold | null; readonly action: Action }): Action {
  const { newAction } = threshold!;
  return newAction === 'log' || newAction === 'sdrop' || newAction === '' ? action : newAction;
}

/** Whether a match may do more to a packet or its flow than alert. */
export const mayAct = ({ threshold, action }: { readonly threshold: Threshold | null; readonly action: Action }): boolean =>
  action !== 'alert' || (threshold?.kind === 'rate' && changedAction({ threshold, action }) !== 'alert');

const moment = (p: PacketView): number => p.seconds + p.nanoseconds / 1e9;

export class Thresholds {
  readonly #held = new BoundedMap<Entry>(MOST); // of rules whose threshold only holds back
  readonly #acting = new BoundedMap<Entry>(MOST);
  readonly #flows = new WeakMap<Flow, Map<string, Entry>>();

  /** Counts a match of a rule and answers what it may do. */
  take(rule: RuleId, p: PacketView): Pass {
    const { threshold } = rule;
    // Packets without addresses are counted by none (PacketAlertHandle).
    if (threshold === null || p.ipVersion === 0) return 'alert';
    const entries = this.#entries(rule, p);
    return entries === null ? 'nothing' : counted(entries, keyOf(rule, p), threshold, moment(p), portOf(threshold, p));
  }

  /** Counts a match under a key that `keyOf` made; answers whether it alerts. For rules whose threshold only holds back. */
  passes({ threshold }: RuleId, key: string, seconds: number, port: number): boolean { return counted(this.#held, key, threshold!, seconds, port) === 'alert'; }

  /** What has been counted so far, in words. */
  words(rule: RuleId, p: PacketView): string {
    const { threshold } = rule;
    if (threshold === null || p.ipVersion === 0) return 'no count is kept';
    const entries = this.#entries(rule, p);
    if (entries === null) return 'no flow to count in';
    const entry = entries.get(keyOf(rule, p));
    if (entry === undefined || isOver(entry, threshold, moment(p))) return 'a count starts here';
    if (entry.changedAt >= 0) return `the action is ${threshold.newAction} since ${(moment(p) - entry.changedAt).toFixed(3)} s`;
    return `${entry.count} counted before, over ${(moment(p) - entry.start).toFixed(3)} s`;
  }

  #entries(rule: RuleId, p: PacketView): Entries | null {
    if (rule.threshold!.track !== 'by_flow') return onlyHoldsBack(rule) ? this.#held : this.#acting;
    if (p.flow === null) return null;
    const known = this.#flows.get(p.flow);
    if (known !== undefined) return known;
    const entries = new Map<string, Entry>();
    this.#flows.set(p.flow, entries);
    return entries;
  }
}

interface Entries { get(key: string): Entry | undefined; set(key: string, entry: Entry): unknown }

/** What a match of a rule is counted under. */
export function keyOf({ index, threshold }: RuleId, p: PacketView): string {
  const { track } = threshold!;
  if (track === 'by_flow') return `${index}/${p.flow!.generation}`;
  return track === 'by_rule' ? String(index) : `${index}/${track}/${addressKey(p, track === 'by_src' ? 'source' : track === 'by_dst' ? 'destination' : 'pair')}`;
}

/** The port that is counted instead of the match; -1 where none is. */
export const portOf = ({ uniqueOn }: Threshold, p: PacketView): number => (uniqueOn === '' ? -1 : uniqueOn === 'src_port' ? p.sport : p.dport);

const isOver = ({ start }: Entry, { kind, seconds }: Threshold, now: number): boolean => kind !== 'backoff' && now > start + seconds;

function counted(entries: Entries, key: string, threshold: Threshold, now: number, port: number): Pass {
  let entry = entries.get(key);
  if (entry === undefined) { entry = { start: now, count: 0, next: threshold.count, ports: null, changedAt: -1 }; entries.set(key, entry); }
  if (entry.changedAt >= 0) return stillChanged(entry, threshold, now);
  if (isOver(entry, threshold, now)) { entry.start = now; entry.count = 0; entry.ports = null; }
  if (threshold.uniqueOn === '') entry.count++;
  else entry.count = (entry.ports ??= new Set()).add(port).size;
  return judge(entry, threshold, now);
}

/** While the new action holds, nothing is counted; the match that comes after it ends it and has the rule's own (whole seconds, as Suricata compares them). */
function stillChanged(entry: Entry, { timeout }: Threshold, now: number): Pass {
  if (Math.floor(now) - Math.floor(entry.changedAt) <= timeout) return 'changed';
  entry.changedAt = -1;
  return 'alert';
}

function judge(entry: Entry, threshold: Threshold, now: number): Pass {
  switch (threshold.kind) {
    case 'rate':
      if (entry.count <= threshold.count) return 'alert';
      entry.changedAt = now;
      return 'changed';
    case 'limit': return entry.count <= threshold.count ? 'alert' : 'act';
    case 'threshold':
      if (entry.count < threshold.count) return 'nothing';
      entry.count = 0;
      return 'alert';
    case 'both': return entry.count === threshold.count ? 'alert' : entry.count > threshold.count ? 'act' : 'nothing';
    case 'detection_filter': return entry.count > threshold.count ? 'alert' : 'nothing';
    case 'backoff':
      if (entry.count < entry.next) return entry.count === 1 ? 'nothing' : 'act'; // the first is not yet one of many
      entry.next *= threshold.multiplier;
      return 'alert';
  }
}

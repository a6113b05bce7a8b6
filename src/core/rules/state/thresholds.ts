import type { Flow } from '../flow/flow.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { addressKey } from './address-key.ts';
import { BoundedMap } from './bounded-map.ts';

// How often a rule alerts (detect-threshold.c, detect-engine-threshold.c, rules/thresholding.rst). A window starts at the first match and includes its last instant.

export type ThresholdKind = 'limit' | 'threshold' | 'both' | 'backoff' | 'detection_filter';
export type Track = 'by_src' | 'by_dst' | 'by_both' | 'by_rule' | 'by_flow';

export interface Threshold {
  readonly kind: ThresholdKind;
  readonly track: Track;
  readonly count: number;
  readonly seconds: number;
  readonly multiplier: number;
  /** A detection_filter may count different ports instead of matches. */
  readonly uniqueOn: '' | 'src_port' | 'dst_port';
  /** As the rule has it. */
  readonly source: string;
}

/** What a match may do: write an alert, only act (a drop still drops), or nothing. */
export type Pass = 'alert' | 'act' | 'nothing';

interface Entry { start: number; count: number; next: number; ports: Set<number> | null }

/** Entries kept at once; beyond, those that began longest ago start anew. */
const MOST = 1 << 17;

/** The rule as its thresholds know it. */
export interface RuleId { readonly index: number; readonly threshold: Threshold | null }

export class Thresholds {
  readonly #entries = new BoundedMap<Entry>(MOST);
  readonly #flows = new WeakMap<Flow, Map<string, Entry>>();

  /** Counts a match of a rule and answers what it may do. */
  take(rule: RuleId, p: PacketView): Pass {
    const { threshold } = rule;
    // Packets without addresses are counted by none (PacketAlertHandle).
    if (threshold === null || p.ipVersion === 0) return 'alert';
    const slot = this.#slot(rule, threshold, p);
    if (slot === null) return 'nothing';
    const now = p.seconds + p.nanoseconds / 1e9;
    let entry = slot.get(slot.key);
    const isFirst = entry === undefined || (threshold.kind !== 'backoff' && now > entry.start + threshold.seconds);
    if (entry === undefined) { entry = { start: now, count: 0, next: threshold.count, ports: null }; slot.set(slot.key, entry); }
    if (isFirst) { entry.start = now; entry.count = 0; entry.ports = null; }
    count(entry, threshold, p);
    return judge(entry, threshold);
  }

  /** What has been counted so far, in words. */
  words(rule: RuleId, p: PacketView): string {
    const { threshold } = rule;
    if (threshold === null || p.ipVersion === 0) return 'no count is kept';
    const slot = this.#slot(rule, threshold, p);
    if (slot === null) return 'no flow to count in';
    const entry = slot.get(slot.key);
    const now = p.seconds + p.nanoseconds / 1e9;
    if (entry === undefined || (threshold.kind !== 'backoff' && now > entry.start + threshold.seconds)) return 'a count starts here';
    return `${entry.count} counted before, over ${(now - entry.start).toFixed(3)} s`;
  }

  #slot(rule: RuleId, { track }: Threshold, p: PacketView): { readonly key: string; get(key: string): Entry | undefined; set(key: string, entry: Entry): void } | null {
    const id = String(rule.index);
    if (track === 'by_flow') {
      if (p.flow === null) return null;
      const known = this.#flows.get(p.flow);
      const entries = known ?? new Map<string, Entry>();
      if (known === undefined) this.#flows.set(p.flow, entries);
      const key = `${id}/${p.flow.generation}`;
      return { key, get: (k) => entries.get(k), set: (k, entry) => { entries.set(k, entry); } };
    }
    const key = track === 'by_rule' ? id : `${id}/${track}/${addressKey(p, track === 'by_src' ? 'source' : track === 'by_dst' ? 'destination' : 'pair')}`;
    return { key, get: (k) => this.#entries.get(k), set: (k, entry) => { this.#entries.set(k, entry); } };
  }
}

function count(entry: Entry, { uniqueOn }: Threshold, p: PacketView): void {
  if (uniqueOn === '') { entry.count++; return; }
  (entry.ports ??= new Set()).add(uniqueOn === 'src_port' ? p.sport : p.dport);
  entry.count = entry.ports.size;
}

function judge(entry: Entry, threshold: Threshold): Pass {
  switch (threshold.kind) {
    case 'limit': return entry.count <= threshold.count ? 'alert' : 'act';
    case 'threshold':
      if (entry.count < threshold.count) return 'nothing';
      entry.count = 0;
      return 'alert';
    case 'both': return entry.count === threshold.count ? 'alert' : entry.count > threshold.count ? 'act' : 'nothing';
    case 'detection_filter': return entry.count > threshold.count ? 'alert' : 'nothing';
    case 'backoff':
      if (entry.count < entry.next) return 'act';
      entry.next *= threshold.multiplier;
      return 'alert';
  }
}

import type { AlertRecord } from './match/alert-record.ts';
import type { Signature } from './signature.ts';

/** What a signature did on one level. */
export interface SignatureHits {
  readonly signature: Signature;
  readonly level: number;
  count: number;
  /** How many of them are among the alerts that were kept. */
  kept: number;
  readonly first: PacketMoment;
  last: PacketMoment;
}

export interface PacketMoment { readonly number: number; readonly seconds: number; readonly nanoseconds: number }

/** Alerts kept whole; further ones are counted. */
export const MAX_ALERTS = 100_000;

/** What of an alert is counted. */
export interface Hit extends PacketMoment { readonly signature: Signature; readonly level: number }

/** Collects alerts: counts for all of them, the alerts themselves up to a bound. */
export class RuleResults {
  readonly alerts: AlertRecord[] = [];
  /** Alerts that were counted and not kept. */
  notKept = 0;
  /** By signature, then level. */
  readonly #hits: (SignatureHits | undefined)[][] = [];
  readonly #limit: number;
  constructor(limit: number = MAX_ALERTS) { this.#limit = limit; }

  readonly add = (alert: AlertRecord): void => { this.take(alert, alert); };

  /** Whether further records are not kept. */
  get isFull(): boolean { return this.alerts.length >= this.#limit; }

  /** Counts the next alert, and keeps its record where there is one. */
  take({ signature, level, number, seconds, nanoseconds }: Hit, record: AlertRecord | null): void {
    const kept = record !== null && this.alerts.length < this.#limit ? 1 : 0;
    if (kept === 1) this.alerts.push(record!); else this.notKept++;
    const moment = { number, seconds, nanoseconds };
    const levels = (this.#hits[signature.index] ??= []);
    const hits = levels[level];
    if (hits === undefined) { levels[level] = { signature, level, count: 1, kept, first: moment, last: moment }; return; }
    hits.count++;
    hits.kept += kept;
    hits.last = moment;
  }

  get total(): number { return this.alerts.length + this.notKept; }

  /** By signature as in the text, then level. */
  hits(): SignatureHits[] { return this.#hits.flatMap((levels) => levels.filter((hits) => hits !== undefined)); }

  count(sid: number, level: number): number {
    return this.hits().reduce((count, hits) => (hits.signature.sid === sid && hits.level === level ? count + hits.count : count), 0);
  }
}

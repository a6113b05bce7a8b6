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

/** Collects alerts: counts for all of them, the alerts themselves up to a bound. */
export class RuleResults {
  readonly alerts: AlertRecord[] = [];
  /** Alerts that were counted and not kept. */
  notKept = 0;
  /** By signature, then level. */
  readonly #hits: (SignatureHits | undefined)[][] = [];
  readonly #limit: number;
  constructor(limit: number = MAX_ALERTS) { this.#limit = limit; }

  readonly add = (alert: AlertRecord): void => {
    const { signature, level, number, seconds, nanoseconds } = alert;
    if (this.countOnly(signature, level, number, seconds, nanoseconds)) return;
    this.alerts.push(alert);
    this.#count(signature, level, number, seconds, nanoseconds, 1);
  };

  /** Counts an alert of which nothing more is kept, once as many are kept as may be: true. Else false, and its record is wanted. */
  readonly countOnly = (signature: Signature, level: number, number: number, seconds: number, nanoseconds: number): boolean => {
    if (this.alerts.length < this.#limit) return false;
    this.notKept++;
    this.#count(signature, level, number, seconds, nanoseconds, 0);
    return true;
  };

  #count(signature: Signature, level: number, number: number, seconds: number, nanoseconds: number, kept: number): void {
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

// The alerts of a run in the order that a column of their table gives. They are kept as they were raised; a sorted copy of them lasts until another one is asked for.

import type { AlertRecord } from '../core/rules/match/alert-record.ts';
import type { AlertColumn, AlertSort } from '../core/rules/report.ts';
import { parseAddress } from '../core/rules/parse/addresses.ts';
import { radixPass } from '../core/table/radix.ts';
import { actionText, protocolText } from './rule-reports.ts';
import { ranks } from './rule-order.ts';

const WORD = 2 ** 32;
type Key = (alerts: readonly AlertRecord[]) => Uint32Array;

const whole = (of: (alert: AlertRecord) => number): Key => (alerts) => Uint32Array.from(alerts, (alert) => Math.max(0, of(alert)));
const text = (of: (alert: AlertRecord) => string): Key => (alerts) => ranks(alerts.map(of));

/** Addresses by their numbers, IPv4 first; what is no IP packet before them. */
const address = (of: (alert: AlertRecord) => string): Key => (alerts) => {
  const distinct = [...new Set(alerts.map(of))].map((each) => ({ each, ...(parseAddress(each) ?? { bits: 0, value: 0n }) }));
  distinct.sort((a, b) => a.bits - b.bits || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
  const rankOf = new Map(distinct.map(({ each }, rank) => [each, rank]));
  return Uint32Array.from(alerts, (alert) => rankOf.get(of(alert))!);
};

/** The least important key first. */
const KEYS: Readonly<Record<AlertColumn, readonly Key[]>> = {
  time: [whole(({ nanoseconds }) => nanoseconds), whole(({ seconds }) => seconds % WORD)],
  packet: [whole(({ number }) => number)],
  level: [whole(({ level }) => level)],
  action: [text(actionText), whole(({ signature }) => signature.priority)],
  sid: [whole(({ signature }) => signature.sid)],
  msg: [text(({ signature }) => signature.msg)],
  protocol: [text(protocolText)],
  source: [whole(({ sport }) => sport + 1), address(({ source }) => source)],
  destination: [whole(({ dport }) => dport + 1), address(({ destination }) => destination)],
};

/** Sorted; alike ones as they were raised, both ways. */
export function sortAlerts(alerts: readonly AlertRecord[], { column, descending }: AlertSort): AlertRecord[] {
  let order = Uint32Array.from(alerts, (_, at) => at);
  let scratch = new Uint32Array(order.length);
  for (const key of KEYS[column]) {
    const keys = key(alerts);
    if (descending) for (let at = 0; at < keys.length; at++) keys[at] = ~keys[at]!;
    [order, scratch] = radixPass(order, scratch, keys) as [typeof order, typeof scratch];
  }
  return Array.from(order, (at) => alerts[at]!);
}

export class AlertOrder {
  #last: { readonly of: readonly AlertRecord[]; readonly count: number; readonly key: string; readonly rows: readonly AlertRecord[] } | null = null;

  /** The alerts of a signature (null: of all), as raised where there is no sort. */
  rows(of: readonly AlertRecord[], signature: number | null, sort: AlertSort | null): readonly AlertRecord[] {
    if (signature === null && sort === null) return of;
    const key = `${signature}.${sort?.column}.${sort?.descending}`;
    if (this.#last?.of !== of || this.#last.count !== of.length || this.#last.key !== key) {
      const mine = signature === null ? of : of.filter((alert) => alert.signature.index === signature);
      this.#last = { of, count: of.length, key, rows: sort === null ? mine : sortAlerts(mine, sort) };
    }
    return this.#last.rows;
  }
}

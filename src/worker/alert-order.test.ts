import { expect, it } from 'vitest';
import type { AlertRecord } from '../core/rules/match/alert-record.ts';
import type { AlertColumn } from '../core/rules/report.ts';
import { AlertOrder, sortAlerts } from './alert-order.ts';

interface Some { readonly number: number; readonly seconds?: number; readonly nanoseconds?: number; readonly level?: number; readonly source?: string; readonly sport?: number; readonly sid?: number; readonly msg?: string; readonly protocol?: number; readonly blocked?: boolean }
const alert = ({ sid = 1, msg = '', source = '10.0.0.1', ...some }: Some): AlertRecord => ({
  seconds: 0, nanoseconds: 0, level: 0, sport: -1, destination: '10.0.0.1', dport: 80, protocol: 6, ipVersion: source === '' ? 0 : source.includes(':') ? 6 : 4, action: 'drop', blocked: false, source, ...some,
  signature: { index: sid, sid, msg, priority: 3 },
} as unknown as AlertRecord);

const ALERTS = [
  alert({ number: 5, seconds: 7, nanoseconds: 2, source: '10.0.0.10', sport: 80, sid: 20, msg: 'b', protocol: 17 }),
  alert({ number: 3, seconds: 7, nanoseconds: 1, source: '10.0.0.9', sport: 443, sid: 3, msg: 'B', level: 1 }),
  alert({ number: 4, seconds: 6, nanoseconds: 9, source: '10.0.0.9', sport: 53, sid: 100, msg: 'a', blocked: true }),
  alert({ number: 1, seconds: 2 ** 31, source: 'fe80::1', sid: 2, msg: 'c', protocol: 1 }),
  alert({ number: 2, seconds: 8, source: '', sid: 1, msg: 'a' }),
];
const by = (column: AlertColumn, descending = false): number[] => sortAlerts(ALERTS, { column, descending }).map(({ number }) => number);

it.each<[AlertColumn, number[], number[]]>([
  ['time', [4, 3, 5, 2, 1], [1, 2, 5, 3, 4]],
  ['packet', [1, 2, 3, 4, 5], [5, 4, 3, 2, 1]],
  ['level', [5, 4, 1, 2, 3], [3, 5, 4, 1, 2]],
  ['action', [5, 3, 1, 2, 4], [4, 5, 3, 1, 2]],
  ['sid', [2, 1, 3, 5, 4], [4, 5, 3, 1, 2]],
  ['msg', [4, 2, 3, 5, 1], [1, 5, 3, 4, 2]],
  ['protocol', [2, 1, 3, 4, 5], [5, 3, 4, 1, 2]],
  ['source', [2, 4, 3, 5, 1], [1, 5, 3, 4, 2]], // no IP, then by number: .9 before .10, port 53 before 443; IPv6 last
  ['destination', [5, 3, 4, 1, 2], [5, 3, 4, 1, 2]],
])('sorts by %s, alike ones as they were raised, both ways', (column, ascending, descending) => {
  expect(by(column)).toEqual(ascending);
  expect(by(column, true)).toEqual(descending);
});

it('sorts again when alerts were added, and leaves those that were given as they are', () => {
  const order = new AlertOrder();
  const alerts = [...ALERTS];
  const sort = { column: 'packet', descending: true } as const;
  expect(order.rows(alerts, null, null)).toBe(alerts);
  expect(order.rows(alerts, 20, null).map(({ number }) => number)).toEqual([5]);
  const rows = order.rows(alerts, null, sort);
  expect(order.rows(alerts, null, sort)).toBe(rows);
  alerts.push(alert({ number: 9 }));
  expect(order.rows(alerts, null, sort).map(({ number }) => number)).toEqual([9, 5, 4, 3, 2, 1]);
  expect(alerts[0]!.number).toBe(5);
});

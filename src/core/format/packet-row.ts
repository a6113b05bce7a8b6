// A line of the packet list as text: the same in a cell, on the clipboard and in a file.

/** Alerts of one level of a packet; level 0 is outermost. */
export interface AlertCount { readonly level: number; readonly count: number; readonly priority: number }

type TextColumn = 'time' | 'source' | 'destination' | 'protocol' | 'length' | 'vni' | 'innerSource' | 'innerDestination' | 'innerProtocol' | 'info';
export type ColumnId = 'number' | TextColumn | 'alerts';
export type RowTexts = { readonly number: number; readonly alerts: readonly AlertCount[] } & Readonly<Record<TextColumn, string>>;

/** A cell as text, for copying, for files and for people who do not see it. '' where it does not apply. */
export function cellText(row: RowTexts, id: ColumnId): string {
  switch (id) {
    case 'number': return String(row.number);
    case 'alerts': return alertsText(row.alerts);
    default: return row[id];
  }
}

/** "2 outer, 3 inner; highest priority 1"; '' without alerts. */
export function alertsText(alerts: readonly AlertCount[]): string {
  if (alerts.length === 0) return '';
  const levels = alerts.map(({ level, count }) => `${count} ${level === 0 ? 'outer' : level === 1 ? 'inner' : `inner ${level}`}`);
  return `${levels.join(', ')}; highest priority ${Math.min(...alerts.map(({ priority }) => priority))}`;
}

const NUMBERS: ReadonlySet<ColumnId> = new Set(['number', 'time', 'length', 'vni']);

/** A cell as a value of JSON: numbers as numbers, alerts level by level, null where it does not apply. */
export function cellValue(row: RowTexts, id: ColumnId): string | number | readonly AlertCount[] | null {
  if (id === 'alerts') return row.alerts;
  const text = cellText(row, id);
  return text === '' ? null : NUMBERS.has(id) ? Number(text) : text;
}

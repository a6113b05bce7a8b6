// Dates and spans as people write them, to nanoseconds.

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CLOCK = '(?:[ T]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?)?\\s*(Z|UTC|GMT|[+-]\\d{2}:?\\d{2})?';
const ISO = new RegExp(`^(\\d{4})-(\\d{1,2})-(\\d{1,2})${CLOCK}$`);
const WORDS = new RegExp(`^([A-Za-z]{3}) +(\\d{1,2}), *(\\d{4})${CLOCK}$`);

/** "2011-07-04 12:34:56.5", "Nov 12, 1999 08:55:44", with Z, UTC or an offset behind; without one, local time. Unix nanoseconds. */
export function parseTime(text: string): bigint | null {
  const iso = ISO.exec(text.trim());
  const words = iso ? null : WORDS.exec(text.trim());
  const m = iso ?? words;
  if (!m) return null;
  const year = Number(iso ? m[1] : m[3]);
  const month = iso ? Number(m[2]) - 1 : MONTHS.indexOf(m[1]!.toLowerCase());
  const [day, hour, minute, second] = [Number(iso ? m[3] : m[2]), Number(m[4] ?? 0), Number(m[5] ?? 0), Number(m[6] ?? 0)];
  if (month < 0 || month > 11 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return null;
  const zone = m[8];
  const ms = zone === undefined ? new Date(year, month, day, hour, minute, second).getTime() : Date.UTC(year, month, day, hour, minute, second) - offset(zone);
  return BigInt(ms) * 1_000_000n + BigInt((m[7] ?? '').padEnd(9, '0'));
}

function offset(zone: string): number {
  const m = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  return m ? (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3])) * 60_000 : 0;
}

/** Seconds with up to nine decimals, as nanoseconds. */
export function parseDuration(text: string): bigint | null {
  const m = /^([+-]?)(\d{1,15})?(?:\.(\d{0,9}))?$/.exec(text);
  if (!m || (m[2] === undefined && !m[3])) return null;
  const n = BigInt(m[2] ?? 0) * 1_000_000_000n + BigInt((m[3] ?? '').padEnd(9, '0'));
  return m[1] === '-' ? -n : n;
}

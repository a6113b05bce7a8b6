// Numbers as text for people.

const GROUPED = new Intl.NumberFormat('en-US'); // toLocaleString makes one a call, which costs a page some milliseconds

/** "1,464". */
export const count = (n: number): string => GROUPED.format(n);

/** "1 packet", "2 packets". */
export const counted = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes in decimal units with two or three digits: "2.6 kB", "597 MB". */
export function bytesText(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < UNITS.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${unit === 0 || value >= 99.95 ? Math.round(value).toString() : value.toFixed(1)} ${UNITS[unit]}`;
}

/** Milliseconds with three decimals, from seconds: "0.844". */
export const milliseconds = (seconds: number): string => (seconds * 1e3).toFixed(3);

/** "a, b and c". */
export const listed = (parts: readonly string[]): string => (parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`);

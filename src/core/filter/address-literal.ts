// Addresses as they are written, to numbers and bytes; null for what is none.

/** Four numbers from 0 to 255 without leading zeros, as 32 bits. */
export function parseIpv4(text: string): number | null {
  const m = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!m) return null;
  const parts = m.slice(1).map(Number);
  return parts.some((n) => n > 255) ? null : parts.reduce((all, n) => all * 256 + n, 0);
}

/** RFC 4291 section 2.2: eight groups, one `::` for zeros, an IPv4 address as the last two groups. */
export function parseIpv6(text: string): Uint8Array | null {
  if (text.length > 45 || !/^[0-9a-f:.]+$/i.test(text) || !text.includes(':')) return null;
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = [groups(halves[0]!), groups(halves[1] ?? '')];
  if (!head || !tail || (halves.length === 2 ? head.length + tail.length > 7 : head.length !== 8)) return null;
  const all = [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
  return Uint8Array.from(all.flatMap((g) => [g >> 8, g & 0xff]));
}

function groups(text: string): number[] | null {
  if (text === '') return [];
  const words = text.split(':');
  const list: number[] = [];
  for (const [i, word] of words.entries()) {
    const dotted = i === words.length - 1 ? parseIpv4(word) : null;
    if (dotted !== null) list.push(Math.floor(dotted / 65_536), dotted % 65_536);
    else if (/^[0-9a-f]{1,4}$/i.test(word)) list.push(parseInt(word, 16));
    else return null;
  }
  return list;
}

/** Hexadecimal bytes, bare or set apart by one of `:` `-` `.`, two digits each (or four: 0ad3.93e4.27b2). */
export function parseBytes(text: string): Uint8Array | null {
  const bare = text.replace(/^0x/i, '');
  const separator = /[:.-]/.exec(bare)?.[0];
  const words = separator === undefined ? [bare] : bare.split(separator);
  const digits = words.map((word) => (separator !== undefined && word.length === 1 ? `0${word}` : word)).join('');
  const even = words.every((word) => word.length % 2 === 0 || (separator !== undefined && word.length === 1));
  if (!even || !/^(?:[0-9a-f]{2})+$/i.test(digits)) return null;
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}

/** The first and last address of a block, from one address in it and the length of its prefix in bits. */
export function block6(address: Uint8Array, bits: number): { low: Uint8Array; high: Uint8Array } {
  const mask = (i: number): number => (0xff00 >> Math.min(8, Math.max(0, bits - 8 * i))) & 0xff;
  return { low: address.map((b, i) => b & mask(i)), high: address.map((b, i) => b | (~mask(i) & 0xff)) };
}

export function block4(address: number, bits: number): { low: number; high: number } {
  const size = 2 ** (32 - bits);
  const low = Math.floor(address / size) * size;
  return { low, high: low + size - 1 };
}

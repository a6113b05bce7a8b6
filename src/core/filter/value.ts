// What a filter compares. Numbers, IPv4 and MAC addresses are numbers, times are nanoseconds in a bigint, IPv6 and byte strings
// are bytes. Every literal is an interval, so that an address block, a range and a single value are one thing.

export type ValueType = 'uint' | 'bool' | 'ipv4' | 'ipv6' | 'ether' | 'bytes' | 'protocol' | 'text' | 'duration' | 'time';
export type Value = number | bigint | string | Uint8Array;
export interface Interval { readonly low: Value; readonly high: Value }

export const single = (value: Value): Interval => ({ low: value, high: value });

const KINDS: Readonly<Record<ValueType, string>> = {
  uint: 'number', bool: 'number', ipv4: 'ipv4', ipv6: 'ipv6', ether: 'ether', bytes: 'bytes', protocol: 'bytes', text: 'text', duration: 'duration', time: 'time',
};
/** May values of these types stand on both sides of ==? A MAC address and bytes may: eth.src == arp.src.hw. */
export const compatible = (a: ValueType, b: ValueType): boolean =>
  KINDS[a] === KINDS[b] || (KINDS[a] === 'bytes' && b === 'ether') || (a === 'ether' && KINDS[b] === 'bytes');

export const TYPE_WORDS: Readonly<Record<ValueType, string>> = {
  uint: 'a number', bool: 'a flag', ipv4: 'an IPv4 address', ipv6: 'an IPv6 address', ether: 'a MAC address', bytes: 'bytes', protocol: 'a protocol', text: 'text',
  duration: 'a time in seconds', time: 'a date and time',
};

/** Negative, 0 or positive. Of byte strings the shorter comes first, as in Wireshark 4.0; values of different kinds are never asked. */
export function order(a: Value, b: Value): number {
  if (typeof a === 'object' && typeof b === 'object') return orderBytes(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

function orderBytes(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

export const inside = (v: Value, { low, high }: Interval): boolean => order(v, low) >= 0 && order(v, high) <= 0;

/** Where `part` starts in `whole`; an empty part is nowhere, as in Wireshark. */
export function contains(whole: Uint8Array, part: Uint8Array): boolean {
  if (part.length === 0) return false;
  const last = whole.length - part.length;
  for (let at = whole.indexOf(part[0]!); at >= 0 && at <= last; at = whole.indexOf(part[0]!, at + 1)) {
    let i = 1;
    while (i < part.length && whole[at + i] === part[i]) i++;
    if (i === part.length) return true;
  }
  return false;
}

const encoder = new TextEncoder();
/** Text as the UTF-8 bytes that it has on the wire. */
export const bytesOfText = (v: Value): Uint8Array => (typeof v === 'string' ? encoder.encode(v) : (v as Uint8Array));
/** From one character a byte, 0 to 255. */
export const fromLatin1 = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0) & 0xff);

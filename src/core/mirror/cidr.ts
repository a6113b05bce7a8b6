// IPv4 and IPv6 prefixes as text, against addresses as bytes.

export interface Cidr { readonly bytes: Uint8Array; readonly bits: number }

/** "172.31.0.0/16", "::/0", or an address alone; null for anything else. */
export function parseCidr(text: string): Cidr | null {
  const [address = '', length, ...more] = text.trim().split('/');
  const bytes = address.includes(':') ? ipv6Bytes(address) : ipv4Bytes(address);
  if (bytes === null || more.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return null;
  const bits = length === undefined ? bytes.length * 8 : Number(length);
  return bits <= bytes.length * 8 ? { bytes, bits } : null;
}

/** Whether the address b[at..at + width) lies in the prefix. An IPv4 prefix holds no IPv6 address, not even 0.0.0.0/0. */
export function holds({ bytes, bits }: Cidr, b: Uint8Array, at: number, width: number): boolean {
  if (width !== bytes.length) return false;
  const whole = bits >> 3;
  for (let i = 0; i < whole; i++) if (b[at + i] !== bytes[i]) return false;
  const rest = bits & 7;
  return rest === 0 || ((b[at + whole]! ^ bytes[whole]!) >> (8 - rest)) === 0;
}

/** Whether every address of `inner` lies in `outer`. */
export const contains = (outer: Cidr, inner: Cidr): boolean => inner.bits >= outer.bits && holds(outer, inner.bytes, 0, inner.bytes.length);

/** Four bytes of dotted decimal; null for anything else. */
export function ipv4Bytes(text: string): Uint8Array | null {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256) ? Uint8Array.from(parts, Number) : null;
}

/** Sixteen bytes of RFC 4291 text, :: and a tail in IPv4 form included; null for anything else. */
export function ipv6Bytes(text: string): Uint8Array | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map(groups);
  if (head === null || head === undefined || tail === null) return null;
  const missing = 16 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 2) return null;
  return Uint8Array.from([...head, ...new Uint8Array(missing), ...tail ?? []]);
}

/** Six bytes of a MAC address, with colons or dashes; null for anything else. */
export const macBytes = (text: string): Uint8Array | null =>
  (/^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i.test(text) ? Uint8Array.from(text.split(/[:-]/), (part) => parseInt(part, 16)) : null);

function groups(text: string): number[] | null {
  if (text === '') return [];
  const bytes: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    const v4 = i === parts.length - 1 && part.includes('.') ? ipv4Bytes(part) : null;
    if (v4 !== null) bytes.push(...v4);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) bytes.push(parseInt(part, 16) >> 8, parseInt(part, 16) & 0xff);
    else return null;
  }
  return bytes;
}

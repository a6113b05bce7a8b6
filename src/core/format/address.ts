// Addresses as text, the way Wireshark prints them.

/** Each byte with a dot behind it, and in two hexadecimal digits: a million addresses are put together from these faster than from numbers. */
const DOTTED = Array.from({ length: 256 }, (_, byte) => `${byte}.`);
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** "172.31.9.144", from four bytes in network order. */
export const ipv4Text = (b: ArrayLike<number>, at = 0): string => DOTTED[b[at]!]! + DOTTED[b[at + 1]!]! + DOTTED[b[at + 2]!]! + String(b[at + 3]!);

/** "0a:d3:93:e4:27:b2", from six bytes. */
export const macText = (b: ArrayLike<number>, at = 0): string =>
  `${HEX[b[at]!]!}:${HEX[b[at + 1]!]!}:${HEX[b[at + 2]!]!}:${HEX[b[at + 3]!]!}:${HEX[b[at + 4]!]!}:${HEX[b[at + 5]!]!}`;

/**
 * RFC 5952, from sixteen bytes: the longest run of at least two zero groups is left out, the first of equals; the last four bytes of an IPv4-mapped
 * or IPv4-compatible address are written as IPv4 (section 5), as inet_ntop does.
 */
export function ipv6Text(b: ArrayLike<number>, at = 0): string {
  const groups = Array.from({ length: 8 }, (_, i) => (b[at + 2 * i]! << 8) | b[at + 2 * i + 1]!);
  let best = { from: -1, length: 1 };
  for (let from = 0, length = 0; from < 8; from += Math.max(1, length)) {
    for (length = 0; groups[from + length] === 0; length++);
    if (length > best.length) best = { from, length };
  }
  const inIpv4 = best.from === 0 && (best.length === 6 || (best.length === 5 && groups[5] === 0xffff));
  const words = groups.map((group) => group.toString(16));
  if (inIpv4) words.splice(6, 2, ipv4Text(b, at + 12));
  if (best.from < 0) return words.join(':');
  return `${words.slice(0, best.from).join(':')}::${words.slice(best.from + best.length).join(':')}`;
}

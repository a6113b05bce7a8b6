import { isIPv4, isIPv6 } from 'node:net';

/** The bytes of an IPv4 or IPv6 address as text, in network order; null for anything else. */
export function addressBytes(text: string): Uint8Array | null {
  if (isIPv4(text)) return Uint8Array.from(text.split('.'), Number);
  if (!isIPv6(text) || text.includes('%')) return null;
  const [head = '', tail] = text.split('::');
  const front = groups(head), back = tail === undefined ? [] : groups(tail);
  return Uint8Array.from([...front, ...Array.from({ length: 16 - front.length - back.length }, () => 0), ...back]);
}

/** Of groups with colons between them, the last of which may be written as IPv4. */
const groups = (text: string): number[] => text.split(':').filter(Boolean)
  .flatMap((group) => (group.includes('.') ? group.split('.').map(Number) : [parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff]));

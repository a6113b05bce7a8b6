// What somebody types for a field, as bits.

const groupsOf = (text: string): string[] | null => {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return null;
  const side = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const [before, after] = [side(head), side(tail ?? '')];
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  return [...before, ...Array<string>(missing).fill('0'), ...after];
};

/** Hexadecimal digits of a decimal number, one after "0x", an IPv4, MAC or IPv6 address; null where it is none of these or does not fit into so many bits. */
export function bitsOf(typed: string, bitLength: number): string | null {
  const text = typed.trim().toLowerCase();
  if (text.length > 2_000) return null;
  if (bitLength === 32 && /^\d{1,3}(\.\d{1,3}){3}$/.test(text)) {
    const parts = text.split('.').map(Number);
    return parts.every((part) => part < 256) ? parts.map((part) => part.toString(16).padStart(2, '0')).join('') : null;
  }
  if (bitLength === 48 && /^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/.test(text)) return text.replace(/[:-]/g, '');
  if (bitLength === 128 && text.includes(':')) {
    const groups = groupsOf(text);
    return groups?.every((group) => /^[0-9a-f]{1,4}$/.test(group)) === true ? groups.map((group) => group.padStart(4, '0')).join('') : null;
  }
  const digits = /^0x[0-9a-f]+$/.test(text) || /^\d+$/.test(text) ? BigInt(text).toString(16) : null;
  return digits !== null && BigInt(`0x${digits}`) < 1n << BigInt(bitLength) ? digits : null;
}

/** The bits of a packet from one on, as hexadecimal digits. */
export function bitsAt(bytes: Uint8Array, bitOffset: number, bitLength: number): bigint {
  let value = 0n;
  for (let bit = bitOffset; bit < bitOffset + bitLength; bit++) value = value << 1n | BigInt(bytes[bit >> 3]! >> (7 - (bit & 7)) & 1);
  return value;
}

import { u16, u8 } from '../../bytes/read.ts';

/** An IPv4 address in dotted form, or an IPv6 address in full as Suricata writes it: "2001:0db8:0000:…". */
export function addressText(b: Uint8Array, at: number, version: number): string {
  if (version === 4) return `${u8(b, at)}.${u8(b, at + 1)}.${u8(b, at + 2)}.${u8(b, at + 3)}`;
  if (version !== 6) return '';
  return Array.from({ length: 8 }, (_, i) => u16(b, at + 2 * i).toString(16).padStart(4, '0')).join(':');
}

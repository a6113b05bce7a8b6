// What a pcapng says beside its packets, for people. Keys are told of and never shown.

import type { Names, Secrets, Statistics } from './extras.ts';

/** Types of secrets (draft-ietf-opsawg-pcapng section 4.7), by the letters that their numbers spell. */
const SECRETS: Readonly<Record<number, string>> = { 0x544c534b: 'TLS key log', 0x5353484b: 'SSH key log', 0x57474b4c: 'WireGuard key log', 0x5a4e574b: 'ZigBee network key', 0x5a415053: 'ZigBee APS key', 0x4f504355: 'OPC UA key log' };
const TEXTS = new Set([0x544c534b, 0x5353484b, 0x57474b4c, 0x4f504355]);
const COUNTS: Readonly<Record<number, string>> = { 4: 'received', 5: 'dropped by the interface', 6: 'passed the capture filter', 7: 'dropped by the system', 8: 'delivered' };
const ADDRESS_BYTES: Readonly<Record<number, number>> = { 1: 4, 2: 16, 3: 6, 4: 8 };
const MOST = 1000; // names that are listed

/** "TLS key log: 12 lines", "secrets of type 0x12345678: 40 bytes". */
export function secretsText({ type, data }: Secrets): string {
  const lines = data.reduce((sum, byte) => sum + Number(byte === 10), 0);
  return `${SECRETS[type] ?? `Secrets of type 0x${type.toString(16).padStart(8, '0')}`}: ${TEXTS.has(type) && lines > 0 ? `${lines.toLocaleString('en-US')} ${lines === 1 ? 'line' : 'lines'}` : `${data.length.toLocaleString('en-US')} bytes`}`;
}

/** "1,000 received, 12 dropped by the interface". */
export const statisticsText = ({ options }: Statistics): string => options.flatMap(({ code, value }) => (COUNTS[code] ? [`${value.reduceRight((all, byte) => (all << 8n) | BigInt(byte), 0n).toLocaleString('en-US')} ${COUNTS[code]}`] : [])).join(', ');

/** Each address with its names; `address` writes it from its bytes. A record that is too short for its address is left out. */
export function namesList({ records }: Names, address: (type: number, bytes: Uint8Array) => string): readonly { readonly address: string; readonly names: string }[] {
  return records.slice(0, MOST).flatMap(({ type, value }) => {
    const size = ADDRESS_BYTES[type];
    if (size === undefined || value.length < size) return [];
    return [{ address: address(type, value.subarray(0, size)), names: new TextDecoder().decode(value.subarray(size)).split('\0').filter(Boolean).join(', ') }];
  });
}

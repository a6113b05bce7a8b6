// What a pcapng says of a packet beside its bytes, in words.

import { EPB_DROPCOUNT, EPB_HASH, EPB_PACKETID, EPB_QUEUE, EPB_VERDICT } from './packet-options.ts';
import { COMMENT, type Option } from './pcapng-options.ts';

export interface Remark { readonly label: string; readonly text: string }

/** epb_flags (draft-ietf-opsawg-pcapng section 4.3.1): two and three bits with words, four that count bytes, and errors of the link from bit 24 on. */
const DIRECTIONS = ['', 'inbound', 'outbound', ''];
const RECEPTIONS = ['', 'unicast', 'multicast', 'broadcast', 'promiscuous'];
const ERRORS = ['wrong CRC', 'too long', 'too short', 'wrong gap before it', 'unaligned', 'wrong start frame delimiter', 'wrong preamble', 'wrong symbol'];
const HASHES = ['2’s complement', 'XOR', 'CRC32', 'MD5', 'SHA-1', 'Toeplitz'];
const VERDICTS = ['hardware', 'eBPF TC', 'eBPF XDP'];

const digits = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const number = (bytes: Uint8Array): bigint => bytes.reduceRight((all, byte) => (all << 8n) | BigInt(byte), 0n);

/** "inbound, multicast, 4 bytes of frame check sequence"; '' where the flags say nothing. */
function flagsText(flags: number): string {
  const fcs = (flags >> 5) & 15;
  return [DIRECTIONS[flags & 3], RECEPTIONS[(flags >> 2) & 7], fcs > 0 ? `${fcs} bytes of frame check sequence` : '', ...ERRORS.filter((_, bit) => ((flags >>> (24 + bit)) & 1) === 1)].filter(Boolean).join(', ');
}

const WORDS: Readonly<Record<number, (value: Uint8Array) => Remark>> = {
  [EPB_HASH]: (value) => ({ label: 'Hash', text: `${HASHES[value[0] ?? -1] ?? `kind ${value[0]}`} ${digits(value.subarray(1))}` }),
  [EPB_DROPCOUNT]: (value) => ({ label: 'Dropped', text: `${number(value).toLocaleString('en-US')} packets of the interface since the one before` }),
  [EPB_PACKETID]: (value) => ({ label: 'Packet id', text: `0x${number(value).toString(16)}` }),
  [EPB_QUEUE]: (value) => ({ label: 'Queue', text: String(number(value)) }),
  [EPB_VERDICT]: (value) => ({ label: 'Verdict', text: `${VERDICTS[value[0] ?? -1] ?? `kind ${value[0]}`} ${value[0] === 1 || value[0] === 2 ? String(BigInt.asIntN(64, number(value.subarray(1, 9)))) : digits(value.subarray(1))}` }),
};

/** `flags` is epb_flags, -1 for none. Comments are not among the remarks, nor are options that nobody here can read. */
export function packetRemarks(flags: number, options: readonly Option[]): readonly Remark[] {
  const said = flags < 0 ? '' : flagsText(flags);
  return [...(said === '' ? [] : [{ label: 'Flags', text: said }]), ...options.flatMap(({ code, value }) => (code !== COMMENT && value.length > 0 ? WORDS[code]?.(value) ?? [] : []))];
}

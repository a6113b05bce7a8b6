import type { Fault } from '../base/fault.ts';
import { u16, u32, u32le, u8 } from '../bytes/read.ts';
import { compressionOf } from './compressions.ts';

/** What the first bytes of a file say it is. */
export type Kind =
  | { readonly format: 'pcap'; readonly littleEndian: boolean; readonly nano: boolean; readonly modified: boolean }
  | { readonly format: 'pcapng' }
  | { readonly format: 'snoop' | 'erf' }
  | { readonly format: 'compressed'; readonly name: string }
  | { readonly format: 'none'; readonly fault: Fault };

const pcap = (littleEndian: boolean, nano: boolean, modified: boolean): Kind => ({ format: 'pcap', littleEndian, nano, modified });

/** The magic number as the bytes lie in the file (draft-ietf-opsawg-pcap; "modified" is Alexey Kuznetsov's patched libpcap). */
const MAGICS = new Map<number, Kind>([
  [0xd4c3b2a1, pcap(true, false, false)], [0xa1b2c3d4, pcap(false, false, false)],
  [0x4d3cb2a1, pcap(true, true, false)], [0xa1b23c4d, pcap(false, true, false)],
  [0x34cdb2a1, pcap(true, false, true)], [0xa1b2cd34, pcap(false, false, true)],
  [0x0a0d0d0a, { format: 'pcapng' }],
]);

/** "snoop" and three zeros (RFC 1761). */
const SNOOP = '736e6f6f70000000';

const CHOOSE = 'Choose a capture in pcap or pcapng form.';

/** Files that people take for captures, by their first bytes: `[hex digits, what it is, what to do]`. */
const OTHERS: readonly (readonly [string, string, string])[] = [
  ['02214c18', 'compressed with an old form of lz4', 'Unpack it with `lz4 -d` and open what comes out.'],
  ['504b0304', 'a zip archive', 'Unpack it and open the capture inside.'],
  ['504b0506', 'an empty zip archive', 'Look for the capture elsewhere.'],
  ['425a68', 'compressed with bzip2', 'Unpack it with `bunzip2` and open what comes out.'],
  ['fd377a585a00', 'compressed with xz', 'Unpack it with `xz -d` and open what comes out.'],
  ['1f9d', 'compressed with compress', 'Unpack it with `gunzip` and open what comes out.'],
  ['526172211a07', 'a RAR archive', 'Unpack it and open the capture inside.'],
  ['377abcaf271c', 'a 7-Zip archive', 'Unpack it and open the capture inside.'],
  ['54525355', 'a Sniffer capture, which is not read', 'Turn it into a pcapng with `editcap` and open that.'],
  ['52545353', 'a Network Monitor capture, which is not read', 'Turn it into a pcapng with `editcap` and open that.'],
  ['7f766572', 'an AiroPeek or OmniPeek capture, which is not read', 'Turn it into a pcapng with `editcap` and open that.'],
  ['69707472616365', 'an iptrace capture, which is not read', 'Turn it into a pcapng with `editcap` and open that.'],
  ['474d4255', 'a Network Monitor capture, which is not read', 'Turn it into a pcapng with `editcap` and open that.'],
  // The block type of a pcapng is chosen so that changed line ends show (draft-ietf-opsawg-pcapng section 4.1).
  ['0a0d0a0a', 'a pcapng whose line ends were changed by a text transfer', 'Transfer it again in binary mode.'],
  ['0a0a0a', 'a pcapng whose line ends were changed by a text transfer', 'Transfer it again in binary mode.'],
  ['0d0a0d0d0a', 'a pcapng whose line ends were changed by a text transfer', 'Transfer it again in binary mode.'],
  ['7f454c46', 'a program (ELF)', CHOOSE],
  ['25504446', 'a PDF document', CHOOSE],
  ['89504e47', 'a PNG picture', CHOOSE],
  ['50415231', 'a Parquet file', CHOOSE],
];

/** Looks at the first bytes (64 will do; fewer where the file is shorter). */
export function recognise(head: Uint8Array): Kind {
  if (head.length === 0) return none('empty', 'The file is empty', 'Choose another one, or capture again.');
  const compression = compressionOf(head);
  if (compression) return { format: 'compressed', name: compression.name };
  if (startsWith(head, SNOOP)) return { format: 'snoop' };
  const known = head.length >= 4 ? MAGICS.get(u32(head, 0)) : undefined;
  if (known) return known;
  for (const [signature, what, next] of OTHERS) if (startsWith(head, signature)) return none('not-a-capture', `This is ${what}`, next);
  const text = describeText(head);
  if (text !== null) return none('not-a-capture', text, CHOOSE);
  if (looksLikeErf(head)) return { format: 'erf' };
  return none('not-a-capture', `This is no capture: it begins with ${hex(head.subarray(0, 4), ' ')}`, CHOOSE);
}

const none = (code: 'empty' | 'not-a-capture', what: string, next: string): Kind => ({ format: 'none', fault: { code, what, next } });

const startsWith = (head: Uint8Array, signature: string): boolean => {
  const bytes = head.subarray(0, signature.length / 2);
  return bytes.length * 2 === signature.length && hex(bytes, '') === signature;
};
const hex = (bytes: Uint8Array, separator: string): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join(separator);

const ERF_HEADER = 16;

/**
 * ERF has no magic number. Its first record begins with a little-endian time whose upper half counts seconds, then type, flags, and lengths in the record and on
 * the wire, big-endian (Endace ERF types reference guide).
 */
function looksLikeErf(head: Uint8Array): boolean {
  if (head.length < ERF_HEADER) return false;
  const seconds = u32le(head, 4);
  const type = u8(head, 8) & 0x7f;
  const recordLength = u16(head, 10);
  return seconds > YEAR_1995 && seconds < YEAR_2100 && type >= 1 && type <= 48 && recordLength >= ERF_HEADER + 2 && u16(head, 14) > 0 && recordLength <= u16(head, 14) + 64;
}
const YEAR_1995 = 788_918_400;
const YEAR_2100 = 4_102_444_800;

/** What a file of readable characters seems to be; null when it is not readable. */
function describeText(head: Uint8Array): string | null {
  if (head.length < 4) return null;
  // As a stream, so that a character that is cut at the end of the look counts as none rather than as a broken one.
  const text = new TextDecoder().decode(head, { stream: true }).trimStart().toLowerCase();
  if (text === '' || /[\0-\x08\x0e-\x1f\ufffd]/.test(text)) return null;
  if (/^(<!doctype html|<html|<head|<body)/.test(text)) return 'This is an HTML page, not a capture';
  if (text.startsWith('<')) return 'This is an XML document, not a capture';
  if (/^[[{]/.test(text)) return 'This is JSON, not a capture';
  if (/^(alert|drop|pass|reject)\s/.test(text)) return 'This looks like a rule file, not a capture';
  return 'This is a text file, not a capture';
}

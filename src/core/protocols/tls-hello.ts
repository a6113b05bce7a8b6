import { u16, u8 } from '../bytes/read.ts';
import { latin1 } from '../bytes/latin1.ts';

// ClientHello and ServerHello (RFC 8446 section 4.1, RFC 5246 section 7.4.1), as far as rules and fingerprints look at them.

export interface Hello {
  /** Version in the message, which TLS 1.3 leaves at 1.2, and the one it means. */
  readonly legacyVersion: number;
  readonly version: number;
  readonly random: Uint8Array;
  /** Offered ciphers, or the one chosen. */
  readonly ciphers: readonly number[];
  readonly extensions: readonly number[];
  readonly groups: readonly number[];
  readonly pointFormats: readonly number[];
  readonly signatures: readonly number[];
  readonly versions: readonly number[];
  readonly alpn: readonly string[];
  /** Name of the server asked for, null without the extension. */
  readonly sni: string | null;
  readonly events: readonly HelloEvent[];
}

export type HelloEvent = 'multiple_sni_extensions' | 'invalid_sni_type' | 'invalid_sni_length' | 'handshake_invalid_length';

const SERVER_NAME = 0;
const SUPPORTED_GROUPS = 10;
const POINT_FORMATS = 11;
const SIGNATURES = 13;
const ALPN = 16;
const SUPPORTED_VERSIONS = 43;
const RANDOM = 32;

/** Values that only keep others tolerant (RFC 8701). */
export const isGrease = (value: number): boolean => (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 0xff);

/** Numbers of two bytes in [from..to). */
function words(b: Uint8Array, from: number, to: number): number[] {
  const list: number[] = [];
  for (let at = from; at + 2 <= to; at += 2) list.push(u16(b, at));
  return list;
}

/** A list with its length before it, cut to [from..to). */
const counted16 = (b: Uint8Array, from: number, to: number): number[] => (from + 2 > to ? [] : words(b, from + 2, Math.min(to, from + 2 + u16(b, from))));

/** Reads the body of a hello, [from..to); null when it is cut before its ciphers. Lists that lie about their length are cut to what is there. */
export function readHello(b: Uint8Array, from: number, to: number, isClient: boolean): Hello | null {
  let at = from + 2 + RANDOM;
  if (at + 1 > to) return null;
  at += 1 + u8(b, at);
  const hello = { legacyVersion: u16(b, from), random: b.slice(from + 2, from + 2 + RANDOM), ...NOTHING, events: [] as HelloEvent[] };
  if (isClient) {
    if (at + 2 > to) return null;
    const end = at + 2 + u16(b, at);
    if (end > to) return null;
    const ciphers = words(b, at + 2, end);
    at = end < to ? end + 1 + u8(b, end) : end;
    return { ...hello, ciphers, ...readExtensions(b, at, to, hello.legacyVersion, true) };
  }
  if (at + 3 > to) return null;
  return { ...hello, ciphers: [u16(b, at)], ...readExtensions(b, at + 3, to, hello.legacyVersion, false) };
}

const NOTHING = { extensions: [] as number[], groups: [] as number[], pointFormats: [] as number[], signatures: [] as number[], versions: [] as number[], alpn: [] as string[], sni: null as string | null };

function readExtensions(b: Uint8Array, from: number, to: number, legacy: number, isClient: boolean): Omit<Hello, 'legacyVersion' | 'random' | 'ciphers'> {
  const found = { ...NOTHING, extensions: [] as number[] };
  const events: HelloEvent[] = [];
  let version = legacy;
  if (from + 2 > to) return { ...found, version, events };
  const end = Math.min(to, from + 2 + u16(b, from));
  if (from + 2 + u16(b, from) > to) events.push('handshake_invalid_length');
  for (let at = from + 2; at + 4 <= end;) {
    const type = u16(b, at);
    const start = at + 4;
    const stop = start + u16(b, at + 2);
    if (stop > end) { events.push('handshake_invalid_length'); break; }
    if (type === SERVER_NAME && isClient) {
      if (found.sni === null) found.sni = readServerName(b, start, stop, events); else events.push('multiple_sni_extensions');
    } else if (type === SUPPORTED_GROUPS) found.groups = counted16(b, start, stop);
    else if (type === POINT_FORMATS) found.pointFormats = start < stop ? [...b.subarray(start + 1, Math.min(stop, start + 1 + u8(b, start)))] : [];
    else if (type === SIGNATURES) found.signatures = counted16(b, start, stop);
    else if (type === ALPN) found.alpn = readAlpn(b, start, stop);
    else if (type === SUPPORTED_VERSIONS) {
      found.versions = isClient ? words(b, start + 1, stop) : words(b, start, stop);
      version = found.versions.filter((one) => !isGrease(one)).reduce((highest, one) => Math.max(highest, one), version);
    }
    found.extensions.push(type);
    at = stop;
  }
  return { ...found, version, events };
}

/** RFC 6066 section 3: a list of names, of which the first is taken. */
function readServerName(b: Uint8Array, from: number, to: number, events: HelloEvent[]): string | null {
  if (from + 5 > to) return null;
  if (u8(b, from + 2) !== 0) { events.push('invalid_sni_type'); return null; }
  const size = u16(b, from + 3);
  if (from + 5 + size > to) { events.push('invalid_sni_length'); return null; }
  return latin1(b, from + 5, from + 5 + size);
}

function readAlpn(b: Uint8Array, from: number, to: number): string[] {
  const names: string[] = [];
  for (let at = from + 2; at < to;) {
    const end = at + 1 + u8(b, at);
    if (end > to) break;
    names.push(latin1(b, at + 1, end));
    at = end;
  }
  return names;
}

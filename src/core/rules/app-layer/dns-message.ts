import { u16, u32, u8 } from '../../bytes/read.ts';

// A DNS message as Suricata reads it (RFC 1035 section 4; RFC 2136 and 6891 add nothing to the form).

export interface Question { readonly name: string; readonly type: number; readonly class: number }
/** `data` is where its RDATA stands in the message. */
export interface Resource extends Question { readonly ttl: number; readonly from: number; readonly to: number }

export interface DnsMessage {
  readonly id: number;
  readonly flags: number;
  readonly opcode: number;
  readonly rcode: number;
  readonly isResponse: boolean;
  readonly questions: readonly Question[];
  readonly answers: readonly Resource[];
  readonly authorities: readonly Resource[];
  readonly additionals: readonly Resource[];
  readonly bytes: Uint8Array;
  /** In the names of app-layer-event:dns.… */
  readonly events: readonly DnsEvent[];
}

export type DnsEvent = 'malformed_data' | 'not_a_request' | 'not_a_response' | 'z_flag_set' | 'invalid_opcode' | 'name_too_long' | 'infinite_loop' | 'too_many_labels' | 'invalid_additionals' | 'invalid_authorities';

export const DNS_HEADER = 12;
/** Bounds: records of a section that are read, labels of a name, jumps in it, and its length (Suricata's dns parser; RFC 1035 section 2.3.4). */
const MAX_RECORDS = 1024;
const MAX_LABELS = 255;
const MAX_JUMPS = 255;
export const MAX_NAME = 1025;
const Z_FLAG = 0x0040;
const HIGHEST_OPCODE = 7;

class Reader {
  at = DNS_HEADER;
  readonly events = new Set<DnsEvent>();
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) { this.bytes = bytes; }

  /** A name as text with dots, one character a byte; null when it is broken. */
  name(start = this.at): { readonly text: string; readonly end: number } | null {
    const { bytes } = this;
    const labels: string[] = [];
    let at = start;
    let end = -1;
    let length = 0;
    for (let jumps = 0; ;) {
      if (at >= bytes.length) return null;
      const size = u8(bytes, at);
      if (size === 0) { at++; break; }
      if (size >= 0xc0) {
        if (at + 2 > bytes.length) return null;
        if (end < 0) end = at + 2;
        const target = u16(bytes, at) & 0x3fff;
        if (target === at || ++jumps > MAX_JUMPS) { this.events.add('infinite_loop'); break; }
        at = target;
        continue;
      }
      if (size > 0x3f || at + 1 + size > bytes.length) return null;
      if (labels.length === MAX_LABELS) { this.events.add('too_many_labels'); if (end < 0) return null; break; }
      if (length + size + 1 > MAX_NAME) { this.events.add('name_too_long'); if (end < 0) end = this.#pastName(at); break; }
      labels.push(String.fromCharCode(...bytes.subarray(at + 1, at + 1 + size)));
      length += size + 1;
      at += 1 + size;
    }
    return { text: labels.join('.'), end: end < 0 ? at : end };
  }

  /** Where a name ends that is too long to be kept. */
  #pastName(from: number): number {
    let at = from;
    while (at < this.bytes.length) {
      const size = u8(this.bytes, at);
      if (size === 0) return at + 1;
      if (size >= 0xc0) return Math.min(at + 2, this.bytes.length);
      at += 1 + size;
    }
    return this.bytes.length;
  }

  question(): Question | null {
    const name = this.name();
    if (name === null || name.end + 4 > this.bytes.length) return null;
    this.at = name.end + 4;
    return { name: name.text, type: u16(this.bytes, name.end), class: u16(this.bytes, name.end + 2) };
  }

  resource(): Resource | null {
    const name = this.name();
    if (name === null || name.end + 10 > this.bytes.length) return null;
    const from = name.end + 10;
    const to = from + u16(this.bytes, name.end + 8);
    if (to > this.bytes.length) return null;
    this.at = to;
    return { name: name.text, type: u16(this.bytes, name.end), class: u16(this.bytes, name.end + 2), ttl: u32(this.bytes, name.end + 4), from, to };
  }

  /** Entries of a section, and whether all of them could be read. */
  section<T>(count: number, read: () => T | null): { readonly list: T[]; readonly whole: boolean } {
    const list: T[] = [];
    for (let i = 0; i < Math.min(count, MAX_RECORDS); i++) {
      const entry = read();
      if (entry === null) return { list, whole: false };
      list.push(entry);
    }
    return { list, whole: true };
  }
}

/** Reads a message; null when it is too short for a header, or its questions or answers are broken. Later sections that are broken become events. */
export function readDns(bytes: Uint8Array): DnsMessage | null {
  if (bytes.length < DNS_HEADER) return null;
  const reader = new Reader(bytes);
  const flags = u16(bytes, 2);
  const questions = reader.section(u16(bytes, 4), () => reader.question());
  if (!questions.whole) return null;
  const resource = (): Resource | null => reader.resource();
  const answers = reader.section(u16(bytes, 6), resource);
  if (!answers.whole) return null;
  const authorities = reader.section(u16(bytes, 8), resource);
  if (!authorities.whole) reader.events.add('invalid_authorities');
  const additionals = authorities.whole ? reader.section(u16(bytes, 10), resource) : { list: [], whole: true };
  if (!additionals.whole) reader.events.add('invalid_additionals');
  const opcode = (flags >> 11) & 0x0f;
  if ((flags & Z_FLAG) !== 0) reader.events.add('z_flag_set');
  if (opcode >= HIGHEST_OPCODE) reader.events.add('invalid_opcode');
  return {
    id: u16(bytes, 0), flags, opcode, rcode: flags & 0x0f, isResponse: (flags & 0x8000) !== 0, questions: questions.list, answers: answers.list, authorities: authorities.list, additionals: additionals.list, bytes,
    events: [...reader.events],
  };
}

/** The name at a place of the message, for RDATA that has one; '' when it is broken. */
export const dnsName = (message: Uint8Array, at: number): string => new Reader(message).name(at)?.text ?? '';

/** Whether a datagram looks like DNS, for detection: a header whose numbers fit, and questions that can be read (Suricata's probe). */
export function looksLikeDns(bytes: Uint8Array): boolean {
  if (bytes.length < DNS_HEADER || (u16(bytes, 4) === 0 && u16(bytes, 6) === 0) || u16(bytes, 4) > 16) return false;
  const reader = new Reader(bytes);
  return reader.section(u16(bytes, 4), () => reader.question()).whole;
}

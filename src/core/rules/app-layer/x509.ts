import { sha1 } from '@noble/hashes/legacy.js';
import { u8 } from '../../bytes/read.ts';
import { hex, latin1 } from '../../bytes/latin1.ts';

// What rules look at in a certificate (RFC 5280 section 4.1), read from its DER without recursion. Text is as Suricata writes it: "C=US, O=Example, CN=a.example".

export interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  /** "5C:19:B7" */
  readonly serial: string;
  /** Seconds since 1970; NaN when the date is broken. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly alternativeNames: readonly string[];
  readonly version: number;
}

/** Names as app-layer-event has them after "tls.certificate_". */
export type CertificateEvent = 'invalid_der' | 'invalid_length' | 'invalid_serial' | 'invalid_algorithmidentifier' | 'invalid_x509name' | 'invalid_issuer' | 'invalid_subject' | 'invalid_date' | 'invalid_validity' | 'invalid_extensions';

/** An element of DER: its tag and the place of its contents; `start` is that of the tag. */
interface Element { readonly tag: number; readonly start: number; readonly from: number; readonly to: number }

const SEQUENCE = 0x30;
const SET = 0x31;
const OID = 0x06;
const INTEGER = 0x02;
const OCTETS = 0x04;
const BOOLEAN = 0x01;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const BMP_STRING = 0x1e;
const MAX_ELEMENTS = 256;

/** The element at a place; null when it does not fit before `to` (X.690 section 8.1: lengths of up to four bytes). */
function elementAt(b: Uint8Array, at: number, to: number): Element | null {
  if (at + 2 > to || (u8(b, at) & 0x1f) === 0x1f) return null;
  let length = u8(b, at + 1);
  let from = at + 2;
  if (length >= 0x80) {
    const bytes = length & 0x7f;
    if (bytes === 0 || bytes > 4 || from + bytes > to) return null;
    length = 0;
    for (let i = 0; i < bytes; i++) length = length * 256 + u8(b, from++);
  }
  return from + length > to ? null : { tag: u8(b, at), start: at, from, to: from + length };
}

/** The elements inside one, as many as are whole. */
function inside(b: Uint8Array, { from, to }: Element): Element[] {
  const list: Element[] = [];
  for (let at = from; at < to && list.length < MAX_ELEMENTS;) {
    const element = elementAt(b, at, to);
    if (element === null) break;
    list.push(element);
    at = element.to;
  }
  return list;
}

/** Short names of attributes (RFC 4514 section 3 and PKCS #9); others are told by their number. */
const ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'], ['2.5.4.4', 'SN'], ['2.5.4.5', 'serialNumber'], ['2.5.4.6', 'C'], ['2.5.4.7', 'L'], ['2.5.4.8', 'ST'], ['2.5.4.9', 'STREET'], ['2.5.4.10', 'O'], ['2.5.4.11', 'OU'], ['2.5.4.12', 'T'],
  ['2.5.4.42', 'GN'], ['2.5.4.46', 'dnQualifier'], ['0.9.2342.19200300.100.1.1', 'UID'], ['0.9.2342.19200300.100.1.25', 'DC'], ['1.2.840.113549.1.9.1', 'Email'],
]);
const ALTERNATIVE_NAMES = '2.5.29.17';

function oidText(b: Uint8Array, { from, to }: Element): string {
  const numbers: number[] = [];
  let value = 0;
  for (let at = from; at < to; at++) {
    value = value * 128 + (u8(b, at) & 0x7f);
    if ((u8(b, at) & 0x80) !== 0) continue;
    if (numbers.length === 0) numbers.push(Math.min(2, Math.floor(value / 40)), value - 40 * Math.min(2, Math.floor(value / 40))); else numbers.push(value);
    value = 0;
  }
  return numbers.join('.');
}

function valueText(b: Uint8Array, { tag, from, to }: Element): string {
  if (tag !== BMP_STRING) return latin1(b, from, to);
  let text = '';
  for (let at = from; at + 2 <= to; at += 2) text += u8(b, at) === 0 ? String.fromCharCode(u8(b, at + 1)) : '?';
  return text;
}

/** A Name (RFC 5280 section 4.1.2.4); null when it is none. */
function nameText(b: Uint8Array, name: Element): string | null {
  const parts: string[] = [];
  for (const set of inside(b, name)) {
    if (set.tag !== SET) return null;
    const attributes = inside(b, set).map((pair): string | null => {
      const [type, value] = inside(b, pair);
      if (pair.tag !== SEQUENCE || type?.tag !== OID || value === undefined) return null;
      const number = oidText(b, type);
      return `${ATTRIBUTES.get(number) ?? number}=${valueText(b, value)}`;
    });
    if (attributes.includes(null)) return null;
    parts.push(attributes.join(' + '));
  }
  return parts.join(', ');
}

/** UTCTime and GeneralizedTime, which are in UTC (RFC 5280 section 4.1.2.5). */
function dateOf(b: Uint8Array, { tag, from, to }: Element): number {
  if (tag !== UTC_TIME && tag !== GENERALIZED_TIME) return Number.NaN;
  const text = latin1(b, from, Math.min(to, from + 32));
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00'] = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:\.\d+)?Z$/.exec(tag === UTC_TIME ? `${Number(text.slice(0, 2)) >= 50 ? '19' : '20'}${text}` : text) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) / 1000;
}

function alternativeNames(b: Uint8Array, extensions: Element): string[] {
  const [sequence] = inside(b, extensions);
  if (sequence === undefined) return [];
  for (const extension of inside(b, sequence)) {
    const [type, ...rest] = inside(b, extension);
    if (type?.tag !== OID || oidText(b, type) !== ALTERNATIVE_NAMES) continue;
    const value = rest.find(({ tag }) => tag !== BOOLEAN);
    const list = value?.tag === OCTETS ? elementAt(b, value.from, value.to) : null;
    if (list === null) return [];
    // Names of hosts, of mail and addresses of pages are text, and IP addresses four or sixteen bytes (RFC 5280 section 4.2.1.6).
    return inside(b, list).flatMap(({ tag, from, to }) => {
      if (tag === 0x81 || tag === 0x82 || tag === 0x86) return [latin1(b, from, to)];
      if (tag === 0x87 && to - from === 4) return [[...b.subarray(from, to)].join('.')];
      return tag === 0x87 ? [hex(b.subarray(from, to)).replace(/(....)(?!$)/g, '$1:')] : [];
    });
  }
  return [];
}

/** Reads a certificate, or says what is wrong with it. */
export function readCertificate(b: Uint8Array): Certificate | CertificateEvent {
  const outer = elementAt(b, 0, b.length);
  if (outer === null) return 'invalid_length';
  const [body] = inside(b, outer);
  if (outer.tag !== SEQUENCE || body?.tag !== SEQUENCE) return 'invalid_der';
  const fields = inside(b, body);
  const version = fields[0]?.tag === 0xa0 ? fields.shift() : undefined;
  const [serial, algorithm, issuer, validity, subject, , ...rest] = fields;
  if (serial?.tag !== INTEGER) return 'invalid_serial';
  if (algorithm?.tag !== SEQUENCE || inside(b, algorithm)[0]?.tag !== OID) return 'invalid_algorithmidentifier';
  if (issuer?.tag !== SEQUENCE) return 'invalid_issuer';
  const issuerName = nameText(b, issuer);
  if (issuerName === null) return 'invalid_x509name';
  if (validity?.tag !== SEQUENCE) return 'invalid_validity';
  const [before, after] = inside(b, validity);
  if (before === undefined || after === undefined) return 'invalid_date';
  if (subject?.tag !== SEQUENCE) return 'invalid_subject';
  const subjectName = nameText(b, subject);
  if (subjectName === null) return 'invalid_x509name';
  const extensions = rest.find(({ tag }) => tag === 0xa3);
  return {
    subject: subjectName, issuer: issuerName, serial: hex(b.subarray(serial.from, serial.to), ':').toUpperCase(), notBefore: dateOf(b, before), notAfter: dateOf(b, after),
    alternativeNames: extensions === undefined ? [] : alternativeNames(b, extensions), version: version === undefined ? 1 : u8(b, version.to - 1) + 1,
  };
}

/** "4a:a3:66:…", the SHA-1 of a certificate. */
export const fingerprint = (certificate: Uint8Array): string => hex(sha1(certificate), ':');

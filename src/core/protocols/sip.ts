import { uint } from '../dissect/field.ts';
import { bytes, derived, elsewhere, fill, measured, pick, within, words, type Part, type Probe } from '../dissect/part.ts';
import type { Layer } from '../dissect/layer.ts';
import { protocol } from '../dissect/protocol.ts';
import { GUESSES } from './guesses.ts';
import { ascii, headerBytes, lineText } from './http-lines.ts';
import { firstWord, lineBytes, over, restOfLine } from './text-lines.ts';

/** Header fields by their names, and the short forms of some (RFC 3261 section 7.3.3). */
const FIELDS: readonly (readonly [field: string, label: string, names: readonly string[]])[] = [
  ['Via', 'Via', ['via', 'v']], ['From', 'From', ['from', 'f']], ['To', 'To', ['to', 't']], ['Call-ID', 'Call-ID', ['call-id', 'i']], ['CSeq', 'CSeq', ['cseq']], ['Contact', 'Contact', ['contact', 'm']], ['Max-Forwards', 'Max-Forwards', ['max-forwards']],
  ['User-Agent', 'User-Agent', ['user-agent']], ['Server', 'Server', ['server']], ['Content-Type', 'Content-Type', ['content-type', 'c']], ['Content-Length', 'Content-Length', ['content-length', 'l']], ['Expires', 'Expires', ['expires']], ['Record-Route', 'Record-Route', ['record-route']], ['Route', 'Route', ['route']],
];
const COLON = 58;

const textOf = (b: Uint8Array, at: number, end: number): string => ascii(b, at, lineText(b, at, end));
const whole = (name: string, label: string): Part => elsewhere(() => 0, [measured(name, label, lineBytes, textOf)]);
const isStatus: Probe = (b, at, end) => Number(at + 8 <= end && ascii(b, at, at + 8) === 'SIP/2.0 ');
/** Which of the fields a line is; -1 for others. */
const fieldOf: Probe = (b, at, end) => {
  const colon = b.indexOf(COLON, at);
  if (colon < 0 || colon >= lineText(b, at, end)) return -1;
  const name = ascii(b, at, colon).trim().toLowerCase();
  return FIELDS.findIndex(([, , names]) => names.includes(name));
};
/** The name, the colon and the blanks behind it. */
const nameBytes: Probe = (b, at, end) => { let n = b.indexOf(COLON, at) + 1; while (n < end && (b[n] === 32 || b[n] === 9)) n++; return n - at; };
const headers: Part[] = [
  derived('headers', '', headerBytes, { hidden: true }), elsewhere(() => 0, [within('headers', [words('msg_hdr', 'Message Header', (b, at, end) => ascii(b, at, end))])]),
  within('headers', [fill([pick(fieldOf, Object.fromEntries(FIELDS.map(([field, label], i) => [i, [over(nameBytes), ...restOfLine(field, label)]])), [over(lineBytes)])])]),
];

const said = (l: Layer): string => {
  if (l.has('Status-Code')) return `Status: ${l.text('Status-Line').replace(/^\S+ /, '')}${l.has('CSeq') ? ` (${l.text('CSeq').replace(/^\d+\s*/, '')})` : ''} | `;
  return l.has('Method') ? `Request: ${l.text('Method')} ${l.text('r-uri')} | ` : 'Continuation';
};

export const sip = protocol('sip', {
  label: 'Session Initiation Protocol', column: 'SIP', reference: 'RFC 3261 section 7', message: true, over: { 'udp.port': [5060], 'tcp.port': [5060] }, guesses: GUESSES.sip!, keeps: true,
  header: [
    pick(isStatus, { 1: [whole('Status-Line', 'Status-Line'), over(() => 8), derived('Status-Code', 'Status-Code', (b, at) => Number(ascii(b, at, at + 3)) || -1, { ...uint('Status-Code', 32, 'Status-Code'), span: 3 }), over(lineBytes)] },
      [whole('Request-Line', 'Request-Line'), ...firstWord('Method', 'Method'), ...firstWord('r-uri', 'Request-URI'), over(lineBytes)]),
    ...headers, bytes('msg_body', 'Message Body'),
  ],
  closed: true, summary: said, title: () => '', info: said,
});

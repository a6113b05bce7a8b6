import { flag, gap, hex, uint, type Strings } from '../dissect/field.ts';
import { bytes, fill, pick, within, type Part, type Probe } from '../dissect/part.ts';
import type { Layer } from '../dissect/layer.ts';
import { protocol } from '../dissect/protocol.ts';
import { GUESSES } from './guesses.ts';

const TYPES: Strings = { 0: 'Initial', 1: '0-RTT', 2: 'Handshake', 3: 'Retry' };
const VERSIONS: Strings = { 0: 'Version Negotiation', 1: '1', 0x6b33_43cf: '2' };
const [INITIAL, RETRY] = [0, 3];
const TAG = 16; // bytes at a Retry's end

/** A number of 1, 2 or 4 bytes whose first two bits say how many (section 16); 8 bytes are more than a datagram can mean. */
const variable = (name: string, label: string): Part => pick((b, at, end) => (at < end ? b[at]! >> 6 : -1), {
  0: [gap(2), uint(name, 6, label)], 1: [gap(2), uint(name, 14, label)], 2: [gap(2), uint(name, 30, label)], 3: [gap(34), uint(name, 30, label)],
});
const id = (length: string, name: string, what: string): Part[] => [uint(length, 8, `${what} Connection ID Length`), within(length, [bytes(name, `${what} Connection ID`)])];
const beforeTag: Probe = (_b, at, end) => Math.max(0, end - TAG - at);
const long: Part[] = [
  uint('header_form', 1, 'Header Form', { strings: { 0: 'Short Header', 1: 'Long Header' } }), flag('fixed_bit', 'Fixed Bit'), uint('long.packet_type', 2, 'Packet Type', { strings: TYPES }), gap(4), hex('version', 32, 'Version', { strings: VERSIONS }), ...id('dcil', 'dcid', 'Destination'), ...id('scil', 'scid', 'Source'),
  pick('version', { 0: [fill([hex('supported_version', 32, 'Supported Version', { strings: VERSIONS })])] }, [pick('long.packet_type', {
    [RETRY]: [{ part: 'derived', field: uint('retry', 0, '', { hidden: true }), value: beforeTag, span: 0 }, within('retry', [bytes('retry_token', 'Retry Token')]), bytes('retry_integrity_tag', 'Retry Integrity Tag')],
    [INITIAL]: [variable('token_length', 'Token Length'), within('token_length', [bytes('token', 'Token')]), variable('length', 'Length'), within('length', [bytes('protected_payload', 'Protected Payload')])],
  }, [variable('length', 'Length'), within('length', [bytes('protected_payload', 'Protected Payload')])])]),
];
const short: Part[] = [uint('header_form', 1, 'Header Form', { strings: { 0: 'Short Header', 1: 'Long Header' } }), flag('fixed_bit', 'Fixed Bit'), flag('spin_bit', 'Spin Bit'), gap(5), bytes('protected_payload', 'Protected Payload')];

/** A packet of a datagram that carries several (section 12.2); -1 for what is no packet: padding behind the last one. */
const form: Probe = (b, at, end) => (at >= end || ((b[at]! & 0x40) === 0 && !(b[at]! >= 0x80 && at + 5 <= end && b[at + 1] === 0 && b[at + 2] === 0 && b[at + 3] === 0 && b[at + 4] === 0)) ? -1 : b[at]! >> 7);

function said(l: Layer): string {
  if (l.num('version') === 0) return `Version Negotiation${l.text('dcid') ? `, DCID=${l.text('dcid')}` : ''}${l.text('scid') ? `, SCID=${l.text('scid')}` : ''}`;
  const types = l.rowsOf('long.packet_type').length > 0 ? [...new Set(l.texts('long.packet_type'))].map((type) => TYPES[Number(type)] ?? type).join(', ') : '';
  if (types === '') return 'Protected Payload';
  return `${types}${l.text('dcid') && !types.startsWith('Retry') ? `, DCID=${l.text('dcid')}` : ''}${l.text('scid') ? `, SCID=${l.text('scid')}` : ''}`;
}

/** The header that is not encrypted; what is protected is shown as bytes. */
export const quic = protocol('quic', {
  label: 'QUIC IETF', column: 'QUIC', reference: 'RFC 9000 section 17; RFC 8999; RFC 9369', message: true, guesses: GUESSES.quic!, keeps: true,
  header: [fill([pick(form, { 1: long, 0: short }, [bytes('padding', 'Bytes that are no packet')])])],
  closed: true, summary: said, title: () => '', info: said,
});

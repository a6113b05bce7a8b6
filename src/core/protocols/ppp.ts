import { hex, uint, type FieldSpec, type Strings } from '../dissect/field.ts';
import type { Layer } from '../dissect/layer.ts';
import { pick, type Part } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';
import { typeWords } from './words.ts';

/** IANA, PPP DLL Protocol Numbers. */
export const PPP_PROTOCOLS: Strings = {
  0x0021: 'IPv4', 0x0023: 'OSI', 0x0029: 'AppleTalk', 0x002b: 'IPX', 0x002d: 'VJ compressed TCP', 0x002f: 'VJ uncompressed TCP', 0x0031: 'Bridging PDU', 0x003d: 'Multilink', 0x0057: 'IPv6', 0x00fb: 'single link compression',
  0x00fd: 'compressed datagram', 0x0281: 'MPLS', 0x0283: 'MPLS multicast', 0x8021: 'IPCP', 0x8029: 'AppleTalk control', 0x802b: 'IPX control', 0x8031: 'bridging control', 0x8053: 'encryption control', 0x8057: 'IPV6CP', 0x80fd: 'compression control',
  0x8281: 'MPLS control', 0xc021: 'LCP', 0xc023: 'PAP', 0xc025: 'link quality report', 0xc029: 'callback control', 0xc02b: 'bandwidth allocation control', 0xc223: 'CHAP', 0xc227: 'EAP',
};
const number = (width: number): FieldSpec<'protocol'> => hex('protocol', width, 'Protocol', { digits: 4, strings: PPP_PROTOCOLS });
/** One byte where the number is odd and below 256 (RFC 1661 section 6.5). */
const protocolField: Part = pick((b, at, end) => (at < end ? b[at]! & 1 : 0), { 1: [number(8)] }, [number(16)]);
const spec = {
  label: 'Point-to-Point Protocol', column: 'PPP', reference: 'RFC 1661; RFC 1662', next: { table: 'ppp.protocol', keys: ['protocol'] }, opens: 'promised',
  carries: (l: Layer) => typeWords(l, 'protocol', 'PPP protocol'), summary: (l: Layer) => l.words('protocol') || l.text('protocol'), title: () => '',
} as const;

export const ppp = protocol('ppp', { ...spec, header: [protocolField] });

/** HDLC-like framing, which puts an address and a control byte before it, unless both sides leave them out. */
const ALL_STATIONS = 0xff;
export const pppHdlc = protocol('ppp_hdlc', {
  ...spec, path: 'ppp', prefix: 'ppp', over: { 'gre.proto': [0x880b, 0x88d2], 'l2tp.carried': [1] },
  header: [pick((b, at, end) => (at < end ? b[at]! : 0), { [ALL_STATIONS]: [hex('address', 8, 'Address'), hex('control', 8, 'Control')] }), protocolField],
});

const CODES: Strings = { 0: 'Session Data', 0x07: 'Active Discovery Offer', 0x09: 'Active Discovery Initiation', 0x19: 'Active Discovery Request', 0x65: 'Active Discovery Session-confirmation', 0xa7: 'Active Discovery Terminate' };
const header = [
  uint('version', 4, 'Version'), uint('type', 4, 'Type'), hex('code', 8, 'Code', { strings: CODES }), hex('session_id', 16, 'Session ID'), uint('payload_length', 16, 'Payload Length', { unit: 'bytes' }),
] as const;
const pppoe = { prefix: 'pppoe', reference: 'RFC 2516 section 4', silentWhenCut: true } as const;
export const pppoes = protocol('pppoes', {
  ...pppoe, label: 'PPP-over-Ethernet Session', column: 'PPPoE', short: 'PPPoE', over: { ethertype: [0x8864] }, header, payloadLength: 'payload_length', next: 'ppp', summary: (l) => `session ${l.text('session_id')}`, title: () => '',
});
export const pppoed = protocol('pppoed', {
  ...pppoe, message: true, label: 'PPP-over-Ethernet Discovery', column: 'PPPoED', short: 'PPPoE discovery', over: { ethertype: [0x8863] },
  header: [...header, { part: 'within', length: 'payload_length', of: [{ part: 'fill', of: [hex('tag', 16, 'Tag', { full: 'pppoed.tag' }), uint('tag_length', 16, 'Tag Length', { full: 'pppoed.tag_length' }), { part: 'within', length: 'tag_length', of: [] }] }] }],
  summary: (l) => l.words('code') || l.text('code'), info: (l) => l.words('code'), title: () => '',
});

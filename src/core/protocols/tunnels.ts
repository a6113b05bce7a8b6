// Tunnels over UDP and IP that have a header of a few numbers and then a packet: VXLAN-GPE, NSH, GTP, Teredo, AYIYA, ESP.

import { u32 } from '../bytes/read.ts';
import { flag, gap, hex, uint, type Strings } from '../dissect/field.ts';
import { blob, bytes, derived, pick, within, type Part, type Probe } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';
import { typeWords } from './words.ts';
import { IP_PROTOCOLS } from './numbers/ip-protocols.ts';

const NEXT: Strings = { 1: 'IPv4', 2: 'IPv6', 3: 'Ethernet', 4: 'NSH', 5: 'MPLS' };
/** IP tells its version in its first four bits. */
const version: Probe = (b, at, end) => (at < end ? b[at]! >> 4 : 0);

/** VXLAN with a next protocol. Wireshark has no name of its own for it in frame.protocols. */
export const vxlanGpe = protocol('vxlan_gpe', {
  label: 'Virtual eXtensible Local Area Network (Generic Protocol Extension)', short: 'VXLAN-GPE', column: 'VXLAN-GPE', path: 'vxlan', unlisted: true, prefix: 'vxlan', reference: 'draft-ietf-nvo3-vxlan-gpe-12 section 3', over: { 'udp.port': [4790] },
  header: [
    { ...hex('flags', 8, 'Flags'), parts: [gap(2), uint('ver', 2, 'Version'), uint('i_bit', 1, 'Instance'), uint('p_bit', 1, 'Next Protocol Bit'), gap(1), uint('o_bit', 1, 'OAM bit'), uint('flags_reserved', 0, 'Reserved', { over: 2 })] },
    uint('reserved_16', 16, 'Reserved'), uint('next_proto', 8, 'Next Protocol', { strings: NEXT }), uint('vni', 24, 'VXLAN Network Identifier (VNI)'), uint('reserved8', 8, 'Reserved'),
  ],
  encapsulates: true,
  next: { table: 'vxlan.next_proto', keys: ['next_proto'] },
  summary: (l) => `VNI ${l.text('vni')}`, title: () => '', carries: (l) => typeWords(l, 'next_proto', 'next protocol'),
});

/** The network service header: a path through services, and what they tell each other. */
export const nsh = protocol('nsh', {
  message: true, label: 'Network Service Header', column: 'NSH', reference: 'RFC 8300 section 2', over: { ethertype: [0x894f], 'gre.proto': [0x894f], 'vxlan.next_proto': [4], 'nsh.next_proto': [4] },
  header: [
    uint('version', 2, 'Version'), flag('Obit', 'O Bit'), gap(1), uint('ttl', 6, 'Time to live'), uint('length', 6, 'Length', { scale: 4, unit: 'bytes' }), gap(4), uint('mdtype', 4, 'MD Type'), uint('nextproto', 8, 'Next Protocol', { strings: NEXT }),
    uint('spi', 24, 'SPI'), uint('si', 8, 'SI'), bytes('context', 'Context headers'),
  ],
  headerLength: 'length',
  next: { table: 'nsh.next_proto', keys: ['nextproto'] },
  summary: (l) => `path ${l.text('spi')}, index ${l.text('si')}`, title: () => '', carries: (l) => typeWords(l, 'nextproto', 'next protocol'),
});

const T_PDU = 255;
const extensions: Probe = (b, at, end) => {
  let [next, here] = [b[at - 1]!, at];
  for (; next !== 0 && here < end; here += Math.max(1, b[here]!) * 4) next = b[here + Math.max(1, b[here]!) * 4 - 1] ?? 0;
  return here - at;
};
const anyOf: Probe = (b, _at, _end, start) => Number((b[start]! & 7) !== 0);
const gtp1: Part[] = [
  { ...hex('flags', 8, 'Flags'), parts: [uint('flags.version', 3, 'Version'), uint('flags.payload', 1, 'Protocol type'), gap(1), flag('flags.e', 'Is Next Extension Header present?'), flag('flags.s', 'Is Sequence Number present?'), flag('flags.pn', 'Is N-PDU number present?')] },
  hex('message', 8, 'Message Type'), uint('length', 16, 'Length', { unit: 'bytes' }), hex('teid', 32, 'TEID'),
  pick(anyOf, { 1: [
    pick((b, _at, _end, start) => b[start]! & 2, { 2: [hex('seq_number', 16, 'Sequence number')] }, [gap(16)]), pick((b, _at, _end, start) => b[start]! & 1, { 1: [hex('npdu_number', 8, 'N-PDU Number')] }, [gap(8)]),
    uint('next', 8, 'Next extension header type'), pick((b, _at, _end, start) => b[start]! & 4, { 4: [{ part: 'measured', field: blob('ext_hdr', 'Extension headers'), measure: extensions }] }),
  ] }),
];
/** What the length leaves for the payload; it counts from behind the first eight bytes. */
const left: Probe = (b, at, end, start) => (start + 4 <= end && b[start]! >> 5 === 1 ? Math.max(-1, start + 8 + ((b[start + 2]! << 8) | b[start + 3]!) - at) : -1);
const gtp0: Part[] = [
  { ...hex('flags', 8, 'Flags'), parts: [uint('flags.version', 3, 'Version'), uint('flags.payload', 1, 'Protocol type'), gap(3), flag('flags.snn', 'Is SNDCP N-PDU LLC Number included?')] },
  hex('message', 8, 'Message Type'), uint('length', 16, 'Length', { unit: 'bytes' }), hex('seq_number', 16, 'Sequence number'), hex('flow_label', 16, 'Flow label'), hex('sndcp_number', 8, 'SNDCP N-PDU LLC Number'), gap(24), { ...blob('tid', 'TID'), width: 64 },
];
const ip: Probe = (b, at, end, start) => (b[start]! >> 5 === 2 ? 2 : b[start + 1] === T_PDU ? version(b, at, end, start, start) : 0);

export const gtp = protocol('gtp', {
  message: true, label: 'GPRS Tunneling Protocol', column: 'GTP', reference: '3GPP TS 29.060 section 6; TS 29.281 section 5', over: { 'udp.port': [2123, 2152], 'tcp.port': [2123, 2152] },
  header: [pick((b, at, end) => (at < end ? b[at]! >> 5 : 0), { 0: gtp0, 2: [] }, gtp1), derived('rest', '', left, { hidden: true }), derived('carried', '', ip, { hidden: true }), pick('carried', { 0: [bytes('ie', 'Information elements')] })],
  payloadLength: 'rest',
  next: { table: 'gtp.carried', keys: ['carried'], otherwise: 'data' },
  opens: 'never',
  summary: (l) => (l.has('teid') ? `TEID ${l.text('teid')}` : ''), title: () => '', info: (l) => (l.has('message') ? `GTP <${l.num('message') === T_PDU ? 'G-PDU' : l.text('message')}>` : ''),
});

const AUTHENTICATION = 1;
const ORIGIN = 0;
const indicator: Probe = (b, at, end) => (at + 2 <= end ? (b[at]! << 8) | b[at + 1]! : -1);
/** Port and address are turned over, so that no box on the way translates them (RFC 4380 section 5.1.1). */
const origin: Part[] = [
  gap(16), derived('orig.port', 'Origin UDP port', (b, at) => ((b[at - 2 + 2]! << 8) | b[at + 1]!) ^ 0xffff, { span: 2 }), gap(16),
  derived('orig.addr', 'Origin IPv4 address', () => 1, { span: 4, type: 'text', text: (b, at) => [...b.subarray(at, at + 4)].map((n) => n ^ 0xff).join('.') }), gap(32),
];
export const teredo = protocol('teredo', {
  message: true, label: 'Teredo IPv6 over UDP tunneling', column: 'Teredo', reference: 'RFC 4380 section 5.1.1', over: { 'udp.port': [3544] },
  header: [
    pick(indicator, { [AUTHENTICATION]: [
      gap(16), uint('auth.idlen', 8, 'Client identifier length'), uint('auth.aulen', 8, 'Authentication value length'), within('auth.idlen', [bytes('auth.id', 'Client identifier')]), within('auth.aulen', [bytes('auth.value', 'Authentication value')]),
      { ...blob('auth.nonce', 'Nonce value'), width: 64 }, { ...blob('auth.conf', 'Confirmation byte'), width: 8 },
    ] }),
    pick(indicator, { [ORIGIN]: origin }),
    derived('carried', '', version, { hidden: true }),
  ],
  next: { table: 'ip.version', keys: ['carried'] },
  summary: (l) => (l.has('orig.addr') ? `from ${l.text('orig.addr')}:${l.text('orig.port')}` : ''), title: () => '',
});

/** Anything in anything, as one tunnel broker had it. */
export const ayiya = protocol('ayiya', {
  message: true, label: 'Anything in Anything Protocol', column: 'AYIYA', reference: 'draft-massar-v6ops-ayiya-02 section 3', over: { 'udp.port': [5072] },
  header: [
    uint('idlen', 4, 'Identity field length', { say: (n) => `${2 ** n} bytes` }), uint('idtype', 4, 'Identity field type'), uint('siglen', 4, 'Signature length', { scale: 4, unit: 'bytes' }), uint('hshmeth', 4, 'Hash method'),
    uint('authmeth', 4, 'Authentication method'), uint('opcode', 4, 'Operation Code'), uint('nextheader', 8, 'Next Header', { strings: IP_PROTOCOLS }), hex('epoch', 32, 'Epoch'),
    derived('idbytes', '', (b, _at, _end, start) => 2 ** (b[start]! >> 4), { hidden: true }), within('idbytes', [bytes('identity', 'Identity')]), within('siglen', [bytes('signature', 'Signature')]),
  ],
  next: { table: 'ip.proto', keys: ['nextheader'] },
  summary: (l) => l.words('nextheader'), title: () => '', carries: (l) => typeWords(l, 'nextheader', 'protocol'),
});

/** What is behind the numbers is encrypted. */
export const esp = protocol('esp', {
  message: true, label: 'Encapsulating Security Payload', column: 'ESP', reference: 'RFC 4303 section 2', over: { 'ip.proto': [50], udpencap: [1] },
  header: [hex('spi', 32, 'ESP SPI'), uint('sequence', 32, 'ESP Sequence'), bytes('encrypted_data', 'Encrypted data')],
  summary: (l) => `SPI ${l.text('spi')}`, title: () => '', info: (l) => `ESP (SPI=${l.text('spi')})`,
});

const KEEPALIVE = 0xff;
const encapsulated: Probe = (b, at, end) => (end - at === 1 && b[at] === KEEPALIVE ? 3 : end - at >= 4 && u32(b, at) !== 0 ? 1 : 2);
/** A whole frame in an IP packet. */
export const etherip = protocol('etherip', {
  label: 'Ethernet over IP', column: 'EtherIP', reference: 'RFC 3378 section 3', over: { 'ip.proto': [97] }, header: [uint('ver', 4, 'Version'), gap(12)], next: 'eth', opens: 'promised', summary: () => '', title: () => '',
});

export const udpencap = protocol('udpencap', {
  label: 'UDP Encapsulation of IPsec Packets', column: 'UDPENCAP', reference: 'RFC 3948 section 2', over: { 'udp.port': [4500] }, message: true,
  header: [
    derived('kind', '', encapsulated, { hidden: true }),
    pick('kind', { 2: [{ ...hex('non_esp_marker', 32, 'Non-ESP Marker') }], 3: [hex('nat_keepalive', 8, 'NAT-keepalive packet')] }),
  ],
  next: { table: 'udpencap', keys: ['kind'] }, opens: 'never',
  summary: () => '', title: () => '', info: (l) => (l.has('nat_keepalive') ? 'NAT-keepalive' : ''),
});


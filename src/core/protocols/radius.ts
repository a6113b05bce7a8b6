import { ipv4, uint, type Strings } from '../dissect/field.ts';
import { blob, bytes, tlv, words, type Cases } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';

const CODES: Strings = { 1: 'Access-Request', 2: 'Access-Accept', 3: 'Access-Reject', 4: 'Accounting-Request', 5: 'Accounting-Response', 11: 'Access-Challenge', 12: 'Status-Server', 13: 'Status-Client', 40: 'Disconnect-Request', 41: 'Disconnect-ACK', 42: 'Disconnect-NAK', 43: 'CoA-Request', 44: 'CoA-ACK', 45: 'CoA-NAK' };
const TYPES: Strings = {
  1: 'User-Name', 2: 'User-Password', 3: 'CHAP-Password', 4: 'NAS-IP-Address', 5: 'NAS-Port', 6: 'Service-Type', 7: 'Framed-Protocol', 8: 'Framed-IP-Address', 9: 'Framed-IP-Netmask', 11: 'Filter-Id', 12: 'Framed-MTU', 18: 'Reply-Message', 24: 'State', 25: 'Class', 26: 'Vendor-Specific', 27: 'Session-Timeout',
  28: 'Idle-Timeout', 30: 'Called-Station-Id', 31: 'Calling-Station-Id', 32: 'NAS-Identifier', 40: 'Acct-Status-Type', 42: 'Acct-Input-Octets', 43: 'Acct-Output-Octets', 44: 'Acct-Session-Id', 46: 'Acct-Session-Time', 61: 'NAS-Port-Type', 79: 'EAP-Message', 80: 'Message-Authenticator', 87: 'NAS-Port-Id',
};
const [TEXTS, ADDRESSES, NUMBERS] = [[1, 11, 18, 30, 31, 32, 44, 87], [4, 9], [5, 6, 7, 12, 27, 28, 40, 42, 43, 46, 61]];
const named = (type: number): string => TYPES[type]!.replace(/-/g, '_');
const bodies: Cases = {
  ...Object.fromEntries(TEXTS.map((type) => [type, [words(named(type), TYPES[type]!)]])),
  ...Object.fromEntries(ADDRESSES.map((type) => [type, [ipv4(named(type), TYPES[type]!)]])),
  8: [ipv4('Framed-IP-Address', 'Framed-IP-Address')],
  ...Object.fromEntries(NUMBERS.map((type) => [type, [uint(named(type), 32, TYPES[type]!)]])),
};

export const radius = protocol('radius', {
  label: 'RADIUS Protocol', column: 'RADIUS', reference: 'RFC 2865 section 3; RFC 2866', message: true, over: { 'udp.port': [1645, 1646, 1700, 1812, 1813, 3799] },
  header: [
    uint('code', 8, 'Code', { strings: CODES }), uint('id', 8, 'Packet identifier'), uint('length', 16, 'Length', { unit: 'bytes' }), { ...blob('authenticator', 'Authenticator'), width: 128 },
    tlv({ head: [uint('avp.type', 8, 'Type', { strings: TYPES }), uint('avp.length', 8, 'Length', { unit: 'bytes' })], type: 'avp.type', length: 'avp.length', counts: 'option', of: bodies, otherwise: [bytes('avp.value', 'Value')] }),
  ],
  headerLength: 'length', closed: true, summary: (l) => l.words('code'), title: () => '', info: (l) => `${l.words('code') || `Unknown RADIUS code ${l.text('code')}`} id=${l.text('id')}`,
});

import { flag, flags, hex, ipv6 as address, twice, uint } from '../dissect/field.ts';
import { bytes } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';
import { IP_PROTOCOLS } from './numbers/ip-protocols.ts';

export const ipv6 = protocol('ipv6', {
  label: 'Internet Protocol Version 6', column: 'IPv6', reference: 'RFC 8200 section 3',
  over: { ethertype: [0x86dd], 'ip.version': [6], 'null.family': [24, 28, 30, 0x86dd], 'ip.proto': [41] },
  header: [
    uint('version', 4, 'Version', { also: 'ip.version' }),
    flags('tclass', 'Traffic Class', [uint('tclass.dscp', 6, 'Codepoint'), uint('tclass.ecn', 2, 'Congestion Notification')], { digits: 8 }),
    hex('flow', 20, 'Flow Label'),
    uint('plen', 16, 'Payload Length'), uint('nxt', 8, 'Next Header', { strings: IP_PROTOCOLS }), uint('hlim', 8, 'Hop Limit'),
    address('src', 'Source Address', { also: 'ipv6.addr' }), address('dst', 'Destination Address', { also: 'ipv6.addr' }),
  ],
  payloadLength: 'plen',
  next: { table: 'ip.proto', keys: ['nxt'] },
  summary: (l) => `${l.text('src')} → ${l.text('dst')}`,
  title: (l) => `, Src: ${l.text('src')}, Dst: ${l.text('dst')}`,
  info: (l) => `${l.words('nxt') || 'Unknown'} (${l.text('nxt')})`,
});

/** Hop-by-hop and destination options share a shape; their length leaves out the first 8 bytes. */
const options = (name: string, label: string, proto: number) => protocol(name, {
  label, column: 'IPv6', reference: 'RFC 8200 sections 4.3, 4.6',
  over: { 'ip.proto': [proto] },
  header: [
    uint('nxt', 8, 'Next Header'),
    twice(uint('len', 8, 'Length'), uint('len_oct', 8, 'Length in bytes', { scale: 8, plus: 8 })),
    bytes('options', 'Options'),
  ],
  headerLength: 'len_oct',
  next: { table: 'ip.proto', keys: ['nxt'] },
});

export const hopopts = options('ipv6.hopopts', 'IPv6 Hop-by-Hop Option', 0);
export const dstopts = options('ipv6.dstopts', 'IPv6 Destination Option', 60);

export const fraghdr = protocol('ipv6.fraghdr', {
  label: 'IPv6 Fragment Header', column: 'IPv6', reference: 'RFC 8200 section 4.5',
  over: { 'ip.proto': [44] },
  header: [
    uint('nxt', 8, 'Next Header'), hex('reserved_octet', 8, 'Reserved'), uint('offset', 13, 'Offset'),
    uint('reserved_bits', 2, 'Reserved bits'), flag('more', 'More fragments'), hex('ident', 32, 'Identification'),
  ],
  next: { table: 'ip.proto', keys: ['nxt'], unless: 'offset' },
});

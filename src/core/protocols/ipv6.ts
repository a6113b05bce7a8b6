import { flags, hex, ipv6 as address, uint } from '../dissect/field.ts';
import { derived, type Probe } from '../dissect/part.ts';
import { etherText } from '../dissect/read-tape.ts';
import { protocol } from '../dissect/protocol.ts';
import { typeWords } from './words.ts';
import { DSCP, ECN } from './ipv4.ts';
import { IP_PROTOCOLS } from './numbers/ip-protocols.ts';

const SOURCE = 8;
const DESTINATION = 24;

/** A MAC address inside an interface identifier: ff:fe in its middle, the universal bit turned over (RFC 4291 appendix A). */
const slaac = (name: string, label: string, offset: number) => {
  const is: Probe = (b, _at, _end, start) => ((b[start + offset + 8]! & 2) !== 0 && b[start + offset + 11] === 0xff && b[start + offset + 12] === 0xfe ? 1 : -1);
  const text = (b: Uint8Array, _at: number, _end: number, start: number): string => {
    const id = b.subarray(start + offset + 8, start + offset + 16);
    return etherText(Uint8Array.of(id[0]! ^ 2, id[1]!, id[2]!, id[5]!, id[6]!, id[7]!));
  };
  return derived(`${name}_slaac_mac`, `${label} SLAAC MAC`, is, { type: 'text', text, also: 'ipv6.slaac_mac' });
};

export const ipv6 = protocol('ipv6', {
  label: 'Internet Protocol Version 6', column: 'IPv6', reference: 'RFC 8200 section 3',
  over: { ethertype: [0x86dd], 'ip.version': [6], 'null.family': [24, 28, 30, 0x86dd], 'ip.proto': [41], 'gre.proto': [0x86dd], 'ppp.protocol': [0x57, 0x86dd], 'nsh.next_proto': [2], 'vxlan.next_proto': [2], 'mpls.nibble': [6], 'gtp.carried': [6], 'icmpv6.quoted': [1, 2, 3, 4] },
  together: [[1, 4], [4, 7]],
  header: [
    uint('version', 4, 'Version', { also: 'ip.version' }),
    flags('tclass', 'Traffic Class', [uint('tclass.dscp', 6, 'Codepoint', { strings: DSCP }), uint('tclass.ecn', 2, 'Congestion Notification', { strings: ECN })], { digits: 8 }),
    hex('flow', 20, 'Flow Label'),
    uint('plen', 16, 'Payload Length', { unit: 'bytes' }), uint('nxt', 8, 'Next Header', { strings: IP_PROTOCOLS }), uint('hlim', 8, 'Hop Limit'),
    address('src', 'Source Address', { also: ['ipv6.addr', 'ipv6.src_host', 'ipv6.host'] }),
    address('dst', 'Destination Address', { also: ['ipv6.addr', 'ipv6.dst_host', 'ipv6.host'] }),
    slaac('src', 'Source', SOURCE), slaac('dst', 'Destination', DESTINATION),
  ],
  addresses: { at: 8, bytes: 16 },
  payloadLength: 'plen',
  next: { table: 'ip.proto', keys: ['nxt'] },
  carries: (l) => typeWords(l, 'nxt', 'protocol'),
  summary: (l) => `${l.text('src')} → ${l.text('dst')}`,
  title: (l) => `, Src: ${l.text('src')}, Dst: ${l.text('dst')}`,
  silentWhenCut: true,
  info: (l) => (l.num('nxt') === 59 ? 'IPv6 no next header' : `${l.words('nxt') || 'Unknown'} (${l.text('nxt')})`),
  preset: { version: 6, hlim: 64 },
});

import { hex, twice, uint, type Strings } from '../dissect/field.ts';
import type { Layer } from '../dissect/layer.ts';
import { derived, pick, type Probe } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';
import { typeWords } from './words.ts';
import { ETHERTYPES } from './numbers/ethertypes.ts';

/** Service access points (IEEE 802 numbers). */
const SAPS: Strings = {
  0x00: 'NULL LSAP', 0x02: 'LLC Sub-Layer Management', 0x04: 'SNA Path Control', 0x06: 'TCP/IP', 0x0e: 'PROWAY', 0x42: 'Spanning Tree BPDU', 0x7e: 'ISO 8208',
  0x80: 'Xerox Network Systems', 0x98: 'ARP', 0xaa: 'SNAP', 0xbc: 'Banyan Vines', 0xe0: 'NetWare', 0xf0: 'NetBIOS', 0xfe: 'ISO Network Layer', 0xff: 'Global LSAP',
};
const ORGANISATIONS: Strings = { 0: 'Encapsulated Ethernet', 0x00000c: 'Cisco', 0x0000f8: 'Cisco 802.1H', 0x080007: 'Apple', 0x00a0c6: '3GPP2', 0x0080c2: 'IEEE 802.1' };
/** Behind a length there is LLC (IEEE 802.3 section 3.2.6), unless it starts as Novell's IPX does. */
const LENGTHS = Array.from({ length: 1500 }, (_, i) => i + 1);
const UNNUMBERED = 3; // the low bits of a control byte without sequence numbers; other control fields have two bytes

const SNAP = 0xaa;
/** The Ethernet type behind a SNAP header steers what follows; nothing else in LLC does here. */
const typed = [twice(hex('type', 16, 'Type', { strings: ETHERTYPES }), uint('carried', 16, '', { hidden: true }))];
const none = derived('carried', '', () => -1, { hidden: true });

/** Other organisations' protocols as numbers behind all service access points: Cisco's from 0x10000, Apple's from 0x20000. */
const organised: Probe = (b, at) => {
  const organisation = (b[at - 5]! << 16) | (b[at - 4]! << 8) | b[at - 3]!;
  const base = organisation === 0x00000c ? 0x10000 : organisation === 0x080007 ? 0x20000 : 0;
  return base === 0 ? -1 : base + ((b[at - 2]! << 8) | b[at - 1]!);
};
const information: Probe = (b, _at, _end, start) => ((b[start + 2]! & 1) === 0 || (b[start + 2]! & 0xef) === UNNUMBERED ? b[start]! & 0xff : -1);

const snap = [
  hex('oui', 24, 'Organization Code', { digits: 6, display: 'dec', strings: ORGANISATIONS }),
  pick('oui', { 0: typed, 0x0000f8: typed, 0x00000c: [hex('cisco_pid', 16, 'Protocol ID'), none], 0x080007: [hex('apple_atalk_pid', 16, 'Protocol ID'), none] }, [hex('pid', 16, 'Protocol ID'), none]), derived('sap', '', organised, { hidden: true }),
];

export const llc = protocol('llc', {
  label: 'Logical-Link Control', column: 'LLC', reference: 'IEEE 802.2 section 3; RFC 1042', over: { ethertype: [4], '802.3': LENGTHS }, accepts: (b, at, end) => Number(at + 2 > end || b[at] !== 0xff || b[at + 1] !== 0xff), // 4 is Linux's own number, in a cooked header
  together: [[3, 8]],
  header: [
    hex('dsap', 8, 'DSAP', { strings: SAPS }), hex('ssap', 8, 'SSAP', { strings: SAPS }),
    pick((b, at, end) => (at < end ? b[at]! & UNNUMBERED : UNNUMBERED), { [UNNUMBERED]: [hex('control', 8, 'Control field', { digits: 4 })] }, [hex('control', 16, 'Control field', { swapped: true })]),
    pick('dsap', { [SNAP]: snap }, [none, derived('sap', '', information, { hidden: true })]),
  ],
  next: { table: 'ethertype', keys: ['carried'], absent: { table: 'llc.dsap', keys: ['sap'] } },
  carries: (l) => (l.has('type') ? typeWords(l, 'type', 'Ethernet type') : l.has('pid') ? typeWords(l, 'pid', 'SNAP protocol') : typeWords(l, 'dsap', 'service access point')),
  summary: (l: Layer) => l.words('type') || l.words('pid') || l.words('dsap') || `DSAP ${l.text('dsap')}`,
  title: () => '',
});

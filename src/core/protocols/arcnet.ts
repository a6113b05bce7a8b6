import { hex, gap, uint } from '../dissect/field.ts';
import { pick } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';

/** LINKTYPE_ARCNET_LINUX: two addresses of one byte, an offset, and a protocol; packets of RFC 1201 are numbered. */
const [IP, ARP] = [212, 213];
const NUMBERED = [gap(8), uint('sequence', 16, 'Sequence')];
export const arcnet = protocol('arcnet', {
  label: 'ARCNET', column: 'ARCNET', reference: 'tcpdump.org/linktypes.html, LINKTYPE_ARCNET_LINUX; RFC 1201',
  header: [
    hex('src', 8, 'Source'), hex('dst', 8, 'Destination'), gap(16), uint('protID', 8, 'Protocol ID', { strings: { 212: 'IP', 213: 'ARP', 214: 'RARP', 240: 'IP (RFC 1051)', 241: 'ARP (RFC 1051)' } }),
    pick('protID', { 210: NUMBERED, 211: NUMBERED, [IP]: NUMBERED, [ARP]: NUMBERED, 214: NUMBERED, 215: NUMBERED }),
  ],
  next: { table: 'arcnet.protID', keys: ['protID'] }, opens: 'promised', summary: (l) => `${l.text('src')} → ${l.text('dst')}`, title: () => '', info: (l) => l.words('protID'),
});

import { flag, flags, gap, hex, uint } from '../dissect/field.ts';
import { bytes, pick, within } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';

/** What Juniper's routers put before an Ethernet frame that they capture themselves: a magic number, flags, and extensions that say of which interface. */
export const juniper = protocol('juniper', {
  label: 'Juniper Ethernet', column: 'Juniper', reference: 'tcpdump.org/linktypes.html, LINKTYPE_JUNIPER_ETHER', message: true, over: { link: [178] },
  header: [
    hex('magic-number', 24, 'Magic Number'), flags('flags', 'Flags', [flag('extensions', 'Extensions present'), gap(5), hex('l2hdr', 1, 'L2 header presence', { strings: { 0: 'Present', 1: 'not-Present' } }), hex('direction', 1, 'Direction', { strings: { 0: 'Out', 1: 'In' } })]),
    pick('extensions', { 1: [uint('ext_total_len', 16, 'Extension(s) Total length', { unit: 'bytes' }), within('ext_total_len', [bytes('ext', 'Extensions')])] }),
  ],
  summary: (l) => `${l.words('direction')}`, title: () => '', next: { table: 'juniper.l2hdr', keys: ['l2hdr'] },
});

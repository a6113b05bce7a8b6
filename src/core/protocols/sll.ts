import { u16 } from '../bytes/read.ts';
import { ether, gap, hex, ipv4, twice, uint, type Strings } from '../dissect/field.ts';
import type { Layer } from '../dissect/layer.ts';
import { blob, pick, type Part } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';
import { typeWords } from './words.ts';
import { ETHERTYPES } from './numbers/ethertypes.ts';

const PACKET_TYPES = { 0: 'Unicast to us', 1: 'Broadcast', 2: 'Multicast', 3: 'Unicast to another host', 4: 'Sent by us' };
const HARDWARE = { 1: 'Ethernet', 512: 'PPP', 768: 'IP tunnel', 772: 'Loopback', 776: 'IPv6 in IPv4', 778: 'GRE over IP', 801: 'IEEE 802.11', 803: 'IEEE 802.11 with radiotap', 824: 'Netlink', 65534: 'none' };
const LENGTHS = { 1: '802.3 frame without LLC', 4: '802.2 LLC', 12: 'CAN' };
const GRE_DEVICE = 778;
const LEAST_ETHERTYPE = 1537;

const rest = (n: number): Part[] => (n === 0 ? [] : [{ ...blob('unused', 'Unused'), width: n * 8 }]);
const other = (n: number): Part[] => (n === 0 ? [] : [{ ...blob('src.other', 'Source'), width: n * 8 }]);
/** Eight bytes for an address, of which the sender says how many it used (tcpdump.org/linktypes.html, LINKTYPE_LINUX_SLL). */
const address = pick('halen', {
  6: [ether('src.eth', 'Source'), ...rest(2)], 4: [ipv4('src.ipv4', 'Source'), ...rest(4)], ...Object.fromEntries([0, 1, 2, 3, 5, 7].map((n) => [n, [...other(n), ...rest(8 - n)]])),
}, other(8));

const kind = (hatype: number, type: number): number => (hatype === GRE_DEVICE ? 2 : type < LEAST_ETHERTYPE ? 1 : 0);
/** Under whichever name, it says what is carried. */
const carrying = (name: string, strings: Strings): Part[] => [twice(hex(name, 16, 'Protocol', { strings }), uint('carried', 16, '', { hidden: true }))];
const typed = carrying('etype', ETHERTYPES);
const untyped = carrying('ltype', LENGTHS);
const tunnelled = carrying('gretype', ETHERTYPES);
const said = (l: Layer): string => [l.words('pkttype'), l.text('src.eth') || l.text('src.ipv4')].filter(Boolean).join(', ');

const spec = {
  column: 'SLL', short: 'Linux cooked', through: { name: 'ethertype', when: ['etype'] }, trailer: { bytes: blob('trailer', 'Trailer') }, summary: said, carries: (l: Layer) => typeWords(l, l.has('etype') ? 'etype' : l.has('gretype') ? 'gretype' : 'ltype', 'type'),
  title: () => '', info: (l: Layer) => l.words('pkttype') || `Unknown (${l.text('pkttype')})`,
};

/** What a capture on Linux's `any` device has instead of a link header. */
export const sll = protocol('sll', {
  ...spec, label: 'Linux cooked capture v1', reference: 'tcpdump.org/linktypes.html, LINKTYPE_LINUX_SLL', together: [[0, 4]],
  header: [
    uint('pkttype', 16, 'Packet type', { strings: PACKET_TYPES }), uint('hatype', 16, 'Link-layer address type', { strings: HARDWARE }),
    uint('halen', 16, 'Link-layer address length', { unit: 'bytes' }), address,
    pick((b, at, end, start) => (at + 2 > end ? -1 : kind(u16(b, start + 2), u16(b, at))), { 1: untyped, 2: tunnelled }, typed),
  ],
  next: { table: 'ethertype', keys: ['carried'] },
});

/** The newer form, with the interface's index. */
export const sll2 = protocol('sll2', {
  ...spec, prefix: 'sll', path: 'sll', label: 'Linux cooked capture v2', reference: 'tcpdump.org/linktypes.html, LINKTYPE_LINUX_SLL2', together: [[0, 12]],
  header: [
    pick((b, at, end) => (at + 10 > end ? -1 : kind(u16(b, at + 8), u16(b, at))), { 1: untyped, 2: tunnelled }, typed),
    gap(16), uint('ifindex', 32, 'Interface index'), uint('hatype', 16, 'Link-layer address type', { strings: HARDWARE }),
    uint('pkttype', 8, 'Packet type', { strings: PACKET_TYPES }), uint('halen', 8, 'Link-layer address length', { unit: 'bytes' }), address,
  ],
  next: { table: 'ethertype', keys: ['carried'] },
});

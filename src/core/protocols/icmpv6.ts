import { flag, flags, gap, hex, ipv6, uint, type FieldSpec, type Strings } from '../dissect/field.ts';
import type { InfoContext } from '../dissect/info.ts';
import type { Layer } from '../dissect/layer.ts';
import { blob, bytes, pick, repeat, type Part } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';
import { neighbourOptions, PREFERENCES } from './icmpv6-options.ts';

interface Message { readonly name: string; readonly codes?: Strings; readonly body: readonly Part[]; readonly says?: (l: Layer) => string }

const reserved = (width: number): FieldSpec => ({ ...blob('reserved', 'Reserved'), width });
const echo = [hex('echo.identifier', 16, 'Identifier'), uint('echo.sequence_number', 16, 'Sequence')];
const seen = (l: Layer): string => ` id=${l.text('echo.identifier')}, seq=${l.text('echo.sequence_number')}, hop limit=${hopLimit(l)}`;
const hopLimit = (l: Layer): string => { let at = l.outer; while (at && !at.has('hlim')) at = at.outer; return at?.text('hlim') ?? '?'; };
/** The link-layer address of an option, as Wireshark's line tells it. */
const from = (l: Layer, name: string, word: string): string => { const mac = l.text(name); return mac ? ` ${word} ${mac}` : ''; };

const routerAdvertisement = [
  uint('nd.ra.cur_hop_limit', 8, 'Cur hop limit'),
  flags('nd.ra.flag', 'Flags', [
    flag('nd.ra.flag.m', 'Managed address configuration'), flag('nd.ra.flag.o', 'Other configuration'), flag('nd.ra.flag.h', 'Home Agent'), uint('nd.ra.flag.prf', 2, 'Prf (Default Router Preference)', { strings: PREFERENCES }),
    flag('nd.ra.flag.p', 'ND Proxy'), uint('nd.ra.flag.rsv', 2, 'Reserved'),
  ]),
  uint('nd.ra.router_lifetime', 16, 'Router lifetime', { unit: 'seconds' }), uint('nd.ra.reachable_time', 32, 'Reachable time', { unit: 'milliseconds' }), uint('nd.ra.retrans_timer', 32, 'Retrans timer', { unit: 'milliseconds' }),
  neighbourOptions,
];
const advertisement = [
  flags('nd.na.flag', 'Flags', [flag('nd.na.flag.r', 'Router'), flag('nd.na.flag.s', 'Solicited'), flag('nd.na.flag.o', 'Override'), uint('nd.na.flag.rsv', 29, 'Reserved')], { digits: 8 }),
  ipv6('nd.na.target_address', 'Target Address'), neighbourOptions,
];
const redirect = [reserved(32), ipv6('nd.rd.target_address', 'Target Address'), ipv6('rd.na.destination_address', 'Destination Address'), neighbourOptions];

const V1_QUERY = 24; // bytes; a longer one is of version 2 (RFC 3810 section 8.1)
const listener = (field: FieldSpec): Part[] => [field, reserved(16), ipv6('mld.multicast_address', 'Multicast Address')];
const query = [pick((_b, at, end, start) => (end - start > V1_QUERY && at >= start ? 2 : 1), {
  2: [
    ...listener(uint('mld.maximum_response_code', 16, 'Maximum Response Code', { unit: 'milliseconds' })),
    flags('mld.flag', 'Flags', [uint('mld.flag.reserved', 4, 'Reserved'), flag('mld.flag.s', 'Suppress Router-Side Processing'), uint('mld.flag.qrv', 3, "QRV (Querier's Robustness Variable)")]),
    uint('mld.qqi', 8, "QQIC (Querier's Query Interval Code)"), uint('mld.nb_sources', 16, 'Number of Sources'), repeat('mld.nb_sources', [ipv6('mld.source_address', 'Source Address')]),
  ],
}, listener(uint('mld.maximum_response_delay', 16, 'Maximum Response Delay', { unit: 'milliseconds' })))];
const RECORDS: Strings = { 1: 'Include', 2: 'Exclude', 3: 'Changed to include', 4: 'Changed to exclude', 5: 'Allow new sources', 6: 'Block old sources' };
const report = [reserved(16), uint('mldr.nb_mcast_records', 16, 'Number of Multicast Address Records'), repeat('mldr.nb_mcast_records', [
  uint('mldr.mar.record_type', 8, 'Record Type', { strings: RECORDS }), uint('mldr.mar.aux_data_len', 8, 'Aux Data Len', { unit: 'words' }), uint('mldr.mar.nb_sources', 16, 'Number of Sources'),
  ipv6('mldr.mar.multicast_address', 'Multicast Address'), repeat('mldr.mar.nb_sources', [ipv6('mldr.mar.source_address', 'Source Address')]),
  repeat('mldr.mar.aux_data_len', [{ ...blob('mldr.mar.auxiliary_data', 'Auxiliary Data'), width: 32 }]),
])];
const v1 = listener(uint('mld.maximum_response_delay', 16, 'Maximum Response Delay', { unit: 'milliseconds' }));

const MESSAGES: Readonly<Record<number, Message>> = {
  1: { name: 'Destination Unreachable', body: [reserved(32)], codes: {
    0: 'no route to destination', 1: 'Administratively prohibited', 2: 'Beyond scope of source address', 3: 'Address unreachable', 4: 'Port unreachable', 5: 'Source address failed ingress/egress policy', 6: 'Reject route to destination', 7: 'Error in Source Routing Header' } },
  2: { name: 'Packet Too Big', body: [uint('mtu', 32, 'MTU', { unit: 'bytes' })] },
  3: { name: 'Time Exceeded', body: [reserved(32)], codes: { 0: 'hop limit exceeded in transit', 1: 'fragment reassembly time exceeded' } },
  4: { name: 'Parameter Problem', body: [uint('pointer', 32, 'Pointer')], codes: {
    0: 'erroneous header field encountered', 1: 'unrecognized Next Header type encountered', 2: 'unrecognized IPv6 option encountered', 3: 'IPv6 First Fragment has incomplete IPv6 Header Chain' } },
  128: { name: 'Echo (ping) request', body: echo, says: seen },
  129: { name: 'Echo (ping) reply', body: echo, says: seen },
  130: { name: 'Multicast Listener Query', body: query },
  131: { name: 'Multicast Listener Report', body: v1 },
  132: { name: 'Multicast Listener Done', body: v1 },
  133: { name: 'Router Solicitation', body: [reserved(32), neighbourOptions], says: (l) => from(l, 'opt.src_linkaddr', 'from') },
  134: { name: 'Router Advertisement', body: routerAdvertisement, says: (l) => from(l, 'opt.src_linkaddr', 'from') },
  135: { name: 'Neighbor Solicitation', body: [reserved(32), ipv6('nd.ns.target_address', 'Target Address'), neighbourOptions], says: (l) => ` for ${l.text('nd.ns.target_address')}${from(l, 'opt.src_linkaddr', 'from')}` },
  136: { name: 'Neighbor Advertisement', body: advertisement, says: (l) => ` ${l.text('nd.na.target_address')} (${naFlags(l)})${from(l, 'opt.target_linkaddr', 'is at')}` },
  137: { name: 'Redirect', body: redirect, says: (l) => from(l, 'opt.target_linkaddr', 'is at') },
  138: { name: 'Router Renumbering', body: [bytes('data', 'Data')] },
  139: { name: 'Node Information Query', body: [bytes('data', 'Data')] },
  140: { name: 'Node Information Reply', body: [bytes('data', 'Data')] },
  143: { name: 'Multicast Listener Report Message v2', body: report },
};

const naFlags = (l: Layer): string => [['r', 'rtr'], ['s', 'sol'], ['o', 'ovr']].filter(([name]) => l.num(`nd.na.flag.${name!}`) === 1).map(([, word]) => word).join(', ');
const bodies = Object.fromEntries(Object.entries(MESSAGES).map(([type, { body }]) => [type, body]));
const names = Object.fromEntries(Object.entries(MESSAGES).map(([type, { name }]) => [type, name]));

function line(l: Layer, more: InfoContext): string {
  const message = MESSAGES[l.num('type')];
  if (!message) return l.has('type') ? `Unknown (${l.text('type')})` : '';
  const code = message.codes ? ` (${message.codes[l.num('code')] ?? `Unknown (${l.text('code')})`})` : '';
  return `${message.name}${code}${message.says?.(l) ?? ''}${more.link ? ` (${more.link})` : ''}`;
}

export const icmpv6 = protocol('icmpv6', {
  label: 'Internet Control Message Protocol v6', column: 'ICMPv6', reference: 'RFC 4443; RFC 4861 section 4; RFC 2710; RFC 3810 section 5',
  over: { 'ip.proto': [58] },
  header: [uint('type', 8, 'Type', { strings: names }), uint('code', 8, 'Code'), hex('checksum', 16, 'Checksum'), pick('type', bodies, [gap(0)])],
  opens: 'promised',
  quotes: true,
  summary: (l) => { const { name = `type ${l.text('type')}`, codes } = MESSAGES[l.num('type')] ?? {}; return codes?.[l.num('code')] ? `${name} (${codes[l.num('code')]!})` : name; },
  info: line,
  next: { table: 'icmpv6.quoted', keys: ['type'] },
  checksum: { field: 'checksum', over: 'pseudo' },
});

import { flag, flags, hex, ipv4, uint, type FieldSpec, type Strings } from '../dissect/field.ts';
import { u16 } from '../bytes/read.ts';
import { blob, bytes, fill, pick, tlv, within, type Part, type Probe } from '../dissect/part.ts';
import type { Layer } from '../dissect/layer.ts';
import { protocol } from '../dissect/protocol.ts';

const MESSAGES: Strings = { 1: 'OPEN Message', 2: 'UPDATE Message', 3: 'NOTIFICATION Message', 4: 'KEEPALIVE Message', 5: 'ROUTE-REFRESH Message', 6: 'CAPABILITY Message' };
const ERRORS: Strings = { 1: 'Message Header Error', 2: 'OPEN Message Error', 3: 'UPDATE Message Error', 4: 'Hold Timer Expired', 5: 'Finite State Machine Error', 6: 'Cease', 7: 'ROUTE-REFRESH Message Error' };
const ATTRIBUTES: Strings = { 1: 'ORIGIN', 2: 'AS_PATH', 3: 'NEXT_HOP', 4: 'MULTI_EXIT_DISC', 5: 'LOCAL_PREF', 6: 'ATOMIC_AGGREGATE', 7: 'AGGREGATOR', 8: 'COMMUNITIES', 9: 'ORIGINATOR_ID', 10: 'CLUSTER_LIST', 14: 'MP_REACH_NLRI', 15: 'MP_UNREACH_NLRI', 16: 'EXTENDED_COMMUNITIES', 17: 'AS4_PATH', 18: 'AS4_AGGREGATOR', 32: 'LARGE_COMMUNITY' };
/** Wireshark has a field for the codes of each error. */
const MINORS = [[1, 'minor_error'], [2, 'minor_error_open'], [3, 'minor_error_update'], [4, 'minor_error_expired'], [5, 'minor_error_state'], [6, 'minor_error_cease']] as const;
const [OPEN, UPDATE, NOTIFICATION] = [1, 2, 3];
const HEADER = 19; // bytes: a marker of ones, a length, a type

const marker: FieldSpec = { ...blob('marker', 'Marker'), width: 128 };
const value: Readonly<Record<number, readonly Part[]>> = {
  1: [uint('update.path_attribute.origin', 8, 'Origin', { strings: { 0: 'IGP', 1: 'EGP', 2: 'INCOMPLETE' } })], 3: [ipv4('update.path_attribute.next_hop', 'Next hop')], 4: [uint('update.path_attribute.multi_exit_disc', 32, 'Multiple exit discriminator')], 5: [uint('update.path_attribute.local_pref', 32, 'Local preference')],
};
const [LENGTH, TYPE] = ['update.path_attribute.length', 'update.path_attribute.type_code'];
const rest: Part[] = [within(LENGTH, [pick(TYPE, value, [bytes('update.path_attribute.value', 'Value')])])];
const attribute: Part[] = [
  flags('update.path_attribute.flags', 'Flags', [flag('update.path_attribute.flags.optional', 'Optional'), flag('update.path_attribute.flags.transitive', 'Transitive'), flag('update.path_attribute.flags.partial', 'Partial'), flag('update.path_attribute.flags.extended_length', 'Extended-Length'), hex('update.path_attribute.flags.unused', 4, 'Unused')]),
  uint(TYPE, 8, 'Type Code', { strings: ATTRIBUTES }), pick('update.path_attribute.flags.extended_length', { 1: [uint(LENGTH, 16, 'Length')] }, [uint(LENGTH, 8, 'Length')]), ...rest,
];
const bodies: Readonly<Record<number, readonly Part[]>> = {
  [OPEN]: [uint('open.version', 8, 'Version'), uint('open.myas', 16, 'My AS'), uint('open.holdtime', 16, 'Hold Time'), ipv4('open.identifier', 'BGP Identifier'), uint('open.opt.len', 8, 'Optional Parameters Length'), within('open.opt.len', [tlv({
    head: [uint('open.opt.param.type', 8, 'Parameter Type'), uint('open.opt.param.len', 8, 'Parameter Length')], type: 'open.opt.param.type', length: 'open.opt.param.len', counts: 'body', of: {}, otherwise: [bytes('open.opt.param.value', 'Value')],
  })])],
  [UPDATE]: [
    uint('update.withdrawn_routes.length', 16, 'Withdrawn Routes Length'), within('update.withdrawn_routes.length', [bytes('update.withdrawn_routes', 'Withdrawn Routes')]),
    uint('update.path_attributes.length', 16, 'Total Path Attribute Length'), within('update.path_attributes.length', [fill(attribute)]), bytes('update.nlri', 'Network Layer Reachability Information'),
  ],
  [NOTIFICATION]: [uint('notify.major_error', 8, 'Major error Code', { strings: ERRORS }), pick('notify.major_error', Object.fromEntries(MINORS.map(([major, name]) => [major, [uint(`notify.${name}`, 8, 'Minor error Code')]])), [uint('notify.minor_error_unknown', 8, 'Minor error Code')]), bytes('notify.minor_data', 'Data')],
};
/** A whole header with a marker, and a length that a message may have. */
const isMessage: Probe = (b, at, end) => Number(at + HEADER <= end && b[at] === 0xff && b[at + 15] === 0xff && u16(b, at + 16) >= HEADER);
const said = (l: Layer): string => l.entries().filter(({ name }) => name === 'type').map(({ num }) => MESSAGES[num] ?? `Unknown Message (${num})`).join(', ') || 'Continuation';

export const bgp = protocol('bgp', {
  label: 'Border Gateway Protocol', column: 'BGP', reference: 'RFC 4271 section 4', message: true, over: { 'tcp.port': [179] },
  header: [fill([pick(isMessage, { 1: [
    marker, uint('length', 16, 'Length', { unit: 'bytes' }), uint('type', 8, 'Type', { strings: MESSAGES }), { part: 'derived', field: uint('body', 0, '', { hidden: true }), value: (b, at) => Math.max(0, u16(b, at - 3) - HEADER), span: 0 }, within('body', [pick('type', bodies, [bytes('data', 'Data')])]),
  ] }, [bytes('continuation', 'Continuation')])])],
  summary: said, title: () => '', info: said,
});

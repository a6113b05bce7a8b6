import { ether, flag, flags, hex, uint, type FieldSpec } from '../dissect/field.ts';
import { blob, bytes } from '../dissect/part.ts';
import type { Layer } from '../dissect/layer.ts';
import { protocol } from '../dissect/protocol.ts';

/** Protocols of a few frames a second; the subtype says which (IEEE 802.3 annex 57A). */
export const slow = protocol('slow', {
  label: 'Slow Protocols', column: 'Slow Protocols', reference: 'IEEE 802.3 annex 57A', message: true, over: { ethertype: [0x8809] },
  header: [hex('subtype', 8, 'Slow Protocols subtype', { strings: { 1: 'LACP', 2: 'Marker Protocol', 3: 'OAM', 10: 'Organization Specific Slow Protocol' } })],
  summary: (l) => l.words('subtype'), title: () => '', info: (l) => l.words('subtype'), next: { table: 'slow.subtype', keys: ['subtype'] },
});

const STATES = ['activity', 'timeout', 'aggregation', 'synchronization', 'collecting', 'distributing', 'defaulted', 'expired'] as const;
const LABELS = ['LACP Activity', 'LACP Timeout', 'Aggregation', 'Synchronization', 'Collecting', 'Distributing', 'Defaulted', 'Expired'];
const LETTERS = 'EFDCSGSA'; // as Wireshark writes the flags, the highest bit first

const sized = (name: string, label: string, size: number): FieldSpec => ({ ...blob(name, label), width: size * 8 });
const side = (who: 'actor' | 'partner', label: string): FieldSpec[] => [
  hex('tlv_type', 8, 'TLV Type'), hex('tlv_length', 8, 'TLV Length'), uint(`${who}.sys_priority`, 16, `${label} System Priority`), ether(`${who}.sysid`, who === 'actor' ? 'Actor System ID' : 'Partner System'), uint(`${who}.key`, 16, `${label} Key`), uint(`${who}.port_priority`, 16, `${label} Port Priority`),
  uint(`${who}.port`, 16, `${label} Port`), flags(`${who}.state`, `${label} State`, STATES.map((state, bit) => flag(`${who}.state.${state}`, LABELS[bit]!)).toReversed()), sized(`${who}.reserved`, 'Reserved', 3),
];
const text = (l: Layer, who: string): string => `P: ${l.text(`${who}.port`)} K: ${l.text(`${who}.key`)} ${Array.from(LETTERS, (letter, i) => ((l.num(`${who}.state`) >> (7 - i)) & 1 ? letter : '*')).join('')}`;

/** Link aggregation: who speaks, and whom he takes the other end for. */
export const lacp = protocol('lacp', {
  label: 'Link Aggregation Control Protocol', column: 'LACP', reference: 'IEEE 802.1AX section 6.4.2.3', message: true, over: { 'slow.subtype': [1] },
  header: [hex('version', 8, 'LACP Version'), ...side('actor', 'Actor'), ...side('partner', 'Partner'), hex('tlv_type', 8, 'TLV Type'), hex('tlv_length', 8, 'TLV Length'), uint('collector.max_delay', 16, 'Collector Max Delay'), sized('coll_reserved', 'Reserved', 12), hex('tlv_type', 8, 'TLV Type'), hex('tlv_length', 8, 'TLV Length'), bytes('pad', 'Pad')],
  closed: true, summary: (l) => l.text('actor.sysid'), title: () => '',
  info: (l) => `v${l.num('version')} ACTOR ${l.text('actor.sysid')} ${text(l, 'actor')} PARTNER ${l.text('partner.sysid')} ${text(l, 'partner')}`,
});

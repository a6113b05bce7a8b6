import { flag, flags, gap, ipv6, uint, type FieldSpec, type Strings } from '../dissect/field.ts';
import { blob, bytes, fill, pick, tlv, type Cases, type Part } from '../dissect/part.ts';

const TYPES: Strings = {
  1: 'Source link-layer address', 2: 'Target link-layer address', 3: 'Prefix information', 4: 'Redirected header', 5: 'MTU', 6: 'NBMA Shortcut Limit Option', 7: 'Advertisement Interval', 8: 'Home Agent Information',
  9: 'Source Address List', 10: 'Target Address List', 11: 'CGA option', 12: 'RSA Signature option', 13: 'Timestamp option', 14: 'Nonce option', 15: 'Trust Anchor option', 16: 'Certificate option', 17: 'IP Address/Prefix Option',
  24: 'Route Information', 25: 'Recursive DNS Server', 26: 'RA Flags Extension', 31: 'DNS Search List Option', 33: 'Address Registration Option', 34: '6LoWPAN Context Option', 37: 'Captive Portal', 38: 'PREF64 Option',
};
const INFINITY = 0xffff_ffff;
export const PREFERENCES: Strings = { 0: 'Medium', 1: 'High', 2: 'Reserved', 3: 'Low' };

const reserved = (width: number): FieldSpec => ({ ...blob('opt.reserved', 'Reserved'), width });
const lifetime = (name: string, label: string): FieldSpec => uint(name, 32, label, { unit: 'seconds', say: (n) => (n === INFINITY ? 'Infinity' : '') });
/** All that the option holds: six bytes on Ethernet. */
const linkAddress = (whose: string, label: string): Part[] => [
  { part: 'rest', field: { ...blob(`opt.${whose}_linkaddr`, label), display: 'colons', also: 'icmpv6.opt.linkaddr' } },
];

const bodies: Cases = {
  1: linkAddress('src', 'Source Link-layer address'), 2: linkAddress('target', 'Target Link-layer address'),
  3: [
    uint('opt.prefix.length', 8, 'Prefix Length'),
    flags('opt.prefix.flag', 'Flag', [
      flag('opt.prefix.flag.l', 'On-link flag(L)'), flag('opt.prefix.flag.a', 'Autonomous address-configuration flag(A)'), flag('opt.prefix.flag.r', 'Router address flag(R)'), uint('opt.prefix.flag.reserved', 5, 'Reserved'),
    ]),
    lifetime('opt.prefix.valid_lifetime', 'Valid Lifetime'), lifetime('opt.prefix.preferred_lifetime', 'Preferred Lifetime'), reserved(32), ipv6('opt.prefix', 'Prefix'),
  ],
  4: [reserved(48), bytes('opt.redirected_packet', 'Redirected Packet')],
  5: [reserved(16), uint('opt.mtu', 32, 'MTU', { unit: 'bytes' })],
  7: [reserved(16), uint('opt.advertisement_interval', 32, 'Advertisement Interval', { unit: 'milliseconds' })],
  8: [reserved(16), uint('opt.home_agent_preference', 16, 'Home Agent Preference'), uint('opt.home_agent_lifetime', 16, 'Home Agent Lifetime', { unit: 'seconds' })],
  14: [bytes('opt.nonce', 'Nonce')],
  24: [
    uint('opt.prefix.length', 8, 'Prefix Length'),
    flags('opt.route_info.flag', 'Flag', [gap(3), uint('opt.route_info.flag.route_preference', 2, 'Route Preference', { strings: PREFERENCES }), gap(3)]),
    lifetime('opt.route_lifetime', 'Route Lifetime'), pick('opt.length', { 3: [ipv6('opt.prefix', 'Prefix')] }, [bytes('opt.prefix_bytes', 'Prefix')]),
  ],
  25: [reserved(16), lifetime('opt.rdnss.lifetime', 'Lifetime'), fill([ipv6('opt.rdnss', 'Recursive DNS Servers')])],
  31: [reserved(16), lifetime('opt.dnssl.lifetime', 'Lifetime'), bytes('opt.dnssl_names', 'Domain Names')],
};

/** Neighbour discovery options (RFC 4861 section 4.6, RFC 4191, RFC 8106); their length counts units of 8 bytes. */
export const neighbourOptions = tlv({
  head: [uint('opt.type', 8, 'Type', { strings: TYPES }), { ...uint('opt.length', 8, 'Length'), views: [{ at: 0, field: uint('opt.bytes', 8, '', { scale: 8, hidden: true }) }] }],
  type: 'opt.type', length: 'opt.bytes', counts: 'option', of: bodies, otherwise: [bytes('opt.data', 'Data')],
});

import { onesSum } from '../../bytes/checksum.ts';
import { u8 } from '../../bytes/read.ts';
import { ICMP, ICMPV6, type PacketView, TCP, UDP } from '../packet/packet-view.ts';
import { RuleError } from '../rule-error.ts';
import { NOTHING_SEEN } from '../signature.ts';
import { checksumHolds, transportSum } from '../packet/checksum.ts';
import type { Keyword } from './keyword.ts';

/** A checksum that a keyword judges: whether the packet has it, where it stands, whether it is right. */
interface Sum { readonly name: string; readonly label: string; has(p: PacketView): boolean; place(p: PacketView): number; holds(p: PacketView): boolean }

const IGMP = 2;
const over = (name: string, label: string, version: number, protocol: number, field: number): Sum => ({
  name, label, has: (p) => p.ipVersion === version && p.protocol === protocol && p.transport >= 0, place: (p) => p.transport + field, holds: checksumHolds,
});

/** Suricata's keywords; whether a packet whose UDP sum is 0 (RFC 768: not used) is right is left to `checksumHolds`. */
const SUMS: readonly Sum[] = [
  {
    name: 'ipv4-csum', label: 'the IPv4 header’s checksum', has: (p) => p.ipVersion === 4, place: (p) => p.ip + 10,
    holds: (p) => onesSum(p.bytes, p.ip, p.ip + (u8(p.bytes, p.ip) & 0x0f) * 4, 0) === 0xffff,
  },
  over('tcpv4-csum', 'the TCP checksum over IPv4', 4, TCP, 16), over('tcpv6-csum', 'the TCP checksum over IPv6', 6, TCP, 16), over('udpv4-csum', 'the UDP checksum over IPv4', 4, UDP, 6),
  over('udpv6-csum', 'the UDP checksum over IPv6', 6, UDP, 6), over('icmpv4-csum', 'the ICMP checksum', 4, ICMP, 2), over('icmpv6-csum', 'the ICMPv6 checksum', 6, ICMPV6, 2),
  { ...over('igmp-csum', 'the IGMP checksum', 4, IGMP, 2), holds: (p) => transportSum(p, false) === 0xffff },
];

const checksum = (sum: Sum): Keyword => ({
  names: [sum.name], summary: `Whether ${sum.label} is right.`, form: `${sum.name}:valid|invalid;`, value: 'required', once: true,
  read(option, rule) {
    const value = (option.value ?? '').replace(/^"(.*)"$/, '$1').trim().toLowerCase();
    if (value !== 'valid' && value !== 'invalid') throw new RuleError(`“${value}” is no state of a checksum`, option.valueAt, Math.max(1, value.length), 'Write valid or invalid.');
    const wanted = value === 'valid';
    rule.conditions.push({
      keyword: sum.name, source: option.source, wanted: `${sum.label} is ${wanted ? 'right' : 'wrong'}`,
      test: (p) => sum.has(p) && (p.trusted || sum.holds(p)) === wanted,
      see: (p) => (sum.has(p) ? { text: sum.holds(p) ? 'right' : 'wrong', from: sum.place(p), to: sum.place(p) + 2 } : NOTHING_SEEN),
    });
  },
});

export const checksums: readonly Keyword[] = SUMS.map(checksum);

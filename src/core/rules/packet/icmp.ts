import { u8 } from '../../bytes/read.ts';
import type { PacketView } from './packet-view.ts';

// Types and codes of ICMP that Suricata's decoders know, and what is wrong with the rest (decode-icmpv4.c, decode-icmpv6.c).

const HEADER = 8;
const IPV4_HEADER = 20;
const IPV6_HEADER = 40;

/** The highest code of a type (IANA), and whether it quotes the datagram that it is about. */
interface Known { readonly codes: number; readonly quotes?: true }

const V4: ReadonlyMap<number, Known> = new Map<number, Known>([
  [0, { codes: 0 }], [3, { codes: 15, quotes: true }], [4, { codes: 0, quotes: true }], [5, { codes: 3, quotes: true }], [8, { codes: 0 }], [9, { codes: 16 }], [10, { codes: 0 }], [11, { codes: 1, quotes: true }],
  [12, { codes: 2, quotes: true }], [13, { codes: 0 }], [14, { codes: 0 }], [15, { codes: 0 }], [16, { codes: 0 }], [17, { codes: 0 }], [18, { codes: 0 }],
]);
const V6: ReadonlyMap<number, Known> = new Map<number, Known>([
  [1, { codes: 8, quotes: true }], [2, { codes: 0, quotes: true }], [3, { codes: 1, quotes: true }], [4, { codes: 3, quotes: true }], [128, { codes: 0 }], [129, { codes: 0 }], [130, { codes: 0 }], [131, { codes: 0 }], [132, { codes: 0 }],
  [133, { codes: 0 }], [134, { codes: 0 }], [135, { codes: 0 }], [136, { codes: 0 }], [137, { codes: 0 }], [138, { codes: 255 }], [139, { codes: 2 }], [140, { codes: 2 }], [141, { codes: 0 }], [142, { codes: 0 }], [143, { codes: 0 }],
  [144, { codes: 0 }], [145, { codes: 0 }], [146, { codes: 0 }], [147, { codes: 0 }], [148, { codes: 0 }], [149, { codes: 0 }], [151, { codes: 0 }], [152, { codes: 0 }], [153, { codes: 0 }], [154, { codes: 0 }],
]);
/** Messages about groups, which come from a neighbour: their hop limit is 1 (RFC 2710 section 3, RFC 3810 section 5). */
const GROUPS: ReadonlySet<number> = new Set([130, 131, 132, 143]);

/** Notes what is wrong with an ICMP message over IPv4. */
export function icmpv4Events(p: PacketView, at: number): void {
  const { bytes: b, ipEnd } = p;
  const known = V4.get(u8(b, at));
  if (known === undefined) return p.event('icmpv4.unknown_type');
  if (u8(b, at + 1) > known.codes) return p.event('icmpv4.unknown_code');
  const quote = at + HEADER;
  if (known.quotes !== true || quote >= ipEnd) return;
  if (quote + IPV4_HEADER > ipEnd) p.event('icmpv4.ipv4_trunc_pkt');
  else if (u8(b, quote) >> 4 !== 4) p.event('icmpv4.ipv4_unknown_ver');
}

/** The same over IPv6, with IANA's types that are not assigned or left to experiments. */
export function icmpv6Events(p: PacketView, at: number): void {
  const { bytes: b, ipEnd } = p;
  const type = u8(b, at);
  if (type === 100 || type === 101 || type === 200 || type === 201) return p.event('icmpv6.experimentation_type');
  if (type === 0 || (type > 4 && type < 100) || (type > 101 && type < 127) || (type > 161 && type < 200)) return p.event('icmpv6.unassigned_type');
  const known = V6.get(type);
  if (known === undefined) return p.event('icmpv6.unknown_type');
  if (GROUPS.has(type) && u8(b, p.ip + 7) !== 1) p.event('icmpv6.mld_message_with_invalid_hl');
  if (u8(b, at + 1) > known.codes) return p.event('icmpv6.unknown_code');
  const quote = at + HEADER;
  if (known.quotes !== true || quote >= ipEnd) return;
  if (quote + IPV6_HEADER > ipEnd) p.event('icmpv6.ipv6_trunc_pkt');
  else if (u8(b, quote) >> 4 !== 6) p.event('icmpv6.ipv6_unknown_version');
}

import { PAYLOAD } from '../match/buffers.ts';
import type { RuleDraft } from './draft.ts';
import type { Header } from './header.ts';

/** How Suricata files a rule (rules/rule-types.rst). It decides when the rule is evaluated, what its contents look at, and whether its action covers the flow. */
export type RuleKind =
  | 'addresses' //        nothing but protocol, addresses and ports: evaluated once in each direction of a flow
  | 'negated addresses' //the same with ! in an address: evaluated on every packet
  | 'protocol' //         nothing but app-layer-protocol besides: evaluated when the protocol of a direction becomes known
  | 'application' //      an application's name in the header and no contents: evaluated on every packet once it is known
  | 'transaction' //      looks at transactions of the application layer: evaluated once for each
  | 'packet' //           looks at each packet
  | 'stream' //           looks for contents in what a TCP stream carries, or in the payload where that did not become part of the stream
  | 'only stream' //      the same without the payload
  | 'packet and stream';//contents at fixed places: looks at both

/** Keywords that leave a rule one about addresses. */
const ADDRESS_KEYWORDS: ReadonlySet<string> = new Set(['ip_proto']);
const OVER_TCP: ReadonlySet<string> = new Set(['ip', 'ipv4', 'ip4', 'ipv6', 'ip6', 'tcp', 'tcp-stream']);
const NO_ADDRESSES: ReadonlySet<string> = new Set(['arp', 'ether', 'pkthdr']);

/** Keywords about a header or a payload, which let a rule look at packets only (SIG_FLAG_REQUIRE_PACKET in detect-*.c). */
const PACKET_KEYWORDS: ReadonlySet<string> = new Set([
  'dsize', 'tcp.flags', 'seq', 'ack', 'tcp.seq', 'tcp.ack', 'tcp.window', 'tcp.mss', 'tcp.wscale', 'ttl', 'tos', 'id', 'fragbits', 'fragoffset', 'ipopts', 'sameip', 'itype', 'icode', 'icmp_id', 'icmp_seq', 'icmpv6.mtu',
  'vlan.id', 'vlan.layers', 'igmp.type', 'ipv4-csum', 'tcpv4-csum', 'tcpv6-csum', 'udpv4-csum', 'udpv6-csum', 'icmpv4-csum', 'icmpv6-csum', 'igmp-csum', 'sctp.vtag', 'sctp.chunk_cnt', 'sctp.chunk_type',
]);

/** Whether a rule asks for something that only a captured packet has. */
export const needsPacket = (header: Header, rule: RuleDraft): boolean =>
  header.protocol.name === 'tcp-pkt' || rule.packetOnly || rule.looksAtHeaders || rule.conditions.some(({ keyword }) => PACKET_KEYWORDS.has(keyword));

export function classify(header: Header, rule: RuleDraft): RuleKind {
  const { name, application } = header.protocol;
  if (rule.hasChain(PAYLOAD)) {
    if (rule.streamOnly) return 'only stream';
    if (name === 'tcp-stream') return 'stream';
    if (needsPacket(header, rule) || (application === '' && !OVER_TCP.has(name))) return 'packet';
    return rule.anchored ? 'packet and stream' : 'stream';
  }
  if (rule.asks().length > 0) return 'transaction';
  if (rule.hasChains) return 'packet';
  if (application !== '') return 'application';
  if (rule.conditions.length > 0 && rule.conditions.every(({ keyword }) => keyword === 'app-layer-protocol')) return 'protocol';
  const addresses = !rule.usesFlow && !NO_ADDRESSES.has(name) && rule.conditions.every(({ keyword }) => ADDRESS_KEYWORDS.has(keyword));
  if (!addresses) return 'packet';
  return header.negated ? 'negated addresses' : 'addresses';
}

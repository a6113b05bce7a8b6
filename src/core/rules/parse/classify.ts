import { PAYLOAD } from '../match/buffers.ts';
import type { RuleDraft } from './draft.ts';
import type { Header } from './header.ts';

/** How Suricata files a rule (rules/rule-types.rst). It decides when the rule is evaluated and whether its action covers the flow. */
export type RuleKind =
  | 'addresses' //        nothing but protocol, addresses and ports: evaluated once in each direction of a flow
  | 'negated addresses' //the same with ! in an address: evaluated on every packet
  | 'packet' //           looks at each packet
  | 'stream' //           looks for contents in what a TCP stream carries, or in the payload where there is no stream
  | 'packet and stream';//contents at fixed places: looks at both

/** Keywords that leave a rule one about addresses. */
const ADDRESS_KEYWORDS: ReadonlySet<string> = new Set(['ip_proto']);
const OVER_TCP: ReadonlySet<string> = new Set(['ip', 'ipv4', 'ip4', 'ipv6', 'ip6', 'tcp', 'tcp-stream']);
const NO_ADDRESSES: ReadonlySet<string> = new Set(['arp', 'ether', 'pkthdr']);

export function classify(header: Header, rule: RuleDraft): RuleKind {
  const payload = rule.hasChain(PAYLOAD);
  if (payload) {
    if (header.protocol.name === 'tcp-stream' || rule.streamOnly) return 'stream';
    const packetOnly = rule.packetOnly || rule.conditions.some(({ keyword }) => keyword === 'dsize') || !OVER_TCP.has(header.protocol.name);
    return packetOnly ? 'packet' : rule.anchored ? 'packet and stream' : 'stream';
  }
  const addresses = !rule.usesFlow && !rule.hasChains && !NO_ADDRESSES.has(header.protocol.name) && rule.conditions.every(({ keyword }) => ADDRESS_KEYWORDS.has(keyword));
  if (!addresses) return 'packet';
  return header.negated ? 'negated addresses' : 'addresses';
}

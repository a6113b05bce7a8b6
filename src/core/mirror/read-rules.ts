// A mirror filter and its rules, out of JSON. A rule that makes no sense is left out and told; the others work.

import { contains, parseCidr, type Cidr } from './cidr.ts';
import { PROTOCOL } from './headers.ts';
import { DIRECTION_WORDS, type Direction, type MirrorFilter, type MirrorRule, type PortRange } from './mirror-filter.ts';
import { isObject, numberIn, quoted, textIn, type Json } from './mirror-json.ts';

/** The words that people write for IANA's protocol numbers; AWS itself prints numbers. */
const PROTOCOL_WORDS: ReadonlyMap<string, number> = new Map([
  ['icmp', PROTOCOL.icmp], ['igmp', 2], ['ipip', 4], ['tcp', PROTOCOL.tcp], ['udp', PROTOCOL.udp], ['ipv6', 41], ['gre', PROTOCOL.gre], ['esp', 50], ['ah', 51],
  ['icmpv6', PROTOCOL.icmpv6], ['ipv6-icmp', PROTOCOL.icmpv6], ['ospf', 89], ['sctp', 132],
]);
const EVERY_PROTOCOL = new Set(['', '-1', 'all', 'any']);

const LISTS = [['IngressFilterRules', 'ingress'], ['EgressFilterRules', 'egress']] as const;

/** Whether an object is a filter: by its id, or by its lists where somebody wrote it by hand. */
export const isFilter = (o: Json): boolean => LISTS.some(([key]) => key in o) || ('TrafficMirrorFilterId' in o && !('TrafficMirrorSessionId' in o) && !('SessionNumber' in o) && !isRule(o));

/** A rule that stands alone, as describe-traffic-mirror-filter-rules prints it. */
export const isRule = (o: Json): boolean => 'RuleNumber' in o || 'RuleAction' in o;

/** Reads a filter; `loose` are rules that name it from outside. */
export function filterOf(o: Json, loose: readonly Json[], notes: string[]): MirrorFilter {
  const id = textIn(o, 'TrafficMirrorFilterId');
  const name = id === '' ? 'the filter' : id;
  const [ingress, egress] = LISTS.map(([key, direction]) => {
    const own = (Array.isArray(o[key]) ? o[key] : []).filter(isObject);
    const known = new Set(own.map((rule) => textIn(rule, 'TrafficMirrorFilterRuleId')));
    const more = loose.filter((rule) => textIn(rule, 'TrafficDirection').toLowerCase() === direction && !known.has(textIn(rule, 'TrafficMirrorFilterRuleId')));
    return rulesOf([...own, ...more], direction, name, notes);
  });
  const services = Array.isArray(o.NetworkServices) ? o.NetworkServices : [];
  for (const service of services) if (service !== 'amazon-dns') notes.push(`${name} names the network service ${quoted(service)}, which is not known here.`);
  const dns = services.includes('amazon-dns');
  if (ingress!.length + egress!.length === 0 && !dns) notes.push(`${name} has no rules: it mirrors nothing.`);
  return { id, ingress: ingress!, egress: egress!, dns };
}

function rulesOf(list: readonly Json[], direction: Direction, name: string, notes: string[]): MirrorRule[] {
  const words = DIRECTION_WORDS[direction];
  const rules = list.map((o) => ruleOf(o, words, name, notes)).filter((rule) => rule !== null).sort((p, q) => p.number - q.number);
  for (const [i, rule] of rules.entries()) {
    const before = rules.slice(0, i);
    if (before.some(({ number }) => number === rule.number)) notes.push(`${name} has two ${words} rules ${rule.number}; the one that stands first counts first.`);
    const first = before.find((earlier) => covers(earlier, rule));
    if (first !== undefined && first.number !== rule.number) notes.push(`${sentence(words)} rule ${rule.number} of ${name} never decides: rule ${first.number} comes first and takes all that it would.`);
  }
  return rules;
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** null for a rule that cannot be evaluated; the notes say why. */
function ruleOf(o: Json, words: string, name: string, notes: string[]): MirrorRule | null {
  const number = numberIn(o, 'RuleNumber');
  const where = number === null ? `One ${words} rule of ${name}` : `${sentence(words)} rule ${number} of ${name}`;
  const troubles: string[] = [];
  if (number === null) troubles.push('has no RuleNumber, by which rules are evaluated');
  const action = textIn(o, 'RuleAction').toLowerCase();
  if (action !== 'accept' && action !== 'reject') troubles.push(`has the RuleAction ${quoted(o.RuleAction)}, which is neither accept nor reject`);
  const protocol = protocolOf(o.Protocol);
  if (protocol === undefined) troubles.push(`has the Protocol ${quoted(o.Protocol)}, which is no protocol number from 0 to 255`);
  const cidr = (key: string): Cidr | null => {
    const value = textIn(o, key);
    const read = value === '' ? null : parseCidr(value);
    if (value !== '' && read === null) troubles.push(`has the ${key} ${quoted(value)}, which is no address range as 172.31.0.0/16 or 2001:db8::/32`);
    return read;
  };
  const rule = {
    number: number ?? 0, accept: action === 'accept', protocol: protocol ?? null,
    source: cidr('SourceCidrBlock'), destination: cidr('DestinationCidrBlock'), sourcePorts: portsOf(o.SourcePortRange), destinationPorts: portsOf(o.DestinationPortRange),
  };
  if (troubles.length > 0) { notes.push(`${where} ${troubles.join('; it ')}: it is left out.`); return null; }
  notes.push(...oddities(rule, where));
  return rule;
}

/** What AWS would not take or what never matches; the rule counts all the same. */
function oddities({ protocol, source, destination, sourcePorts, destinationPorts }: MirrorRule, where: string): string[] {
  const odd: string[] = [];
  if (source === null || destination === null) odd.push(`${where} does not name both address ranges, as AWS demands; the one that is missing counts as every address.`);
  else if (source.bytes.length !== destination.bytes.length) odd.push(`${where} has one range of IPv4 and one of IPv6: it matches nothing.`);
  const ranges = [sourcePorts, destinationPorts].filter((range) => range !== null);
  if (ranges.some(({ from, to }) => from > to)) odd.push(`${where} has a port range that ends before it starts: it matches nothing.`);
  else if (ranges.length > 0 && protocol !== null && protocol !== PROTOCOL.tcp && protocol !== PROTOCOL.udp) odd.push(`${where} has ports, which protocol ${protocol} has not: it matches nothing.`);
  return odd;
}

/** null for every protocol, undefined for none that there is. */
function protocolOf(value: unknown): number | null | undefined {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const word = String(value).trim().toLowerCase();
  if (EVERY_PROTOCOL.has(word)) return null;
  if (/^\d{1,3}$/.test(word) && Number(word) < 256) return Number(word);
  return PROTOCOL_WORDS.get(word);
}

function portsOf(range: unknown): PortRange | null {
  if (!isObject(range)) return null;
  const from = numberIn(range, 'FromPort'), to = numberIn(range, 'ToPort');
  return from === null && to === null ? null : { from: from ?? 0, to: to ?? 0xffff };
}

/** Whether every packet that `rule` matches is matched by `earlier`. */
function covers(earlier: MirrorRule, rule: MirrorRule): boolean {
  return (earlier.protocol === null || earlier.protocol === rule.protocol)
    && within(earlier.source, rule.source) && within(earlier.destination, rule.destination)
    && inside(earlier.sourcePorts, rule.sourcePorts) && inside(earlier.destinationPorts, rule.destinationPorts);
}

const within = (outer: Cidr | null, inner: Cidr | null): boolean => outer === null || (inner !== null && contains(outer, inner));
const inside = (outer: PortRange | null, inner: PortRange | null): boolean => outer === null || (inner !== null && inner.from >= outer.from && inner.to <= outer.to);

// The table of rules as the JSON that the AWS CLI prints of a mirror.

import type { MirrorSummary, RuleText } from '../../worker/compare-protocol.ts';

export type RuleSet = Pick<MirrorSummary, 'rules' | 'filters' | 'others'>;

/** What is typed into a field stays as it is: what makes no sense is for the reader to tell. */
export function rulesJson({ rules, filters, others }: RuleSet): string {
  const told = filters.length > 0 ? filters : [{ id: rules[0]?.filter ?? '', dns: false }];
  const made = told.map(({ id, dns }) => ({
    ...(id === '' ? {} : { TrafficMirrorFilterId: id }),
    IngressFilterRules: rules.filter(({ filter, direction }) => filter === id && direction === 'ingress').map(ruleJson),
    EgressFilterRules: rules.filter(({ filter, direction }) => filter === id && direction === 'egress').map(ruleJson),
    NetworkServices: dns ? ['amazon-dns'] : [],
  }));
  const [sessions, targets] = [others.filter(isSession), others.filter((o) => !isSession(o))];
  return JSON.stringify({
    TrafficMirrorFilters: made, ...(sessions.length > 0 ? { TrafficMirrorSessions: sessions } : {}), ...(targets.length > 0 ? { TrafficMirrorTargets: targets } : {}),
  }, null, 2);
}

export type Json = Readonly<Record<string, unknown>>;

export const isSession = (o: Json): boolean => 'TrafficMirrorSessionId' in o || 'SessionNumber' in o;

const ruleJson = ({ direction, number, accept, protocol, source, sourcePorts, destination, destinationPorts }: RuleText): object => ({
  TrafficDirection: direction, RuleNumber: numeral(number), RuleAction: accept ? 'accept' : 'reject',
  ...(protocol.trim() === '' ? {} : { Protocol: numeral(protocol) }),
  ...(source.trim() === '' ? {} : { SourceCidrBlock: source.trim() }), ...ports('SourcePortRange', sourcePorts),
  ...(destination.trim() === '' ? {} : { DestinationCidrBlock: destination.trim() }), ...ports('DestinationPortRange', destinationPorts),
});

/** A number where it is one, else the text as it was typed. */
export const numeral = (text: string): number | string => (/^\s*\d+\s*$/.test(text) ? Number(text) : text.trim());

/** "80", "8000-8080". */
function ports(key: string, text: string): object {
  const [from = '', to = from] = text.split(/[-–]/).map((part) => part.trim());
  return text.trim() === '' ? {} : { [key]: { FromPort: numeral(from), ToPort: numeral(to) } };
}

/** A rule to begin with, behind those of its direction. */
export function newRule(rules: readonly RuleText[], direction: RuleText['direction'], filter: string): RuleText {
  const last = Math.max(0, ...rules.filter((rule) => rule.direction === direction).map(({ number }) => Number(number) || 0));
  return { filter, direction, number: String((Math.floor(last / 100) + 1) * 100), accept: true, protocol: '', source: '0.0.0.0/0', sourcePorts: '', destination: '0.0.0.0/0', destinationPorts: '' };
}

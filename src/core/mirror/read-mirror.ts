// Reads what the AWS CLI prints: describe-traffic-mirror-filters, -sessions and -targets, one object bare or wrapped, or one file with all of them.

import { FaultError, type Fault } from '../base/fault.ts';
import { parseCidr, type Cidr } from './cidr.ts';
import type { MirrorFilter, MirrorRule, PortRange } from './mirror-filter.ts';

export interface MirrorSession { readonly id: string; readonly filter: string; readonly target: string; readonly number: number; readonly vni: number | null; readonly packetLength: number | null }

export interface Mirror {
  readonly filters: readonly MirrorFilter[];
  readonly sessions: readonly MirrorSession[];
  /** What is odd but was read all the same, in sentences. */
  readonly notes: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

/** Reads one file's text; `name` is for the sentences. Throws a FaultError when it is not JSON, or holds nothing of a mirror. */
export function readMirror(text: string, name: string): Mirror {
  const notes: string[] = [];
  const found = objects(parsed(text, name));
  const filters = found.filter((o) => 'TrafficMirrorFilterId' in o && !('TrafficMirrorSessionId' in o) && !('RuleNumber' in o)).map((o) => filterOf(o, name, notes));
  const sessions = found.filter((o) => 'TrafficMirrorSessionId' in o).map(sessionOf);
  const targets = found.some((o) => 'TrafficMirrorTargetId' in o && !('TrafficMirrorSessionId' in o));
  if (filters.length + sessions.length === 0 && !targets) throw bad(`${name} holds no mirror filter, session or target`, 'Save what `aws ec2 describe-traffic-mirror-filters` prints and name that.');
  return { filters, sessions, notes };
}

/** The filter that counts: the one of the session with this VNI, of the only session, or the only one. Throws a FaultError in any other case. */
export function chosenFilter({ filters, sessions }: Mirror, vni: number | undefined, name: string): MirrorFilter {
  const ours = vni === undefined ? sessions : sessions.filter((session) => session.vni === vni);
  const wanted = new Set(ours.map(({ filter }) => filter));
  const fitting = wanted.size > 0 ? filters.filter(({ id }) => wanted.has(id)) : filters;
  if (fitting.length === 1) return fitting[0]!;
  if (filters.length === 0) throw bad(`${name} holds no mirror filter`, 'Save what `aws ec2 describe-traffic-mirror-filters` prints and name that.');
  throw bad(`${name} holds ${filters.length} mirror filters, and nothing says which one counts`, 'Give the session’s VNI with --vni, or a file with that filter alone.');
}

const bad = (what: string, next: string, more: Partial<Fault> = {}): FaultError => new FaultError({ code: 'bad-filter', what, next, ...more });

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (e) {
    throw bad(`${name} is not JSON (${e instanceof Error ? e.message : String(e)})`, 'Save what the AWS CLI prints with --output json.');
  }
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Plural and singular, as describe-… and create-… wrap them. */
const WRAPPERS = ['TrafficMirrorFilters', 'TrafficMirrorFilter', 'TrafficMirrorSessions', 'TrafficMirrorSession', 'TrafficMirrorTargets', 'TrafficMirrorTarget'];

/** Every object that is wrapped in a value, or the value itself. Two levels are all that the CLI makes. */
function objects(value: unknown): Json[] {
  const top = (Array.isArray(value) ? value : [value]).filter(isObject);
  return top.flatMap((one) => {
    const inside = WRAPPERS.flatMap((wrapper) => (wrapper in one ? [one[wrapper]].flat() : [])).filter(isObject);
    return inside.length > 0 ? inside : [one];
  });
}

const text = (o: Json, key: string): string => (typeof o[key] === 'string' ? o[key] : '');
const number = (o: Json, key: string): number | null => {
  const value = typeof o[key] === 'string' && o[key] !== '' ? Number(o[key]) : o[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

const sessionOf = (o: Json): MirrorSession => ({
  id: text(o, 'TrafficMirrorSessionId'), filter: text(o, 'TrafficMirrorFilterId'), target: text(o, 'TrafficMirrorTargetId'),
  number: number(o, 'SessionNumber') ?? 1, vni: number(o, 'VirtualNetworkId'), packetLength: number(o, 'PacketLength'),
});

function filterOf(o: Json, name: string, notes: string[]): MirrorFilter {
  const id = text(o, 'TrafficMirrorFilterId');
  const rules = (key: string, words: string): MirrorRule[] => {
    const list = (Array.isArray(o[key]) ? o[key] : []).filter(isObject).map((rule) => ruleOf(rule, name)).sort((p, q) => p.number - q.number);
    for (let i = 1; i < list.length; i++) if (list[i]!.number === list[i - 1]!.number) notes.push(`${id} has two ${words} rules ${list[i]!.number}; the one that stands first counts first.`);
    return list;
  };
  const services = Array.isArray(o.NetworkServices) ? o.NetworkServices : [];
  for (const service of services) if (service !== 'amazon-dns') notes.push(`${id} names the network service ${JSON.stringify(service)}, which is not known here.`);
  return { id, ingress: rules('IngressFilterRules', 'inbound'), egress: rules('EgressFilterRules', 'outbound'), dns: services.includes('amazon-dns') };
}

function ruleOf(o: Json, name: string): MirrorRule {
  const ruleNumber = number(o, 'RuleNumber');
  const action = text(o, 'RuleAction').toLowerCase();
  const where = ruleNumber === null ? `a rule of ${name}` : `rule ${ruleNumber} of ${name}`;
  if (ruleNumber === null) throw bad(`${where} has no RuleNumber`, 'Rules are evaluated by their numbers; give each one.');
  if (action !== 'accept' && action !== 'reject') throw bad(`${where} has the RuleAction "${action}"`, 'It is accept or reject.');
  const protocol = number(o, 'Protocol');
  return {
    number: ruleNumber, accept: action === 'accept', protocol: protocol === null || protocol < 0 ? null : protocol,
    source: cidr(o, 'SourceCidrBlock', where), destination: cidr(o, 'DestinationCidrBlock', where),
    sourcePorts: ports(o, 'SourcePortRange'), destinationPorts: ports(o, 'DestinationPortRange'),
  };
}

function cidr(o: Json, key: string, where: string): Cidr | null {
  const value = text(o, key);
  if (value === '') return null;
  const read = parseCidr(value);
  if (read === null) throw bad(`${where} has the ${key} "${value}", which is no address range`, 'Write it as 172.31.0.0/16 or 2001:db8::/32.');
  return read;
}

function ports(o: Json, key: string): PortRange | null {
  const range = o[key];
  if (!isObject(range)) return null;
  const from = number(range, 'FromPort'), to = number(range, 'ToPort');
  return from === null && to === null ? null : { from: from ?? 0, to: to ?? 0xffff };
}

import { nearest } from './nearest.ts';
import { RuleError } from '../rule-error.ts';
import { type Action, ACTIONS, type Endpoint } from '../signature.ts';
import { readAddresses } from './addresses.ts';
import { readPorts } from './ports.ts';
import { HEADER_PROTOCOLS, type HeaderProtocol, headerProtocol } from './protocols.ts';
import type { Variables } from './variables.ts';

export interface Header {
  readonly action: Action;
  readonly protocol: HeaderProtocol;
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly direction: '->' | '<>' | '=>';
  /** Whether an address has a ! in it, in a variable's value too. */
  readonly negated: boolean;
  /** Why a rule with this header is not evaluated, as a clause; '' when it is. */
  readonly unevaluated: string;
}

interface Word { readonly text: string; readonly at: number }

/** Words between blanks; blanks inside brackets do not part them. */
function words(text: string, end: number): Word[] {
  const found: Word[] = [];
  let depth = 0;
  let from = -1;
  for (let i = 0; i <= end; i++) {
    const c = i < end ? text[i]! : ' ';
    if (c === '[') depth++;
    if (c === ']') depth--;
    const blank = (c === ' ' || c === '\t') && (depth <= 0 || i === end);
    if (blank && from >= 0) { found.push({ text: text.slice(from, i), at: from }); from = -1; } else if (!blank && from < 0) from = i;
  }
  return found;
}

const FORM = 'A rule starts: action protocol source port -> destination port (…';

/** Reads what stands before the parenthesis at `open`. */
export function readHeader(text: string, open: number, variables: Variables): Header {
  const found = words(text, open);
  const [action, protocol, source, sourcePort, arrow, destination, destinationPort] = found;
  const actionName = readAction(action ?? { text: '', at: 0 });
  if (protocol === undefined || source === undefined || sourcePort === undefined || arrow === undefined || destination === undefined || destinationPort === undefined) {
    throw new RuleError(`The header has ${found.length} words and needs 7`, 0, Math.max(1, open), FORM);
  }
  if (found.length > 7) throw new RuleError('The header has more than 7 words', found[7]!.at, found[7]!.text.length, FORM);
  const direction = readDirection(arrow);
  const { protocol: header, hook } = readProtocol(protocol);
  const unevaluated = hook !== '' ? `hooks such as “${hook}” are not followed` : header.unevaluated;
  return {
    action: actionName, protocol: header, direction, unevaluated, negated: hasNegation(source.text, variables, 0) || hasNegation(destination.text, variables, 0),
    source: readEndpoint(source, sourcePort, variables), destination: readEndpoint(destination, destinationPort, variables),
  };
}

function readAction({ text, at }: Word): Action {
  const action = ACTIONS.find((name) => name === text.toLowerCase());
  if (action !== undefined) return action;
  const meant = nearest(text, ACTIONS);
  throw new RuleError(`“${text}” is no action`, at, Math.max(1, text.length), meant === '' ? 'Actions are alert, pass, drop and reject.' : `Did you mean “${meant}”?`);
}

function readProtocol({ text, at }: Word): { protocol: HeaderProtocol; hook: string } {
  const [name = '', hook = ''] = text.toLowerCase().split(':', 2);
  const protocol = headerProtocol(name);
  if (protocol !== undefined) return { protocol, hook };
  const meant = nearest(name, HEADER_PROTOCOLS.keys());
  throw new RuleError(`“${text}” is no protocol`, at, text.length, meant === '' ? 'Protocols are ip, icmp, tcp, udp and names of applications.' : `Did you mean “${meant}”?`);
}

function readDirection({ text, at }: Word): '->' | '<>' | '=>' {
  if (text === '->' || text === '<>' || text === '=>') return text;
  const next = text === '<-' ? 'There is no <-; swap the two sides and write ->.' : 'Write -> or <>.';
  throw new RuleError(`“${text}” is no direction`, at, text.length, next);
}

type Variable = ReadonlyMap<string, string>;

const MOST_SETS = 10_000; // kept of each kind; a rule set has a few hundred

/** Rule sets have $HOME_NET ten thousand times: what the same text means with the same variables is read once and shared. */
function shared<T>(read: (text: string, at: number, variables: Variable) => T): typeof read {
  const known = new WeakMap<Variable, Map<string, T>>();
  return (text, at, variables) => {
    const sets = known.get(variables) ?? new Map<string, T>();
    const set = sets.get(text) ?? read(text, at, variables);
    if (sets.size >= MOST_SETS) sets.clear();
    known.set(variables, sets.set(text, set));
    return set;
  };
}

const addressesOf = shared(readAddresses);
const portsOf = shared(readPorts);

const readEndpoint = (address: Word, port: Word, variables: Variables): Endpoint => ({
  addresses: addressesOf(address.text, address.at, variables.addresses), ports: portsOf(port.text, port.at, variables.ports), addressText: address.text, portText: port.text,
});

/** The lists have been read, so variables exist and end. */
const hasNegation = (text: string, variables: Variables, depth: number): boolean =>
  text.includes('!') || (depth < 64 && [...text.matchAll(/\$([\w-]+)/g)].some(([, name = '']) => hasNegation(variables.addresses.get(name) ?? '', variables, depth + 1)));

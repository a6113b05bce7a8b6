import { nearest } from '../parse/nearest.ts';
import type { RuleDraft } from '../parse/draft.ts';
import { RuleError } from '../rule-error.ts';
import type { PacketView } from '../packet/packet-view.ts';
import type { Keyword } from './keyword.ts';

const seen = (p: PacketView): string => {
  if (p.flow === null) return 'no flow';
  return `${p.toServer ? 'to the server' : 'to the client'}, ${p.established ? 'established' : 'not established'}`;
};

interface FlowWord { readonly wanted: string; readonly test: (p: PacketView) => boolean }

/** The words of the manual. What concerns streams and fragments is not here, since they are not told apart for rules. */
const WORDS: Readonly<Record<string, FlowWord>> = {
  to_server: { wanted: 'a packet to the server', test: (p) => p.flow !== null && p.toServer },
  to_client: { wanted: 'a packet to the client', test: (p) => p.flow !== null && !p.toServer },
  established: { wanted: 'an established flow', test: (p) => p.established },
  not_established: { wanted: 'a flow that is not established', test: (p) => !p.established },
  stateless: { wanted: 'a flow in any state', test: () => true },
  no_frag: { wanted: 'no packet put together from fragments', test: (p) => p.origin !== 'defrag' },
  only_frag: { wanted: 'a packet put together from fragments', test: (p) => p.origin === 'defrag' },
};
const ALIASES: Readonly<Record<string, string>> = { from_client: 'to_server', from_server: 'to_client', to_server: 'to_server', to_client: 'to_client' };
const STREAMS: readonly string[] = ['only_stream', 'no_stream'];

function word(name: string, at: number, length: number, rule: RuleDraft): FlowWord | null {
  if (name === 'no_stream') { rule.packetOnly = true; return null; }
  if (name === 'only_stream') { rule.streamOnly = true; return null; }
  const found = WORDS[ALIASES[name] ?? name];
  if (found !== undefined) return found;
  const meant = nearest(name, [...Object.keys(WORDS), ...Object.keys(ALIASES), ...STREAMS]);
  throw new RuleError(`“${name}” is no word of flow`, at, length, meant === '' ? 'Words are to_server, to_client, established, not_established and stateless.' : `Did you mean “${meant}”?`);
}

export const flow: Keyword = {
  names: ['flow'], summary: 'Direction and state of the flow.', form: 'flow:to_server|to_client[,established|not_established|stateless][,only_stream|no_stream];', value: 'required', once: true,
  words: [
    ...Object.entries(WORDS).map(([text, { wanted }]) => ({ text, meaning: wanted })), ...Object.entries(ALIASES).filter(([a, b]) => a !== b).map(([text, same]) => ({ text, meaning: `the same as ${same}` })),
    { text: 'only_stream', meaning: 'the reassembled stream only' }, { text: 'no_stream', meaning: 'packets only, not the reassembled stream' },
  ],
  read(option, rule) {
    const value = option.value ?? '';
    const names = value.split(',').map((name) => name.trim().toLowerCase());
    for (const [a, b] of [['established', 'not_established'], ['established', 'stateless'], ['not_established', 'stateless'], ['to_server', 'to_client'], ['only_stream', 'no_stream'], ['only_frag', 'no_frag']]) {
      const has = (name: string): boolean => names.some((one) => (ALIASES[one] ?? one) === name);
      if (has(a!) && has(b!)) throw new RuleError(`“${a!}” and “${b!}” cannot both hold`, option.valueAt, value.length, 'Take out one of them.');
    }
    rule.usesFlow = true;
    for (const name of names) {
      const found = word(name, option.valueAt, value.length, rule);
      if (found === null) continue;
      if (found.wanted.startsWith('a packet to')) rule.direction = found === WORDS['to_server'] ? 'to_server' : 'to_client';
      rule.conditions.push({ keyword: 'flow', source: `flow:${name}`, wanted: found.wanted, test: found.test, see: (p) => ({ text: seen(p), from: 0, to: 0 }) });
    }
  },
};

import { readPairs, readThreshold } from '../keywords/threshold.ts';
import { RuleError } from '../rule-error.ts';
import type { Signature } from '../signature.ts';
import type { Suppression } from '../state/suppression.ts';
import type { NewAction, Threshold, ThresholdKind } from '../state/thresholds.ts';
import { ANY_ADDRESS, readAddresses } from './addresses.ts';
import { nearest } from './nearest.ts';
import type { Option } from './options.ts';
import type { Variables } from './variables.ts';

// threshold.config (configuration/global-thresholds.rst, util-threshold-config.c): what is said of rules by gid and sid beside their texts. Lines are joined and comments left out as in a file of rules.

/** An entry of the file: what it lays upon a rule, or upon all rules of a gid (sid 0), or upon all (gid 0). */
export interface ThresholdEntry {
  readonly gid: number;
  readonly sid: number;
  readonly what: { readonly threshold: Threshold } | { readonly suppression: Suppression };
}

const WORDS = ['threshold', 'event_filter', 'rate_filter', 'suppress'] as const;
const KINDS: readonly ThresholdKind[] = ['limit', 'threshold', 'both', 'backoff'];
const NEW_ACTIONS: readonly NewAction[] = ['alert', 'drop', 'pass', 'reject', 'log', 'sdrop'];
const SUPPRESS_TRACKS = ['by_src', 'by_dst', 'by_either'] as const;

/** Whether the first entry of a text shows it to be a threshold.config: no rule has the word gen_id in second place. */
export const isThresholdEntry = (text: string): boolean => /^\w+:?\s+gen_id\b/.test(text);

/** Reads an entry, lines joined. Throws a RuleError. */
export function readThresholdEntry(text: string, variables: Variables): ThresholdEntry {
  const word = /^\S*/.exec(text)![0];
  if (!(WORDS as readonly string[]).includes(word)) {
    const meant = nearest(word, WORDS);
    throw new RuleError(`“${word}” is nothing that a threshold.config says`, 0, word.length, meant === '' ? `Entries begin with ${WORDS.join(', ')}.` : `Did you mean “${meant}”?`);
  }
  const valueAt = word.length + (/^\s*/.exec(text.slice(word.length))![0].length);
  const option: Option = { name: word, at: 0, value: text.slice(valueAt), valueAt, source: text };
  if (word === 'suppress') return readSuppress(option, variables);
  return word === 'rate_filter' ? readRate(option) : readLimit(option);
}

function identified(option: Option, pairs: ReadonlyMap<string, string>): { gid: number; sid: number } {
  const number = (name: string): number => {
    const value = pairs.get(name) ?? '';
    return /^\d{1,10}$/.test(value) ? Number(value) : fail(option, value === '' ? `“${option.name}” has no ${name}` : `“${value}” is no ${name}`, `Write ${name} and a number; 0 stands for all.`);
  };
  const [gid, sid] = [number('gen_id'), number('sig_id')];
  if (gid === 0 && sid > 0) fail(option, 'A sig_id needs the gen_id it belongs to', 'Write gen_id 1, which is that of rules without the keyword gid; or sig_id 0 for all rules.');
  return { gid, sid };
}

function readLimit(option: Option): ThresholdEntry {
  const pairs = readPairs(option, ['gen_id', 'sig_id', 'type', 'track', 'count', 'seconds', 'multiplier']);
  const type = pairs.get('type') ?? '';
  const kind = KINDS.find((each) => each === type) ?? fail(option, type === '' ? `“${option.name}” has no type` : `“${type}” is no type of threshold`, `Types are ${KINDS.join(', ')}.`);
  return { ...identified(option, pairs), what: { threshold: readThreshold(option, kind, pairs) } };
}

function readRate(option: Option): ThresholdEntry {
  const pairs = readPairs(option, ['gen_id', 'sig_id', 'track', 'count', 'seconds', 'new_action', 'timeout']);
  const action = pairs.get('new_action') ?? '';
  const newAction = NEW_ACTIONS.find((each) => each === action) ?? fail(option, action === '' ? '“rate_filter” has no new_action' : `“${action}” is no new_action`, `It is ${NEW_ACTIONS.slice(0, 4).join(', ')}.`);
  const timeout = pairs.get('timeout') ?? '';
  if (!/^\d{1,9}$/.test(timeout)) fail(option, timeout === '' ? '“rate_filter” has no timeout' : `“${timeout}” is no timeout`, 'Write timeout and the seconds for which the new action holds.');
  return { ...identified(option, pairs), what: { threshold: { ...readThreshold(option, 'rate', pairs), newAction, timeout: Number(timeout) } } };
}

/** The addresses come last, since a list of them has commas. */
function readSuppress(option: Option, variables: Variables): ThresholdEntry {
  const value = option.value ?? '';
  const ip = /,\s*ip\s+/.exec(value);
  const pairs = readPairs({ ...option, value: ip === null ? value : value.slice(0, ip.index) }, ['gen_id', 'sig_id', 'track']);
  const id = identified(option, pairs);
  const track = pairs.get('track');
  if (track === undefined && ip === null) return { ...id, what: { suppression: { track: 'by_rule', addresses: ANY_ADDRESS, source: option.source } } };
  if (track === undefined) return fail(option, '“suppress” has an ip and no track', `Write track and one of ${SUPPRESS_TRACKS.join(', ')}.`);
  const known = SUPPRESS_TRACKS.find((each) => each === track) ?? fail(option, `“${track}” cannot be suppressed`, `Write track and one of ${SUPPRESS_TRACKS.join(', ')}.`);
  if (ip === null) return fail(option, '“suppress” has a track and no ip', 'Write ip and an address, a network, a list in brackets or a variable.');
  const from = ip.index + ip[0].length;
  return { ...id, what: { suppression: { track: known, addresses: readAddresses(value.slice(from).trim(), option.valueAt + from, variables.addresses), source: option.source } } };
}

const fail = (option: Option, what: string, next: string): never => { throw new RuleError(what, option.valueAt, Math.max(1, option.value!.length), next); };

/** An entry with where it stands. */
export interface PlacedEntry { readonly entry: ThresholdEntry; readonly file: string; readonly line: number }

type Changing = { -readonly [K in 'threshold' | 'suppressions']: Signature[K] };

/**
 * Lays entries upon rules, in their order; answers a sentence for each that changes nothing. A threshold for one rule takes the place of its own; one for all rules, and a rate_filter, yield to the rule's.
 * The signatures are changed and not copied: there may be hundreds of thousands.
 */
export function applyThresholds(entries: readonly PlacedEntry[], byId: ReadonlyMap<string, Signature>): string[] {
  const notes: string[] = [];
  for (const { entry: { gid, sid, what }, file, line } of entries) {
    const one = sid === 0 ? null : byId.get(`${gid}:${sid}`);
    const note = (text: string): void => { notes.push(`${file}:${line}: ${text}`); };
    if (one === undefined) { note(`There is no rule ${gid}:${sid}, so this changes nothing.`); continue; }
    for (const signature of one === null ? byId.values() : [one]) {
      if (gid !== 0 && signature.gid !== gid) continue;
      const changing: Changing = signature;
      if ('suppression' in what) changing.suppressions = [...signature.suppressions, what.suppression];
      else if (signature.threshold === null || (one !== null && what.threshold.kind !== 'rate')) changing.threshold = what.threshold;
      else if (one !== null) note(`The rule ${gid}:${sid} has a threshold, which goes before a rate_filter.`);
    }
  }
  return notes;
}

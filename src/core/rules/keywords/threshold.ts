import type { Option } from '../parse/options.ts';
import type { RuleDraft } from '../parse/draft.ts';
import { RuleError } from '../rule-error.ts';
import type { Threshold, ThresholdKind, Track } from '../state/thresholds.ts';
import { nearest } from '../parse/nearest.ts';
import type { Keyword } from './keyword.ts';

const TRACKS: readonly Track[] = ['by_src', 'by_dst', 'by_both', 'by_rule', 'by_flow'];
const KINDS: readonly ThresholdKind[] = ['limit', 'threshold', 'both', 'backoff'];
const isTrack = (text: string): text is Track => (TRACKS as readonly string[]).includes(text);
const isKind = (text: string): text is ThresholdKind => (KINDS as readonly string[]).includes(text);

/** "track by_src, count 5, seconds 60" as names and values; each name once, those of `known` only. */
export function readPairs(option: Option, known: readonly string[]): Map<string, string> {
  const value = option.value ?? '';
  const pairs = new Map<string, string>();
  let at = option.valueAt;
  for (const part of value.split(',')) {
    const [, name = '', text = ''] = /^\s*(\w+)\s+(\S+)\s*$/.exec(part) ?? [];
    if (!known.includes(name) || pairs.has(name)) {
      const meant = nearest(name, known);
      throw new RuleError(`“${part.trim()}” has no meaning in “${option.name}”${pairs.has(name) ? ' a second time' : ''}`, at + part.length - part.trimStart().length, Math.max(1, part.trim().length), meant === '' || meant === name ? `It takes ${known.join(', ')}.` : `Did you mean “${meant}”?`);
    }
    pairs.set(name, text);
    at += part.length + 1;
  }
  return pairs;
}

/** A threshold from its pairs. Throws a RuleError. */
export function readThreshold(option: Option, kind: ThresholdKind, pairs: ReadonlyMap<string, string>): Threshold {
  const fail = (what: string, next: string): never => { throw new RuleError(what, option.valueAt, Math.max(1, (option.value ?? '').length), next); };
  const number = (name: string): number => {
    const text = pairs.get(name);
    if (text === undefined) return fail(`“${option.name}” has no ${name}`, `Write ${name} and a number.`);
    return /^\d{1,9}$/.test(text) && Number(text) > 0 ? Number(text) : fail(`“${text}” is no ${name}`, 'Write a number from 1 on.');
  };
  const track = pairs.get('track') ?? '';
  if (!isTrack(track)) return fail(track === '' ? `“${option.name}” has no track` : `“${track}” cannot be tracked`, `Write track and one of ${TRACKS.join(', ')}.`);
  if (kind === 'backoff' && track !== 'by_flow') return fail('A backoff counts by flow only', 'Write track by_flow.');
  const uniqueOn = pairs.get('unique_on') ?? '';
  if (uniqueOn !== '' && uniqueOn !== 'src_port' && uniqueOn !== 'dst_port') return fail(`“${uniqueOn}” cannot be counted`, 'Write unique_on src_port or unique_on dst_port.');
  const backoff = kind === 'backoff';
  return { kind, track, count: number('count'), seconds: backoff ? 0 : number('seconds'), multiplier: backoff ? number('multiplier') : 0, uniqueOn, newAction: '', timeout: 0, source: option.source };
}

/** Reads the pairs into the rule's threshold, of which it may have one. */
export function setThreshold(option: Option, rule: RuleDraft, kind: ThresholdKind, pairs: ReadonlyMap<string, string>): void {
  if (rule.threshold !== null) throw new RuleError('The rule has a threshold already', option.at, option.source.length, 'A rule may have one threshold or one detection_filter.');
  rule.threshold = readThreshold(option, kind, pairs);
}

export const threshold: Keyword = {
  names: ['threshold'], summary: 'Limits how often the rule alerts for one address, pair, flow or in all.',
  form: 'threshold:type limit|threshold|both, track by_src|by_dst|by_both|by_rule|by_flow, count N, seconds N; or threshold:type backoff, track by_flow, count N, multiplier N;', value: 'required',
  read(option, rule) {
    const pairs = readPairs(option, ['type', 'track', 'count', 'seconds', 'multiplier']);
    const kind = pairs.get('type') ?? '';
    if (!isKind(kind)) throw new RuleError(kind === '' ? '“threshold” has no type' : `“${kind}” is no type of threshold`, option.valueAt, Math.max(1, (option.value ?? '').length), `Types are ${KINDS.join(', ')}.`);
    setThreshold(option, rule, kind, pairs);
  },
};

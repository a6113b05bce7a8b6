import { whyNotEvaluated } from './not-evaluated.ts';
import type { Option } from '../parse/options.ts';
import { RuleError } from '../rule-error.ts';
import type { Keyword } from './keyword.ts';

/** The version whose behaviour is followed. */
const VERSION: readonly number[] = [9, 0, 0];
/** Parts that a Suricata may be built with; a rule that requires one is read as a full build reads it. */
const FEATURES: ReadonlySet<string> = new Set(['output::file-store', 'lua', 'nss', 'geoip', 'magic', 'ja3', 'ja4', 'pcre_jit', 'rust', 'libnet1.1', 'unix-socket', 'hs']);

function compare(text: string): number {
  const wanted = text.split('.').map(Number);
  for (let i = 0; i < VERSION.length; i++) if (VERSION[i] !== (wanted[i] ?? 0)) return VERSION[i]! - (wanted[i] ?? 0);
  return 0;
}

const passes = (operator: string, difference: number): boolean => (operator === '<' ? difference < 0 : operator === '<=' ? difference <= 0 : operator === '>' ? difference > 0 : difference >= 0);

/** "version >= 7.0.3 < 8 | >= 8.0.3": any of the sides of the bars, all comparisons in it. */
function versionHolds(text: string, option: Option): boolean {
  return text.split('|').some((side) => {
    const found = [...side.matchAll(/\s*(<=|>=|<|>)\s*(\d+(?:\.\d+){0,2})\s*/g)];
    if (found.length === 0 || found.map(([whole]) => whole).join('').trim() !== side.trim()) throw new RuleError(`“${side.trim()}” is no comparison of versions`, option.valueAt, Math.max(1, (option.value ?? '').length), 'Write version >= 8.0.0.');
    return found.every(([, operator = '', version = '']) => passes(operator, compare(version)));
  });
}

/** Why Suricata 9 would skip the rule, as a clause; '' when it reads it. `known` says whether a keyword exists. */
export function unmetRequirement(option: Option, known: (keyword: string) => boolean): string {
  for (const part of (option.value ?? '').split(',').map((each) => each.trim())) {
    const [, word = '', rest = ''] = /^(\S+)\s+(.+)$/.exec(part) ?? [];
    if (word === 'version') { if (!versionHolds(rest, option)) return `it wants ${part}, and Suricata 9.0.0 is followed here`; } else if (word === 'feature') { if (!FEATURES.has(rest.toLowerCase())) return `it wants the feature ${rest}, which Suricata 9 does not have`; } else if (word === 'keyword') {
      if (!known(rest) && whyNotEvaluated(rest) === '') return `it wants the keyword ${rest}, which Suricata 9 does not have`;
    } else return `it wants “${part}”, which Suricata 9 does not know`;
  }
  return '';
}

/** The rule was let through when its requirements were looked at, before all other options. */
export const requires: Keyword = {
  names: ['requires'], summary: 'Skips the rule where Suricata’s version, features or keywords are not as wanted.', form: 'requires:version >= 8.0.0[, feature NAME][, keyword NAME];', value: 'required', read: () => {},
};

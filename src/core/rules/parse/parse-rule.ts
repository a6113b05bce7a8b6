import { KEYWORDS_BY_NAME } from '../keywords/all.ts';
import { unmetRequirement } from '../keywords/requires.ts';
import { NOT_EVALUATED, whyNotEvaluated } from '../keywords/not-evaluated.ts';
import { ELSEWHERE } from '../match/buffers.ts';
import { meansProtocol } from '../app/names.ts';
import type { Ask } from '../app-layer/ask.ts';
import { RuleError } from '../rule-error.ts';
import type { Signature } from '../signature.ts';
import { NO_SUPPRESSIONS } from '../state/suppression.ts';
import { NO_TAGS } from '../state/tags.ts';
import { classify, needsPacket } from './classify.ts';
import { RuleDraft } from './draft.ts';
import { type Header, readHeader } from './header.ts';
import { nearest } from './nearest.ts';
import { type Option, splitOptions } from './options.ts';
import type { Variables } from './variables.ts';

/** Suricata reads rules of at most so many characters (DETECT_MAX_RULE_SIZE). */
const MAX_LENGTH = 8192;
const DEFAULT_PRIORITY = 3;
/** Options of a rule that is skipped that are still told. */
const ALWAYS_READ: ReadonlySet<string> = new Set(['sid', 'gid', 'rev', 'msg']);

/** Where a rule stands: what its signature keeps and does not look at. */
export type RulePlace = Pick<Signature, 'index' | 'file' | 'line'>;

const NO_NAMES: readonly string[] = []; // one for all: most rules remember nothing

/** What a rule may name: variables, and the keywords that are VXLens's own. */
export interface RuleWorld { readonly variables: Variables; readonly ours: boolean }

/** Reads one rule, its lines joined; throws RuleError at the first mistake. */
export function parseRule(text: string, place: RulePlace, { variables, ours }: RuleWorld): Signature {
  if (text.length > MAX_LENGTH) throw new RuleError(`The rule has ${text.length.toLocaleString('en-US')} characters`, MAX_LENGTH, 0, `A rule may have ${MAX_LENGTH.toLocaleString('en-US')}.`);
  const open = text.indexOf('(');
  if (open < 0) throw new RuleError('The rule has no options', text.length, 0, 'They stand in parentheses after the header: (msg:"…"; sid:1;).');
  const header = readHeader(text, open, variables);
  const close = text.length - 1;
  if (text[close] !== ')') throw new RuleError('The rule does not end with a parenthesis', close, 1, 'Close the options with ).');
  const rule = new RuleDraft();
  if (header.unevaluated !== '') rule.cannot(header.unevaluated);
  const met = new Set<string>();
  const options = splitOptions(text, open, close);
  // A rule whose requirements are not met may have anything else in it.
  const unmet = options.filter(({ name }) => name === 'requires').map((option) => unmetRequirement(option, (keyword) => KEYWORDS_BY_NAME.has(keyword))).find((why) => why !== '') ?? '';
  if (unmet !== '') rule.cannot(`“requires”: ${unmet}`);
  for (const option of options) if (unmet === '' || ALWAYS_READ.has(option.name)) readOption(option, rule, met, ours);
  if (!met.has('sid')) throw new RuleError('The rule has no sid', open, 1, 'Give it a number of its own: sid:1000001;.');
  const chains = rule.chains();
  const asks = rule.asks();
  rule.cannot(whyNoTransactions(header, asks));
  const runs = rule.unevaluated === ''; // of a rule that does not run, what it looks for need not be kept
  return {
    ...place, text, action: header.action, protocol: header.protocol, source: header.source, destination: header.destination, direction: header.direction,
    msg: rule.msg, sid: rule.sid, gid: rule.gid, rev: rule.rev, classtype: rule.classtype, category: rule.ruleClass?.text ?? '',
    priority: rule.priority ?? rule.ruleClass?.priority ?? DEFAULT_PRIORITY, references: rule.references, metadata: rule.metadata, target: rule.target,
    writes: !rule.noalert && (header.action !== 'pass' || rule.alert), conditions: runs ? rule.conditions : [], chains: runs ? chains : [], effects: runs ? rule.effects : [],
    kind: classify(header, rule), asks, needsPacket: needsPacket(header, rule), order: rule.order(), touches: rule.touches.size === 0 ? NO_NAMES : [...rule.touches], threshold: rule.threshold, suppressions: NO_SUPPRESSIONS, tags: rule.tags.length === 0 ? NO_TAGS : rule.tags, unevaluated: rule.unevaluated,
  };
}

/** Why no transaction can have what a rule asks, as a clause; '' when one can. */
function whyNoTransactions({ direction, protocol: { application } }: Header, asks: readonly Ask[]): string {
  if (asks.length === 0) return direction === '=>' ? 'a rule about both sides of a transaction that asks nothing of them is not followed' : '';
  return application === '' || asks.some(({ protocol }) => meansProtocol(application, protocol)) ? '' : `the application layer (${application}) is not read for rules yet`;
}

function readOption(option: Option, rule: RuleDraft, met: Set<string>, ours: boolean): void {
  const keyword = KEYWORDS_BY_NAME.get(option.name);
  if (keyword === undefined) return readUnknown(option, rule);
  if (keyword.ours === true && !ours) throw new RuleError(`“${option.name}” is a keyword of VXLens, which Suricata does not know`, option.at, option.name.length, 'Take it out, or ask for VXLens’s own keywords: --set vxlens.keywords=yes, or the switch “VNI keywords”.');
  if (keyword.value === 'required' && (option.value ?? '') === '') {
    throw new RuleError(`“${option.name}” has no value`, option.at, option.name.length, `Its form is ${keyword.form}`);
  }
  if (keyword.value === 'none' && option.value !== null) {
    throw new RuleError(`“${option.name}” takes no value`, option.valueAt, Math.max(1, option.value.length), `Its form is ${keyword.form}`);
  }
  const name = keyword.names[0];
  if (keyword.once === true && met.has(name)) throw new RuleError(`“${name}” stands twice in the rule`, option.at, option.source.length, 'Take out one of them.');
  met.add(name);
  keyword.read(option, rule);
}

/** Keywords that Suricata knows keep the rule from running; others are mistakes. What follows such a keyword may look at a buffer that is not read here. */
function readUnknown(option: Option, rule: RuleDraft): void {
  const why = whyNotEvaluated(option.name);
  if (why !== '') {
    rule.cannot(`“${option.name}”: ${why}`);
    rule.lookElsewhere();
    if (option.value === null) rule.stick(ELSEWHERE, option.at);
    return;
  }
  const meant = nearest(option.name, [...KEYWORDS_BY_NAME.keys(), ...NOT_EVALUATED.keys()]);
  throw new RuleError(`There is no keyword “${option.name}”`, option.at, option.name.length, meant === '' ? 'Look it up in Suricata’s manual.' : `Did you mean “${meant}”?`);
}

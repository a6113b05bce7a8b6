// What a step can ask for. To add one: a row with what its value may be, the words for the learner, and how it is seen to be so.

import type { Step } from './lesson.ts';
import type { Snapshot } from './snapshot.ts';

interface Kind<V> {
  /** The value as YAML gives it; null where it is none. */
  readonly read: (value: unknown) => V | null;
  /** What a value looks like, for whoever wrote another. */
  readonly form: string;
  readonly say: (value: V) => string;
  readonly met: (value: V, now: Snapshot) => boolean;
}

interface Hits { readonly sid: number; readonly capture: string; readonly level: number | null; readonly count: number }

const number = (value: unknown): number | null => (typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null);
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const texts = (value: unknown): readonly string[] | null => {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.length > 0 && all.every((each) => typeof each === 'number' || text(each) !== null) ? all.map(String) : null;
};
const flag = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : value === 'on' ? true : value === 'off' ? false : null);

const LEVELS = ['outer', 'inner'];

function hits(value: unknown): Hits | null {
  if (typeof value !== 'object' || value === null) return null;
  const { sid, capture, level, count } = value as Record<string, unknown>;
  const [id, file, least] = [number(sid), text(capture), number(count)];
  const at = level === undefined ? null : LEVELS.indexOf(text(level) ?? '');
  return id === null || file === null || least === null || at === -1 ? null : { sid: id, capture: file, level: at, count: least };
}

interface OnBench { readonly takes: string | null; readonly drops: string | null; readonly because: string | null; readonly vni: number | null }

function onBench(value: unknown): OnBench | null {
  if (typeof value !== 'object' || value === null) return null;
  const { takes, drops, because, vni } = value as Record<string, unknown>;
  const found = { takes: text(takes), drops: text(drops), because: text(because), vni: number(vni) };
  return found.takes === null && found.drops === null ? null : found;
}

const benchText = ({ takes, drops, because, vni }: OnBench): string => [takes === null ? '' : `that ${takes} opens`, drops === null ? '' : `that ${drops} does not open${because === null ? '' : `, since ${because}`}`].filter(Boolean).join(' and ') + (vni === null ? '' : `, with VNI ${vni}`);

interface Reckoned { readonly cut: boolean; readonly source: number | null; readonly target: number | null }

function reckoned(value: unknown): Reckoned | null {
  if (typeof value !== 'object' || value === null) return null;
  const { cut, source, target } = value as Record<string, unknown>;
  const whether = flag(cut);
  return whether === null ? null : { cut: whether, source: number(source), target: number(target) };
}

const reckonedText = ({ cut, source, target }: Reckoned): string => `Set the sizes so that ${cut ? 'something' : 'nothing'} is cut${target === null ? '' : `, with a target’s MTU of ${target}`}${source === null ? '' : ', and the source’s MTU as large as it may be'}`;

const same = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();
const kind = <V>(of: Kind<V>): Kind<unknown> => of as Kind<unknown>;

export const CONDITIONS: Readonly<Record<string, Kind<unknown>>> = {
  capture: kind({ read: text, form: 'the name of a file', say: (name) => `Show ${name}`, met: (name, { shown }) => shown === name }),
  packet: kind({ read: number, form: 'the number of a packet', say: (at) => `Select packet ${at}`, met: (at, { packet }) => packet === at }),
  field: kind({ read: texts, form: 'the name of a field, or a list of names', say: (names) => `Select the field ${names.join(' or ')}`, met: (names, { field }) => names.includes(field.replace(/~\d+$/, '')) }),
  rows: kind({ read: number, form: 'a number of packets', say: (count) => `Filter so that ${count} packets are left`, met: (count, { rows, filter }) => filter !== '' && rows === count }),
  filter: kind({ read: text, form: 'a display filter', say: (filter) => `Apply the filter ${filter}`, met: (wanted, { filter }) => same(wanted, filter) }),
  decoding: kind({ read: flag, form: 'on or off', say: (on) => `Switch VXLAN decoding ${on ? 'on' : 'off'}`, met: (on, { decoding }) => decoding === on }),
  ran: kind({ read: flag, form: 'true', say: () => 'Run the rules', met: (_, { ran }) => ran }),
  hits: kind({ read: hits, form: '{ sid, capture, level: outer or inner, count }', say: ({ sid, capture, level, count }) => `Run a rule with sid ${sid} that has ${count} ${count === 1 ? 'hit' : 'hits'} at ${capture}${level === null ? '' : `, on the ${LEVELS[level]} packet`}`, met: ({ sid, capture, level, count }, { hitsOf }) => hitsOf(sid, capture, level) === count }),
  why: kind({ read: number, form: 'the sid of a rule', say: (sid) => `Look at Why for the rule ${sid}: choose its number in the matrix`, met: (sid, { why }) => why === sid }),
  fate: kind({ read: text, form: 'the name of a fate', say: (fate) => `Show ${fate} only`, met: (fate, { show }) => same(show, fate) }),
  pair: kind({ read: number, form: 'the number of a packet of the source', say: (at) => `Select the pair of the source’s packet ${at}`, met: (at, { pair }) => pair === at }),
  compared: kind({ read: texts, form: '[source, appliance]', say: ([source, appliance]) => `Compare ${source} with ${appliance}`, met: ([source, appliance], { compared }) => compared !== null && compared.source === source && compared.appliance === appliance }),
  unwrapped: kind({ read: number, form: 'a number of packets', say: (count) => `Take the envelope off: ${count} frames come out, open them`, met: (count, { made }) => made.includes(count) }),
  bench: kind({ read: onBench, form: '{ takes, drops: names of receivers, because, vni }', say: (wanted) => `Make a packet ${benchText(wanted)}`, met: ({ takes, drops, because, vni }, { verdicts, benchVni }) => (takes === null || verdicts.some((each) => each.who === takes && each.takes)) && (drops === null || verdicts.some((each) => each.who === drops && !each.takes && (because === null || each.why.includes(because)))) && (vni === null || vni === benchVni) }),
  arithmetic: kind({ read: reckoned, form: '{ cut: true or false, source and target: MTUs }', say: reckonedText, met: ({ cut, source, target }, { sizes, cut: bytes }) => bytes > 0 === cut && (source === null || sizes.source === source) && (target === null || sizes.target === target) }),
  answer: kind({ read: texts, form: 'the answer, or a list of those that count', say: () => 'Answer the question', met: (answers, { answer }) => answers.some((each) => same(each, answer)) }),
};

/** The rules whose hits a step asks for. */
export const sidsIn = ({ done }: Pick<Step, 'done'>): number[] => done.flatMap(({ kind: name, value }) => (name === 'hits' ? [(value as Hits).sid] : []));

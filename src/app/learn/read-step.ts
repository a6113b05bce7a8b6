// A step's file: a few lines of YAML between "---", then Markdown. A teacher writes it, so each mistake is told with its line.

import { isMap, isScalar, LineCounter, parseDocument, type Pair } from 'yaml';
import { CONDITIONS } from './conditions.ts';
import type { Condition, LessonFault, Start, Step } from './lesson.ts';

const MOST = 200_000; // characters of a file

const VIEWS = ['packets', 'compare', 'rules', 'bench', 'arithmetic'];

type Reader = (value: unknown) => string | number | boolean | null;
const text: Reader = (value) => (typeof value === 'string' && value !== '' ? value : null);
const number: Reader = (value) => (typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null);
const flag: Reader = (value) => (typeof value === 'boolean' ? value : value === 'on' ? true : value === 'off' ? false : null);

/** What may stand at the head of a step beside "title" and "done", and what its value is. */
const START: Readonly<Record<keyof Start, readonly [read: Reader, form: string]>> = {
  sample: [text, 'the folder of a sample'], view: [(value) => (VIEWS.includes(String(value)) ? String(value) : null), `one of ${VIEWS.join(', ')}`], capture: [text, 'the name of a file'], packet: [number, 'a number'],
  field: [text, 'the name of a field'], filter: [(value) => (typeof value === 'string' ? value : null), 'a display filter'], rules: [text, 'rules, one a line'], decoding: [flag, 'on or off'], source: [text, 'the name of a file'], appliance: [text, 'the name of a file'], show: [text, 'the name of a fate'],
};

/** The step, or all that is wrong with its file. */
export function readStep(file: string, content: string): { readonly step: Step } | { readonly faults: readonly LessonFault[] } {
  const faults: LessonFault[] = [];
  const fault = (line: number, what: string): void => { faults.push({ file, line, what }); };
  if (content.length > MOST) return { faults: [{ file, line: 1, what: `it is longer than ${MOST} characters` }] };
  const lines = content.replace(/^\ufeff/, '').split(/\r?\n/);
  const end = lines.indexOf('---', 1);
  if (lines[0] !== '---' || end < 0) return { faults: [{ file, line: 1, what: 'it does not begin with its head: lines of "name: value" between two lines of "---"' }] };
  const counter = new LineCounter();
  const document = parseDocument(lines.slice(1, end).join('\n'), { lineCounter: counter });
  const lineAt = (offset: number): number => counter.linePos(offset).line + 1; // the first "---" stands before
  for (const { message, pos } of document.errors) fault(lineAt(pos[0]), message.split(/\n| at line/, 1)[0] ?? message);
  if (faults.length > 0) return { faults };
  const head = document.contents;
  if (!isMap(head)) return { faults: [{ file, line: 2, what: 'its head is no list of "name: value"' }] };
  const lineOf = (pair: Pair): number => (isScalar(pair.key) ? lineAt(pair.key.range?.[0] ?? 0) : 2);
  let title = '';
  const start: Record<string, unknown> = {};
  const done: Condition[] = [];
  for (const pair of head.items) {
    const name = String(pair.key), value = plain(pair, document);
    const reader = Object.hasOwn(START, name) ? START[name as keyof Start] : undefined;
    if (name === 'title') title = text(value) as string | null ?? '';
    else if (name === 'done') conditions(pair, lineOf(pair), (line, what) => fault(line, what));
    else if (!reader) fault(lineOf(pair), `"${name}" is not known; there are title, done, ${Object.keys(START).join(', ')}`);
    else if (reader[0](value) === null) fault(lineOf(pair), `"${name}" has to be ${reader[1]}`);
    else start[name] = reader[0](value);
  }
  if (title === '') fault(2, 'a "title" is missing');
  return faults.length > 0 ? { faults } : { step: { id: file.replace(/\.md$/, ''), title, start: start, done, text: lines.slice(end + 1).join('\n').trim() } };

  function conditions({ value }: Pair, line: number, wrong: typeof fault): void {
    if (!isMap(value)) { wrong(line, '"done" has to be lines of "name: value", one a condition'); return; }
    for (const each of (value).items) {
      const kind = String(each.key), given = plain(each, document);
      const condition = Object.hasOwn(CONDITIONS, kind) ? CONDITIONS[kind] : undefined;
      if (!condition) wrong(lineOf(each), `"${kind}" is nothing that can be done; there are ${Object.keys(CONDITIONS).join(', ')}`);
      else if (condition.read(given) === null) wrong(lineOf(each), `"${kind}" has to be ${condition.form}`);
      else done.push({ kind, value: condition.read(given) });
    }
  }
}

const plain = ({ value }: Pair, document: ReturnType<typeof parseDocument>): unknown => (value !== null && typeof value === 'object' && 'toJS' in value ? (value as { toJS: (of: unknown) => unknown }).toJS(document) : value);

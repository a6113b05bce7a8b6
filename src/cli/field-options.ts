import type { Preferences } from '../core/dissect/occurrences.ts';
import { readArguments, wrongArguments } from './arguments.ts';
import { preferences } from './preferences.ts';

export type Occurrence = 'a' | 'f' | 'l';

export interface FieldRequest {
  readonly capture: string;
  readonly names: readonly string[];
  readonly form: 'fields' | 'json';
  readonly separator: string;
  readonly aggregator: string;
  readonly occurrence: Occurrence;
  readonly header: boolean;
  readonly filter: string;
  readonly most: number; //                 packets to read
  readonly decodeAs: readonly string[];
  readonly preferences: Preferences;
  readonly reassembles: ReadonlySet<string>;
}

const OPTIONS = {
  read: { type: 'string', short: 'r' }, numeric: { type: 'boolean', short: 'n' }, 'decode-as': { type: 'string', short: 'd', multiple: true },
  preference: { type: 'string', short: 'o', multiple: true }, count: { type: 'string', short: 'c' }, filter: { type: 'string', short: 'Y' },
  form: { type: 'string', short: 'T' }, option: { type: 'string', short: 'E', multiple: true }, field: { type: 'string', short: 'e', multiple: true },
} as const;

export function readRequest(args: readonly string[], note: (line: string) => void): FieldRequest {
  const { values, positionals } = readArguments('fields', args, OPTIONS);
  const wrong = (what: string): never => { throw wrongArguments('fields', what); };
  if (positionals.length > 0) wrong(`“${positionals[0]!}” belongs to no option`);
  if (values.read === undefined) wrong('The capture, -r FILE, is missing');
  const form = values.form ?? 'fields';
  if (form !== 'fields' && form !== 'json') wrong(`-T ${form} is neither -T fields nor -T json`);
  if (!values.field) wrong('At least one -e FIELD is wanted');
  const most = values.count === undefined ? Infinity : /^[1-9]\d{0,15}$/.test(values.count) ? Number(values.count) : wrong(`-c ${values.count} is no number of packets`);
  return {
    capture: values.read!, names: values.field!, form: form as 'fields' | 'json', filter: values.filter ?? '', most,
    decodeAs: values['decode-as'] ?? [], ...preferences(values.preference ?? [], 'fields', note), ...printing(values.option ?? []),
  };
}

type Printing = Pick<FieldRequest, 'separator' | 'aggregator' | 'occurrence' | 'header'>;

/** The -E options, each NAME=VALUE. */
function printing(options: readonly string[]): Printing {
  let result: Printing = { separator: '\t', aggregator: ',', occurrence: 'a', header: false };
  for (const option of options) {
    const at = option.indexOf('=');
    const [name, value] = [option.slice(0, at), option.slice(at + 1)];
    const read = at > 0 && Object.hasOwn(PRINTING, name) ? PRINTING[name]!(value) : null;
    if (read === null) throw wrongArguments('fields', `-E ${option} is not understood: separator=C, aggregator=C, occurrence=a|f|l and header=y|n are`);
    result = { ...result, ...read };
  }
  return result;
}

/** One character, /t for a tab, /s for a space. */
function character(value: string): string | null {
  if (value === '/t') return '\t';
  if (value === '/s') return ' ';
  return [...value].length === 1 ? value : null;
}

const PRINTING: Readonly<Record<string, (value: string) => Partial<Printing> | null>> = {
  separator: (value) => { const c = character(value); return c === null ? null : { separator: c }; },
  aggregator: (value) => { const c = character(value); return c === null ? null : { aggregator: c }; },
  occurrence: (value) => (value === 'a' || value === 'f' || value === 'l' ? { occurrence: value } : null),
  header: (value) => (value === 'y' || value === 'n' ? { header: value === 'y' } : null),
};

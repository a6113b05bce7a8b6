// The JSON that the AWS CLI prints, taken apart into objects: one bare or wrapped, a list, or a file with several kinds.

import { FaultError } from '../base/fault.ts';
import { count } from '../format/number.ts';
import { jsonDocuments } from './json-documents.ts';

export type Json = Readonly<Record<string, unknown>>;

/** A file's name, for the sentences, and its text. */
export interface MirrorFile { readonly name: string; readonly text: string }

/** Every object that a file holds, without the wrappers. Throws a FaultError where the text is no JSON. */
export function objectsIn({ name, text }: MirrorFile): Json[] {
  if (text.trim() === '') throw badMirror(`${name} is empty`, 'Save what the AWS CLI prints with --output json.');
  return objects(parsed(text, name));
}

export const badMirror = (what: string, next: string): FaultError => new FaultError({ code: 'bad-filter', what, next });

/** The documents of a text, one after another. */
function parsed(text: string, name: string): unknown[] {
  const bare = text.replace(/^\uFEFF/, ''); // a byte order mark, as PowerShell writes one
  const read = jsonDocuments(bare);
  if ('words' in read) throw badMirror(`${name} is not JSON: line ${count(read.line)}, column ${count(read.column)}: ${read.words}`, 'Save what the AWS CLI prints with --output json.');
  return read.map((document): unknown => JSON.parse(document));
}

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const MOST_LISTS = 4;

/** Plural and singular, as describe-… and create-… wrap them. */
const WRAPPERS = ['Filter', 'FilterRule', 'Session', 'Target'].flatMap((kind) => [`TrafficMirror${kind}s`, `TrafficMirror${kind}`]);

/** Every object that is wrapped in a value, or the value itself; lists in lists are what --query makes. */
function objects(values: readonly unknown[]): Json[] {
  const top = values.flat(MOST_LISTS).filter(isObject);
  return top.flatMap((one) => {
    const inside = WRAPPERS.flatMap((wrapper) => (wrapper in one ? [one[wrapper]].flat() : [])).filter(isObject);
    return inside.length > 0 ? inside : [one];
  });
}

export const textIn = (o: Json, key: string): string => (typeof o[key] === 'string' ? o[key].trim() : '');

/** A number, also one that was written as text; null where there is none. */
export const numberIn = (o: Json, key: string): number | null => {
  const value = typeof o[key] === 'string' && o[key].trim() !== '' ? Number(o[key]) : o[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

/** A value as a sentence quotes it. */
export const quoted = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

/** Objects of one kind without those that are told again with the same id, as when one file is named twice. */
export function onceEach(list: readonly Json[], id: string, notes: string[]): Json[] {
  const seen = new Map<string, string>();
  return list.filter((o) => {
    const key = textIn(o, id), whole = JSON.stringify(o);
    const before = key === '' ? undefined : seen.get(key);
    if (before === undefined) { seen.set(key, whole); return true; }
    if (before !== whole) notes.push(`${key} is told twice, and not alike; the first one counts.`);
    return false;
  });
}

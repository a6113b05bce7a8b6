// Functions over a field's values, in a table.

import { fieldText } from './field-text.ts';
import { bytesOf, type Expression } from './expression.ts';
import type { Scope } from './scope.ts';
import { FilterError } from './filter-error.ts';
import type { BuildRead, Read } from './read-values.ts';
import type { Call } from './syntax.ts';
import type { Value, ValueType } from './value.ts';

interface FunctionRow {
  readonly takes: (type: ValueType) => boolean;
  readonly wants: string; //                      words for what `takes` lets through
  readonly gives: ValueType;
  readonly most: number; //                       arguments
  readonly detail: string;
  readonly read: (args: readonly Expression[]) => BuildRead;
}

const numberLike = (type: ValueType): boolean => type === 'uint' || type === 'bool';
const each = (map: (v: Value) => Value) => ([of]: readonly Expression[]): BuildRead => (program) => {
  const read = of!.read(program);
  return (c) => read(c).map(map);
};
/** One value from all values of all arguments, none where they have none. */
const fold = (pick: (...values: number[]) => number) => (args: readonly Expression[]): BuildRead => (program) => {
  const reads = args.map((a) => a.read(program));
  return (c) => { const all = reads.flatMap((read: Read) => read(c)).map(Number); return all.length === 0 ? [] : [all.reduce((a, b) => pick(a, b))]; };
};

const count = ([of]: readonly Expression[]): BuildRead => (program) => {
  const read = of!.read(program);
  return (c) => { const n = read(c).length; return n === 0 ? [] : [n]; };
};

const lengths = ([of]: readonly Expression[]): BuildRead => (program) => {
  const read = bytesOf(of!, 'header')(program);
  const bytes = of!.infos[0] ? Math.ceil(of!.infos[0].width / 8) : 0;
  return (c) => read(c).map((v) => (typeof v === 'string' || v instanceof Uint8Array ? v.length : bytes));
};

export const FUNCTIONS: Readonly<Record<string, FunctionRow>> = {
  upper: { takes: (t) => t === 'text', wants: 'a text field; string(field) makes text', gives: 'text', most: 1, detail: 'text in capitals', read: each((v) => String(v).toUpperCase()) },
  lower: { takes: (t) => t === 'text', wants: 'a text field; string(field) makes text', gives: 'text', most: 1, detail: 'text in small letters', read: each((v) => String(v).toLowerCase()) },
  len: { takes: () => true, wants: 'a field', gives: 'uint', most: 1, detail: 'length in bytes', read: lengths },
  count: { takes: () => true, wants: 'a field', gives: 'uint', most: 1, detail: 'how often it occurs', read: count },
  string: { takes: (t) => t !== 'protocol', wants: 'a field, not a protocol', gives: 'text', most: 1, detail: 'the value as text', read: ([of]) => fieldText(of!) },
  max: { takes: numberLike, wants: 'numbers', gives: 'uint', most: 16, detail: 'the largest value', read: fold(Math.max) },
  min: { takes: numberLike, wants: 'numbers', gives: 'uint', most: 16, detail: 'the smallest value', read: fold(Math.min) },
  abs: { takes: numberLike, wants: 'a number', gives: 'uint', most: 1, detail: 'the value without its sign', read: each((v) => Math.abs(Number(v))) },
};

export function callFunction(scope: Scope, node: Call): Expression {
  const name = node.name.text;
  const row = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!row) throw new FilterError(node.name, `There is no function "${name}": ${Object.keys(FUNCTIONS).join(', ')} are there`);
  if (node.args.length === 0) throw new FilterError(node, `${name}() needs ${row.wants} between its brackets`);
  if (node.args.length > row.most) throw new FilterError(node.args[row.most]!, `${name}() takes ${row.most === 1 ? 'one argument' : `${row.most} arguments`}: remove this one`);
  const args = node.args.map((arg) => scope.whole(scope.value(arg, row.most > 1 ? { type: 'uint', name: 'A number', infos: [] } : null)));
  for (const arg of args) if (!row.takes(arg.type)) throw new FilterError(arg.node, `${name}() takes ${row.wants}`);
  return { node, type: row.gives, name: `${name}(${args[0]!.name})`, infos: [], meaning: null, layers: null, constant: null, read: row.read(args) };
}

// Functions over a field's values, in a table.

import { fieldText } from './field-text.ts';
import { bytesOf, type Expression } from './expression.ts';
import type { Scope } from './scope.ts';
import { FilterError } from './filter-error.ts';
import type { BuildRead, Read } from './read-values.ts';
import type { Call } from './syntax.ts';
import { bytesOfText, order, type Value, type ValueType } from './value.ts';

interface FunctionRow {
  readonly takes: (of: Expression) => boolean;
  readonly wants: string; //                      words for what `takes` lets through
  readonly gives: ValueType | 'same'; //          the type of its arguments
  readonly most: number; //                       arguments
  readonly detail: string;
  readonly read: (args: readonly Expression[]) => BuildRead;
}

const numberLike = ({ type }: Expression): boolean => type === 'uint' || type === 'bool';
const isText = ({ type }: Expression): boolean => type === 'text';
const isNoProtocol = ({ type }: Expression): boolean => type !== 'protocol';

const each = (map: (v: Value) => Value) => ([of]: readonly Expression[]): BuildRead => (program) => {
  const read = of!.read(program);
  return (c) => read(c).map(map);
};
/** One value from all values of all arguments, none where they have none. */
const fold = (sign: 1 | -1) => (args: readonly Expression[]): BuildRead => (program) => {
  const reads = args.map((a) => a.read(program));
  return (c) => { const all = reads.flatMap((read: Read) => read(c)).filter((v) => !Number.isNaN(v)); return all.length === 0 ? [] : [all.reduce((a, b) => (sign * order(b, a) > 0 ? b : a))]; };
};

const count = ([of]: readonly Expression[]): BuildRead => (program) => {
  const read = of!.read(program);
  return (c) => { const n = read(c).length; return n === 0 ? [] : [n]; };
};

const lengths = ([of]: readonly Expression[]): BuildRead => (program) => {
  const read = bytesOf(of!, 'header')(program);
  const bytes = of!.infos[0] ? Math.ceil(of!.infos[0].width / 8) : 0;
  return (c) => read(c).map((v) => (typeof v === 'string' || v instanceof Uint8Array ? bytesOfText(v).length : bytes));
};

const withoutSign = (v: Value): Value => ((v as number) < 0 ? -(v as number) : v);

export const FUNCTIONS: Readonly<Record<string, FunctionRow>> = {
  upper: { takes: isText, wants: 'a text field; string(field) makes text', gives: 'text', most: 1, detail: 'text in capitals', read: each((v) => String(v).toUpperCase()) },
  lower: { takes: isText, wants: 'a text field; string(field) makes text', gives: 'text', most: 1, detail: 'text in small letters', read: each((v) => String(v).toLowerCase()) },
  len: { takes: () => true, wants: 'a field', gives: 'uint', most: 1, detail: 'length in bytes', read: lengths },
  count: { takes: () => true, wants: 'a field', gives: 'uint', most: 1, detail: 'how often it occurs', read: count },
  string: { takes: (of) => isNoProtocol(of) && (of.meaning !== null || of.type === 'uint'), wants: 'a field, not a protocol', gives: 'text', most: 1, detail: 'the value as text', read: ([of]) => fieldText(of!) },
  max: { takes: isNoProtocol, wants: 'fields, not a protocol', gives: 'same', most: 16, detail: 'the largest value', read: fold(1) },
  min: { takes: isNoProtocol, wants: 'fields, not a protocol', gives: 'same', most: 16, detail: 'the smallest value', read: fold(-1) },
  abs: { takes: (of) => numberLike(of) || of.type === 'duration', wants: 'a number or a time', gives: 'same', most: 1, detail: 'the value without its sign', read: each(withoutSign) },
};

export function callFunction(scope: Scope, node: Call): Expression {
  const name = node.name.text;
  const row = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!row) throw new FilterError(node.name, `There is no function "${name}": ${Object.keys(FUNCTIONS).join(', ')} are there`);
  if (node.args.length === 0) throw new FilterError(node, `${name}() needs ${row.wants} between its brackets`);
  if (node.args.length > row.most) throw new FilterError(node.args[row.most]!, `${name}() takes ${row.most === 1 ? 'one argument' : `${row.most} arguments`}: remove this one`);
  const args: Expression[] = [];
  for (const arg of node.args) args.push(scope.whole(scope.value(arg, row.most > 1 ? args[0] ?? { type: 'uint', name: 'A number', infos: [] } : null)));
  for (const arg of args) {
    if (!row.takes(arg)) throw new FilterError(arg.node, `${name}() takes ${row.wants}`);
    if (numberLike(arg) ? !numberLike(args[0]!) : arg.type !== args[0]!.type) throw new FilterError(arg.node, `The arguments of ${name}() are of one type, and ${arg.name} is not of that of ${args[0]!.name}`);
  }
  const { type } = args[0]!;
  return { node, type: row.gives !== 'same' ? row.gives : numberLike(args[0]!) ? 'uint' : type, name: `${name}(${args[0]!.name})`, infos: [], meaning: null, layers: null, constant: null, read: row.read(args) };
}

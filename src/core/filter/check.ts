// A tree to a test: names get their meaning, literals the type of what they are compared with, and what does not fit is told.

import { columnsCompare, columnsExist, columnsLogic, columnsNot } from './columns.ts';
import type { BuildTest, Condition, Test } from './context.ts';
import { bytesOf, type Expression } from './expression.ts';
import type { Scope } from './scope.ts';
import { FilterError } from './filter-error.ts';
import { bytes, literal } from './literal.ts';
import { NAMES } from './names.ts';
import { matcher } from './pattern.ts';
import { INFIX_BY_TEXT, type Operator } from './operators.ts';
import type { Compare, Node } from './syntax.ts';
import { exists, numericRows, paired, quantified, related, relatedTo, type Relation } from './tests.ts';
import { byteString, type Token } from './tokens.ts';
import { compatible, contains, TYPE_WORDS, type Interval } from './value.ts';

type Quantifier = 'any' | 'all' | null;

const RELATIONS: Readonly<Partial<Record<Operator, { readonly relation: Relation; readonly all: boolean }>>> = {
  any_eq: { relation: 'eq', all: false }, all_eq: { relation: 'eq', all: true }, any_ne: { relation: 'ne', all: false }, all_ne: { relation: 'ne', all: true },
  lt: { relation: 'lt', all: false }, le: { relation: 'le', all: false }, gt: { relation: 'gt', all: false }, ge: { relation: 'ge', all: false },
};
/** For a comparison that is written the other way round, 8 == icmp.type. */
const TURNED: Readonly<Record<Relation, Relation>> = { eq: 'eq', ne: 'ne', lt: 'gt', le: 'ge', gt: 'lt', ge: 'le' };

/** Throws FilterError. The tree's depth is bounded, so this may recurse. */
export function check(node: Node, scope: Scope): Condition {
  switch (node.kind) {
    case 'and': case 'or': case 'xor': return logic(node.kind, node.of.map((part) => check(part, scope)));
    case 'not': return not(check(node.of, scope));
    case 'any': case 'all':
      if (node.of.kind !== 'compare') throw new FilterError(node.sign, `"${node.kind}" stands before a comparison: ${node.kind} ip.ttl > 60`);
      return comparison(node.of, scope, node.kind);
    case 'compare': return comparison(node, scope, null);
    case 'word': case 'layer': { const of = scope.value(node); return { test: exists(of.meaning!, of.layers), columns: columnsExist(of.meaning!, of.layers) }; }
    case 'slice': return byBytes(quantified(scope.value(node).read, false, (v) => (v as Uint8Array).length > 0));
    case 'arithmetic':
      if (INFIX_BY_TEXT.get(node.op.text)?.op === '&') return byBytes(quantified(scope.value(node).read, false, (v) => (v instanceof Uint8Array ? v.some((b) => b !== 0) : v !== 0)));
      throw new FilterError(node, 'Compare the result: … == 5');
    case 'call': throw new FilterError(node, `Compare the result of ${scope.value(node).name} with something, as in > 0`);
    case 'negative': throw new FilterError(node, 'Write ! or not for the opposite');
    case 'string': case 'char': case 'set': case 'range': throw new FilterError(node, 'A value alone says nothing: compare a field with it');
  }
}

/** A condition of which the packet table knows nothing. */
const byBytes = (test: BuildTest): Condition => ({ test, columns: null });

const not = ({ test: of, columns }: Condition): Condition => ({ test: (program) => { const test = of(program); return (c) => !test(c); }, columns: columnsNot(columns) });

const logic = (kind: 'and' | 'or' | 'xor', parts: readonly Condition[]): Condition =>
  ({ test: logicTest(kind, parts.map(({ test }) => test)), columns: columnsLogic(kind, parts.map(({ columns }) => columns)) });

function logicTest(kind: 'and' | 'or' | 'xor', parts: readonly BuildTest[]): BuildTest {
  return (program): Test => {
    const tests = parts.map((part) => part(program));
    const [a, b] = tests;
    if (kind === 'and') return tests.length === 2 ? (c) => a!(c) && b!(c) : (c) => tests.every((test) => test(c));
    if (kind === 'or') return tests.length === 2 ? (c) => a!(c) || b!(c) : (c) => tests.some((test) => test(c));
    return (c) => tests.reduce((odd, test) => test(c) !== odd, false);
  };
}

function comparison(node: Compare, scope: Scope, quantifier: Quantifier): Condition {
  let left = node.first;
  const links = node.links.map(({ op, right }) => {
    const test = link(left, op, right, scope, quantifier);
    left = right;
    return test;
  });
  return links.length === 1 ? links[0]! : logic('and', links);
}

function link(left: Node, sign: Token, right: Node, scope: Scope, quantifier: Quantifier): Condition {
  const op = sign.text === 'not in' ? 'not in' : INFIX_BY_TEXT.get(sign.text)!.op;
  const row = RELATIONS[op];
  if (row && isLiteral(left) && !isLiteral(right)) return relation(scope.value(right), left, TURNED[row.relation], row.all, scope, quantifier);
  if (isLiteral(left) && left.kind !== 'word') throw new FilterError(left, `A field stands on the left of "${sign.text}"`);
  const of = scope.value(left);
  switch (op) {
    case 'in': return membership(of, right, scope, quantifier);
    case 'not in': return not(membership(of, right, scope, null)); // whatever any or all stands before it, as in Wireshark
    case 'contains': return byBytes(containing(of, right, scope, quantifier === 'all'));
    case 'matches': return byBytes(matching(of, right, quantifier === 'all'));
    default: return relation(of, right, row!.relation, row!.all, scope, quantifier);
  }
}

const isLiteral = (node: Node): boolean => node.kind === 'string' || node.kind === 'char' || (node.kind === 'word' && !NAMES().has(node.text) && /^[0-9:-]/.test(node.text));

function relation(of: Expression, right: Node, relation: Relation, allByDefault: boolean, scope: Scope, quantifier: Quantifier): Condition {
  const all = quantifier ? quantifier === 'all' : allByDefault;
  const intervals = literals(right, of);
  if (intervals) return against(of, relation, intervals, all);
  const other = scope.value(right, of);
  if (!compatible(of.type, other.type)) throw new FilterError(right, mismatch(of, other));
  const bytewise = of.type !== other.type && (of.type === 'ether' || other.type === 'ether');
  return byBytes(relatedTo(side(of, bytewise), side(other, bytewise), relation, all));
}

const side = (e: Expression, bytewise: boolean): Expression['read'] => (bytewise || e.type === 'protocol' ? bytesOf(e, 'header') : e.read);
const mismatch = (a: Expression, b: Expression): string =>
  `${b.name} is ${TYPE_WORDS[b.type]}, but ${a.name} is ${TYPE_WORDS[a.type]}: compare like with like, or put the value in quotes if it is one`;

function against(of: Expression, relation: Relation, intervals: readonly Interval[], all: boolean): Condition {
  const { type } = of;
  const plain = of.meaning?.kind === 'field' && of.layers === null && !of.infos.some((f) => f.over);
  const columns = columnsCompare(of.meaning, of.layers, relation, intervals, all);
  if (plain && (type === 'uint' || type === 'bool' || type === 'ipv4' || type === 'ether')) {
    return { test: numericRows(of.meaning.name, type === 'bool' ? 'flag' : of.infos.some((f) => f.signed) ? 'signed' : 'unsigned', relation, intervals, all), columns };
  }
  return { test: related(side(of, false), relation, intervals, all), columns };
}

/** The right side as values, or null when it is a field. A protocol's name counts as a value where it is one: ip.proto == icmp. */
function literals(node: Node, of: Expression): readonly Interval[] | null {
  if (node.kind === 'string' || node.kind === 'char') return literal(node, of);
  if (node.kind !== 'word') return null;
  const meaning = NAMES().get(node.text);
  if (!meaning) return literal(node, of);
  if (meaning.kind !== 'protocol' || of.type === 'protocol' || of.type === 'bytes') return null;
  try { return literal(node, of); } catch (e) { if (e instanceof FilterError) return null; throw e; }
}

/** With `all`, one item of the set has to hold all values, as in Wireshark: all ip.addr in {10.0.0.0/8, 172.16.0.0/12}. */
function membership(of: Expression, set: Node, scope: Scope, quantifier: Quantifier): Condition {
  if (set.kind !== 'set') throw new FilterError(set, 'Write the values in braces: {1, 2, 5..9}');
  const all = quantifier === 'all';
  const intervals: Interval[] = [];
  const tests: Condition[] = [];
  for (const item of set.items) {
    const values = item.kind === 'range' ? [{ low: end(item.low, of).low, high: end(item.high, of).high }] : literals(item, of);
    if (!values) tests.push(relation(of, item, 'eq', false, scope, quantifier));
    else if (all) tests.push(against(of, 'eq', values, true));
    else intervals.push(...values);
  }
  if (intervals.length > 0) tests.unshift(against(of, 'eq', intervals, false));
  return tests.length === 1 ? tests[0]! : logic('or', tests);
}

/** One end of a range; of an address block its first or its last address counts. */
function end(node: Node, of: Expression): Interval {
  if (node.kind !== 'word' && node.kind !== 'string' && node.kind !== 'char') throw new FilterError(node, 'The ends of a range are plain values: 1..5');
  return literal(node, of)[0]!;
}

const texts = (e: Expression): boolean => e.type === 'text';
function wantsText(of: Expression, op: string): void {
  if (of.type === 'text' || of.type === 'bytes' || of.type === 'protocol' || of.type === 'ether') return;
  throw new FilterError(of.node, `"${op}" looks inside text and bytes, and ${of.name} is ${TYPE_WORDS[of.type]}: write string(${of.name}) ${op} …`);
}

function containing(of: Expression, right: Node, scope: Scope, all: boolean): BuildTest {
  wantsText(of, 'contains');
  const field = right.kind === 'word' ? NAMES().get(right.text)?.kind === 'field' : right.kind !== 'string' && right.kind !== 'char';
  if (field) {
    const part = scope.value(right, of);
    if (texts(of) !== texts(part)) throw new FilterError(right, mismatch(of, part));
    return paired(bytesOf(of, 'rest'), bytesOf(part, 'rest'), all, (a, b) => (typeof a === 'string' ? b !== '' && a.includes(b as string) : (b as Uint8Array).length === 0 || contains(a as Uint8Array, b as Uint8Array)));
  }
  if (right.kind !== 'word' && right.kind !== 'string' && right.kind !== 'char') throw new FilterError(right, 'Bytes or text are wanted here');
  if (texts(of)) {
    const part = literal(right, of)[0]!.low as string;
    return quantified(of.read, all, (v) => part !== '' && (v as string).includes(part));
  }
  const part = bytes(right);
  return quantified(bytesOf(of, 'rest'), all, (v) => contains(v as Uint8Array, part));
}

function matching(of: Expression, right: Node, all: boolean): BuildTest {
  wantsText(of, 'matches');
  if (right.kind !== 'word' && right.kind !== 'string' && right.kind !== 'char') throw new FilterError(right, 'A regular expression in double quotes is wanted here');
  const test = matcher(right.kind === 'word' ? byteString(right.text) : right.value);
  if (typeof test === 'string') throw new FilterError(right, test);
  return quantified(bytesOf(of, 'rest'), all, test);
}

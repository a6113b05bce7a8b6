import type { Context } from './context.ts';
import type { Expression } from './expression.ts';
import type { Scope } from './scope.ts';
import { FilterError } from './filter-error.ts';
import type { Wanted } from './literal.ts';
import type { Arithmetic, Negative, Node } from './syntax.ts';
import { TYPE_WORDS, type Value, type ValueType } from './value.ts';

type Op = (a: number, b: number) => number;

const WORD = 4_294_967_296;
/** Bits that are set in both, also beyond the 32 that JavaScript's own & has. */
const bits: Op = (a, b) => (a < WORD && b < WORD ? (a & b) >>> 0 : Number(BigInt(a) & BigInt(b)));

const OPS: Readonly<Record<string, Op>> = {
  '&': bits, bitand: bits, bitwise_and: bits, '+': (a, b) => a + b, '-': (a, b) => a - b, '*': (a, b) => a * b,
  '/': (a, b) => Math.trunc(a / b), '%': (a, b) => a % b,
};

const NUMBER: Wanted = { type: 'uint', name: 'A number', infos: [] };

/** Every value on the left with every value on the right; what cannot be computed (a division by zero) gives none. */
export function arithmetic(scope: Scope, node: Arithmetic, wanted: Wanted | null): Expression {
  const op = OPS[node.op.text]!;
  const masks = op === bits;
  const left = scope.value(node.left, wanted ? numeric(wanted) : NUMBER);
  if (masks && left.type === 'bytes') return maskedBytes(scope, node, left);
  const right = scope.value(node.right, { ...numeric(left), infos: [] });
  for (const side of [left, right]) if (!computable(side.type, masks)) fail(side, masks);
  const read = (program: Parameters<Expression['read']>[0]) => {
    const [as, bs] = [left.read(program), right.read(program)];
    return (c: Context): Value[] => {
      const b = bs(c);
      return as(c).flatMap((x) => b.map((y) => op(Number(x), Number(y)))).filter(Number.isFinite);
    };
  };
  return { node, type: left.type === 'ipv4' ? 'ipv4' : 'uint', name: left.name, infos: [], meaning: null, layers: null, constant: null, read };
}

/** Bytes are masked one by one, as in tcp[13] & 02; where one side is longer, there is nothing to say. */
function maskedBytes(scope: Scope, node: Arithmetic, left: Expression): Expression {
  const right = scope.value(node.right, { type: 'bytes', name: left.name, infos: [] });
  if (right.type !== 'bytes') fail(right, true);
  const read: Expression['read'] = (program) => {
    const [as, bs] = [left.read(program), right.read(program)];
    return (c) => {
      const masks = bs(c) as Uint8Array[];
      return (as(c) as Uint8Array[]).flatMap((a) => masks.filter((b) => b.length === a.length).map((b) => a.map((byte, i) => byte & b[i]!)));
    };
  };
  return { node, type: 'bytes', name: left.name, infos: [], meaning: null, layers: null, constant: null, read };
}

export function negative(scope: Scope, node: Negative, wanted: Wanted | null): Expression {
  const of = scope.value(node.of, wanted ? numeric(wanted) : NUMBER);
  if (!computable(of.type, false)) fail(of, false);
  const read: Expression['read'] = (program) => { const values = of.read(program); return (c) => values(c).map((v) => -Number(v)); };
  return { node, type: 'uint', name: of.name, infos: [], meaning: null, layers: null, constant: of.constant === null ? null : -Number(of.constant), read };
}

const numeric = (wanted: Wanted): Wanted => (wanted.type === 'ipv4' ? { ...wanted } : { ...NUMBER, name: wanted.name });
const computable = (type: ValueType, masks: boolean): boolean => type === 'uint' || type === 'bool' || (masks && type === 'ipv4');

function fail({ node, name, type }: { node: Node; name: string; type: ValueType }, masks: boolean): never {
  throw new FilterError(node, `${name} is ${TYPE_WORDS[type]}: ${masks ? 'only numbers and IPv4 addresses have bits to mask' : 'only numbers can be computed with'}`);
}

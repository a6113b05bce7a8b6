import type { Context } from './context.ts';
import type { Expression } from './expression.ts';
import type { Scope } from './scope.ts';
import { FilterError } from './filter-error.ts';
import type { Wanted } from './literal.ts';
import type { Arithmetic, Negative, Node } from './syntax.ts';
import { TYPE_WORDS, type Value, type ValueType } from './value.ts';

type Op = (a: Value, b: Value) => Value;

const WORD = 4_294_967_296;
/** Bits that are set in both, also beyond the 32 that JavaScript's own & has. */
const bits = (a: number, b: number): number => (a < WORD && b < WORD ? (a & b) >>> 0 : Number(BigInt(a) & BigInt(b)));
const numbers = (compute: (a: number, b: number) => number): Op => (a, b) => compute(Number(a), Number(b));
const spans = (compute: (a: bigint, b: bigint) => bigint): Op => (a, b) => compute(a as bigint, b as bigint);
/** Byte by byte, as in tcp[13] & 02; where one side is longer, there is nothing to say. */
const masked: Op = (a, b) => { const [bytes, mask] = [a as Uint8Array, b as Uint8Array]; return bytes.length === mask.length ? bytes.map((byte, i) => byte & mask[i]!) : NaN; };

const MASK = numbers(bits);
const OPS: Readonly<Record<string, Readonly<Partial<Record<ValueType, Op>>>>> = {
  '&': { uint: MASK, ipv4: MASK, ether: MASK, ipv6: masked, bytes: masked },
  '+': { uint: numbers((a, b) => a + b), duration: spans((a, b) => a + b) },
  '-': { uint: numbers((a, b) => a - b), duration: spans((a, b) => a - b) },
  '*': { uint: numbers((a, b) => a * b) },
  '/': { uint: numbers((a, b) => Math.trunc(a / b)) },
  '%': { uint: numbers((a, b) => a % b) },
};
const SIGNS: Readonly<Record<string, string>> = { bitand: '&', bitwise_and: '&' };

const NUMBER: Wanted = { type: 'uint', name: 'A number', infos: [] };

/** Wireshark computes in 32 bits, or in 64 with a field that has them. */
const FITS = { low: -(2 ** 31), high: 2 ** 32 - 1 };
const isWide = ({ infos }: Wanted): boolean => infos.some(({ width }) => width > 32);

/** Every value on the left with every value on the right; what cannot be computed (a division by zero, a number that is too large) is NaN. */
export function arithmetic(scope: Scope, node: Arithmetic, wanted: Wanted | null): Expression {
  const sign = SIGNS[node.op.text] ?? node.op.text;
  const left = scope.value(node.left, wanted ? unbounded(wanted) : NUMBER);
  const type = computed(left.type);
  const op = OPS[sign]![type] ?? fail(left, sign);
  const right = scope.value(node.right, { ...unbounded(left), name: left.name });
  if (computed(right.type) !== type) fail(right, sign, left);
  const { low, high } = type !== 'uint' || isWide(left) || isWide(right) ? { low: -Number.MAX_VALUE, high: Number.MAX_VALUE } : FITS;
  const read = (program: Parameters<Expression['read']>[0]) => {
    const [as, bs] = [left.read(program), right.read(program)];
    return (c: Context): Value[] => {
      const b = bs(c);
      return as(c).flatMap((x) => b.map((y) => op(x, y))).map((v) => (typeof v !== 'number' || (v >= low && v <= high) ? v : NaN));
    };
  };
  return { node, type, name: left.name, infos: [], meaning: null, layers: null, constant: null, read };
}

export function negative(scope: Scope, node: Negative, wanted: Wanted | null): Expression {
  const of = scope.value(node.of, wanted ? unbounded(wanted) : NUMBER);
  const type = computed(of.type);
  if (type !== 'uint' && type !== 'duration') fail(of, '-');
  const turn = (v: Value): Value => -(v as number);
  const read: Expression['read'] = (program) => { const values = of.read(program); return (c) => values(c).map(turn); };
  return { node, type, name: of.name, infos: [], meaning: null, layers: null, constant: of.constant === null ? null : turn(of.constant), read };
}

/** Results may be larger than the field is. */
const unbounded = ({ type, name }: Wanted): Wanted => ({ type: computed(type), name, infos: [] });
/** A flag computes as a number, and a protocol as its bytes. */
const computed = (type: ValueType): ValueType => (type === 'bool' ? 'uint' : type === 'protocol' ? 'bytes' : type);

function fail({ node, name, type }: { node: Node; name: string; type: ValueType }, sign: string, left?: Expression): never {
  if (left) throw new FilterError(node, `${name} is ${TYPE_WORDS[type]} and ${left.name} ${TYPE_WORDS[left.type]}: compute with values of one type`);
  const can = sign === '&' ? 'only numbers, addresses and slices have bits to mask' : sign === '+' || sign === '-' ? 'only numbers and times in seconds can be computed with' : 'only numbers can be computed with';
  throw new FilterError(node, `${name} is ${TYPE_WORDS[type]}: ${can}`);
}

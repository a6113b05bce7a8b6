// Display filters made at random: every kind of expression, over the fields and values that a capture has.

import fc from 'fast-check';
import type { ValueType } from '../filter/value.ts';

/** A field or protocol of a capture, and some of its values as tshark prints them; for a protocol the bytes of a header, in hexadecimal. */
export interface Seen { readonly name: string; readonly type: ValueType; readonly values: readonly string[] }

type Text = fc.Arbitrary<string>;
const one = (...texts: readonly string[]): Text => fc.constantFrom(...texts);
const join = (...parts: readonly (Text | string)[]): Text => fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((texts) => texts.join(''));
const maybe = (text: Text, times = 1): Text => fc.oneof({ arbitrary: fc.constant(''), weight: 3 }, { arbitrary: text, weight: times });

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;
const hexOf = (text: string): string => [...text.replace(/[^0-9a-f]/gi, '')].join('');
const pairs = (hex: string): string[] => hex.match(/../g) ?? [];
/** The bytes as an unquoted literal, and as a string with escapes. */
const bytesText = (bytes: readonly string[]): Text => (bytes.length === 0 ? one('00:01') : bytes.length === 1 ? one(`0x${bytes[0]}`, escaped(bytes)) : one(bytes.join(':'), bytes.join('-'), bytes.join('.'), escaped(bytes)));
const escaped = (bytes: readonly string[]): string => `"${bytes.map((byte) => { const c = String.fromCharCode(parseInt(byte, 16)); return /[ -!#-[\]-~]/.test(c) ? c : `\\x${byte}`; }).join('')}"`;
const part = (bytes: readonly string[]): fc.Arbitrary<string[]> => (bytes.length === 0 ? fc.constant([]) : fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 5 })).map(([at, n]) => bytes.slice(at, at + n)));

const integer = (value: bigint): Text => fc.integer({ min: -1, max: 1 }).chain((more) => {
  const n = value + BigInt(more) < 0n ? 0n : value + BigInt(more);
  return one(String(n), String(n), `0x${n.toString(16)}`, `0${n.toString(8)}`, `0b${n.toString(2)}`, ...n < 256n ? [`'\\x${n.toString(16).padStart(2, '0')}'`] : []);
});
const number = (text: string): bigint => { try { return BigInt(text.split('.')[0]!); } catch { return 1n; } };

/** Literals for a value. */
const LITERALS: Readonly<Record<ValueType, (value: string) => Text>> = {
  uint: (v) => integer(number(v)),
  bool: () => one('0', '1', 'True', 'False', 'TRUE', '2'),
  ipv4: (v) => fc.oneof(one(v, quoted(v)), fc.integer({ min: 1, max: 32 }).map((bits) => `${v}/${bits}`)),
  ipv6: (v) => fc.oneof(one(v, '::', 'fe80::1', quoted(v)), fc.integer({ min: 1, max: 128 }).map((bits) => `${v}/${bits}`)),
  ether: (v) => one(v, v.replaceAll(':', '-'), v.replaceAll(':', '.'), 'ff:ff:ff:ff:ff:ff'),
  bytes: (v) => fc.oneof(bytesText(pairs(hexOf(v)).slice(0, 40)), part(pairs(hexOf(v))).chain(bytesText)),
  protocol: (v) => part(pairs(hexOf(v))).chain(bytesText),
  text: (v) => fc.oneof(one(quoted(v), `r${quoted(v)}`), fc.nat(Math.max(0, v.length - 1)).map((at) => quoted(v.slice(at, at + 4)))),
  duration: (v) => one(v, '0', '0.5', '-1', '1.000000001', '60'),
  time: () => one('"2011-01-01 00:00:00"', '"2015-07-04T12:34:56.5Z"', '"Nov 12, 1999 08:55:44"', '"Nov 12, 2016 08:55:44.123 UTC"', '"2016-02-03 01:02:03+02:00"'),
};

const EQUALITIES = ['==', '!=', 'eq', 'ne', '===', '!==', 'any_eq', 'all_ne', 'all_eq', 'any_ne', '~='];
const ORDERS = ['<', '<=', '>', '>=', 'lt', 'le', 'gt', 'ge'];
const LAYERS = ['#1', '#2', '#[1]', '#[-1]', '#[1-2]', '#[2:2]', '#[:2]', '#[2:]', '#[1,3]', '#[-2:1]'];
const SLICES = ['[0]', '[1]', '[-1]', '[0:2]', '[:2]', '[1:]', '[-3:]', '[-3:2]', '[0-1]', '[1-2]', '[0,2]', '[0:1,2-3]', '[-2--1]', '[3:4]', '[0:6]', '[2:200]'];
const PATTERNS = ['^.', '[0-9]+', 'a', '\\\\x00', '^(a|b|c)', '\\\\d+\\\\.', 'e$', '(?-i)A', '.{4}', '[^a-z]', '\\\\xff', '^$', 'www', '(?i)HTTP', 'a+?b*'];
const isSliceable = ({ type }: Seen): boolean => type === 'bytes' || type === 'protocol' || type === 'text' || type === 'ether';
const isNumber = ({ type }: Seen): boolean => type === 'uint';

/** The same field with and without its layer: Wireshark 4.0 takes the values of the first for both. */
const mentionsTwoWays = (text: string): boolean => {
  const ways = new Map<string, string>();
  for (const [, name, layer = ''] of text.matchAll(/([a-z][a-z0-9_.-]*)(#(?:\d+|\[[^\]]*\]))?/gi)) {
    if ((ways.get(name!) ?? layer) !== layer) return true;
    ways.set(name!, layer);
  }
  return false;
};

/** Filters over these fields and protocols; of every type there should be some. */
export function filterArbitrary(all: readonly Seen[]): Text {
  const from = (wanted: readonly Seen[], make: (seen: Seen) => Text): Text => (wanted.length === 0 ? one('frame') : fc.constantFrom(...wanted).chain(make));
  const fields = all.filter(({ type }) => type !== 'protocol');
  const numbers = all.filter(isNumber);
  const comparable = fields.filter(({ type }) => type !== 'bool');
  const literal = ({ type, values }: Seen): Text => (values.length === 0 ? LITERALS[type]('0') : fc.constantFrom(...values).chain(LITERALS[type]));
  const layered = ({ name }: Seen): Text => (/^frame|^igmp|trailer|padding/.test(name) ? one(name) : join(name, maybe(one(...LAYERS))));
  const quantifier = maybe(one('any ', 'all '));
  const mask = ({ values }: Seen): Text => (values.length === 0 ? one('0x1') : fc.constantFrom(...values)).chain((v) => one(String(number(v)), `0x${number(v).toString(16)}`, '1', '0x3'));
  const operator = one(...EQUALITIES, ...ORDERS);

  const plain = from(fields, (seen) => join(quantifier, layered(seen), ' ', operator, ' ', literal(seen)));
  const exists = from(all, layered);
  const range = (seen: Seen): Text => join(literal(seen), one('..', ' .. '), literal(seen));
  const member = from(fields, (seen) => join(quantifier, layered(seen), one(' in {', ' not in {'), fc.array(fc.oneof({ arbitrary: literal(seen), weight: 3 }, { arbitrary: range(seen), weight: 1 }), { minLength: 1, maxLength: 4 }).map((items) => items.join(', ')), '}'));
  const sliced = from(all.filter(isSliceable), (seen) => join(layered(seen), one(...SLICES), ' ', one(...EQUALITIES, ...ORDERS, 'contains'), ' ',
    seen.type === 'text' ? literal(seen) : (seen.values.length === 0 ? one('00') : fc.constantFrom(...seen.values)).chain((v) => part(pairs(hexOf(v)))).chain(bytesText)));
  const slicedAlone = from(all.filter(isSliceable), (seen) => join(layered(seen), one(...SLICES)));
  const contains = from(all.filter(isSliceable), (seen) => join(quantifier, layered(seen), ' contains ', literal(seen)));
  const matches = from(all.filter((seen) => isSliceable(seen) && seen.type !== 'ether'), (seen) => join(quantifier, layered(seen), maybe(one(...SLICES)), one(' matches ', ' ~ '), one(...PATTERNS).map((pattern) => `"${pattern}"`)));
  const stringOf = from(fields.filter(({ type }) => type !== 'text' && type !== 'bytes'), (seen) => fc.oneof(
    join(`string(${seen.name}) `, one('contains', '==', '!=', '>'), ' ', (seen.values.length === 0 ? one('1') : fc.constantFrom(...seen.values)).chain((v) => one(quoted(v), quoted(v.slice(0, 2))))),
    join(`string(${seen.name}) matches `, one(...PATTERNS).map((pattern) => `"${pattern}"`))));
  const cased = from(fields.filter(({ type }) => type === 'text'), (seen) => join(one('upper', 'lower'), `(${seen.name}) `, one('==', 'contains', '!='), ' ', (seen.values.length === 0 ? one('a') : fc.constantFrom(...seen.values)).chain((v) => one(quoted(v.toUpperCase()), quoted(v.toLowerCase())))));
  const length = from(all.filter((seen) => isSliceable(seen)), (seen) => join(`len(${seen.name}) `, operator, ' ', fc.integer({ min: 0, max: 40 }).map(String)));
  const counted = from(all, (seen) => join(`count(${seen.name}) `, operator, ' ', fc.integer({ min: 0, max: 4 }).map(String)));
  const extreme = from(comparable, (seen) => join(one('max', 'min'), '(', fc.array(fc.constantFrom(...comparable.filter(({ type }) => type === seen.type)), { maxLength: 2 }).map((more) => [seen, ...more].map(({ name }) => name).join(', ')), ') ', operator, ' ', literal(seen)));
  const absolute = from(numbers, (seen) => join(`abs(${seen.name}) `, operator, ' ', literal(seen)));
  const small = fc.integer({ min: 1, max: 9 }).map(String);
  const computed = from(numbers, (seen) => join(layered(seen), ' ', one('+', '*', '/', '%', '- ', '-'), ' ', small, ' ', operator, ' ', literal(seen)));
  const computedRight = from(numbers, (a) => from(numbers, (b) => join(`${a.name} `, operator, ` `, one('', '2 * '), '{', b.name, ' ', one('+', '*', '/', '%'), ' ', small, '}', maybe(join(' + ', small)))));
  const masked = from(numbers, (seen) => join(layered(seen), one(' & ', ' bitwise_and '), mask(seen), maybe(join(' ', operator, ' ', literal(seen)), 3)));
  const timed = from(all.filter(({ type }) => type === 'duration'), (seen) => fc.oneof(join(`${seen.name} `, one('+', '-'), ' ', one('1', '0.5', '0.001'), ' ', operator, ' ', literal(seen)), join(one('max', 'min', 'abs'), `(${seen.name}) `, operator, ' ', literal(seen))));
  const maskedBytes = from(all.filter((seen) => isSliceable(seen) && seen.type !== 'text'), (seen) => join(`${seen.name}[0:2] & `, one('ff:0f', '00:01', '40:00', 'f0:f0'), maybe(join(' ', one('==', '!=', '>'), ' ', one('40:00', '00:00', '08:00')), 3)));
  const withField = from(fields, (a) => from(fields.filter(({ type }) => type === a.type), (b) => join(quantifier, layered(a), ' ', operator, ' ', layered(b))));
  const sliceWithSlice = from(all.filter((s) => isSliceable(s) && s.type !== 'text'), (a) => from(all.filter((s) => isSliceable(s) && s.type !== 'text'), (b) => join(a.name, one('[0:2]', '[0:1]'), ' ', one('==', '!=', '<', 'contains'), ' ', b.name, one('[0:2]', '[0:1]', '[2:1]'))));
  const chained = from(numbers, (a) => from(numbers, (b) => join(a.name, one(' < ', ' <= ', ' == '), b.name, one(' < ', ' <= ', ' != '), literal(a))));

  const term = fc.oneof({ arbitrary: plain, weight: 5 }, { arbitrary: exists, weight: 1 }, { arbitrary: member, weight: 3 }, { arbitrary: sliced, weight: 3 }, slicedAlone, contains, matches, stringOf, cased, timed, length, counted, extreme, absolute,
    { arbitrary: computed, weight: 2 }, computedRight, { arbitrary: masked, weight: 2 }, maskedBytes, { arbitrary: withField, weight: 2 }, sliceWithSlice, chained);
  return fc.oneof({ arbitrary: term, weight: 6 }, { arbitrary: join(one('!', 'not '), '(', term, ')'), weight: 1 },
    { arbitrary: join(maybe(one('!', 'not ')), term, one(' && ', ' and ', ' || ', ' or '), maybe(one('!', 'not ')), term, maybe(join(one(' && ', ' || ', ' or '), term))), weight: 2 })
    .filter((text) => !mentionsTwoWays(text));
}

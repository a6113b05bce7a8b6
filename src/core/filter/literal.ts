// A literal to the values that it stands for, read as the field beside it wants.

import { meaningOf } from '../dissect/layer.ts';
import type { FieldInfo } from '../dissect/program.ts';
import { block4, block6, parseBytes, parseIpv4, parseIpv6 } from './address-literal.ts';
import { FilterError } from './filter-error.ts';
import type { Text, Word } from './syntax.ts';
import { parseDuration, parseTime } from './time-literal.ts';
import { fromLatin1, single, type Interval, type ValueType } from './value.ts';

/** What the literal is compared with: its type, its name for messages, and the fields whose words for numbers count. */
export interface Wanted { readonly type: ValueType; readonly name: string; readonly infos: readonly FieldInfo[] }

type Literal = Word | Text;
const decoder = new TextDecoder();

/** Several intervals where one word names several numbers. Throws FilterError, with the literal marked. */
export function literal(node: Literal, wanted: Wanted): readonly Interval[] {
  switch (wanted.type) {
    case 'uint': return number(node, wanted);
    case 'bool': return flag(node, wanted);
    case 'ipv4': return [ipv4(node, wanted)];
    case 'ipv6': return [ipv6(node, wanted)];
    case 'ether': return [ether(node, wanted)];
    case 'bytes': case 'protocol': return [single(bytes(node))];
    case 'text': return [single(node.kind === 'word' ? node.text : utf8(node))];
    case 'duration': return [single(parseDuration(plain(node)) ?? bad(node, `${wanted.name} is compared with seconds: 0.25, or 1.000000001`))];
    case 'time': return [single(parseTime(plain(node)) ?? bad(node, `Write a time as "2024-01-31 12:34:56.5" (local), or with Z behind it for UTC`))];
  }
}

const bad = (node: Literal, message: string): never => { throw new FilterError(node, message); };
const utf8 = (node: Text): string => decoder.decode(fromLatin1(node.value));
const plain = (node: Literal): string => (node.kind === 'word' ? node.text : utf8(node));
const shown = (node: Literal): string => (node.text.length > 40 ? `${node.text.slice(0, 40)}…` : node.text).replace(/^"?([^]*?)"?$/, '"$1"');

/** Decimal, 0x hexadecimal, 0b or 0o, octal behind a leading zero as in Wireshark. NaN for what is no number. */
export function parseNumber(text: string): number {
  const m = /^(-?)(?:0x([0-9a-f]+)|0b([01]+)|0o([0-7]+)|0([0-7]+)|(\d+))$/i.exec(text);
  if (!m) return NaN;
  const value = m[2] ? parseInt(m[2], 16) : m[3] ? parseInt(m[3], 2) : m[4] ? parseInt(m[4], 8) : m[5] ? parseInt(m[5], 8) : Number(m[6]);
  return m[1] ? -value : value;
}

const DECIMAL = /^-?[0-9]+(?:\.[0-9]+)?$/;

function number(node: Literal, wanted: Wanted): readonly Interval[] {
  if (node.kind === 'char') return [single(node.value.charCodeAt(0))];
  const value = node.kind === 'word' ? parseNumber(node.text) : NaN;
  if (wanted.infos.some((f) => f.over) && node.kind === 'word' && DECIMAL.test(node.text)) return [single(Number(node.text))];
  if (Number.isNaN(value)) return named(node, wanted);
  const most = largest(wanted.infos);
  if (value > most) bad(node, `${wanted.name} holds 0 to ${most}: ${node.text} is too large`);
  if (value < 0 && wanted.infos.length > 0 && !wanted.infos.some((f) => f.signed)) bad(node, `${wanted.name} is never negative`);
  return [single(value)];
}

/**
 * Wireshark's types come in whole bytes, and those of some bits may be as wide as the word that the bits are in; a scaled field can hold more than
 * its bits.
 */
function largest(infos: readonly FieldInfo[]): number {
  const bits = infos.map(({ width, digits = 0, scale = 1 }) => (width % 8 === 0 ? Math.max(width + 8 * Math.ceil(Math.log2(scale) / 8), 4 * digits) : WORD_BITS));
  return infos.length === 0 || infos.some((f) => f.width === 0) ? Number.MAX_SAFE_INTEGER : 2 ** Math.max(...bits) - 1;
}
const WORD_BITS = 32;

/** Values by the words that the field has for them: arp.opcode == request. */
function named(node: Literal, { name, infos }: Wanted): readonly Interval[] {
  const word = plain(node);
  const all = infos.flatMap(wordsFor);
  const exact = all.filter(([, text]) => text === word);
  const found = exact.length > 0 ? exact : all.filter(([, text]) => text.toLowerCase() === word.toLowerCase());
  if (found.length > 0) return [...new Set(found.map(([value]) => value))].map(single);
  const examples = all.slice(0, 3).map(([, text]) => `"${text}"`);
  return bad(node, `${shown(node)} is no value of ${name}: write a number${examples.length > 0 ? `, or its name, as in ${examples.join(', ')}` : ' without quotes'}`);
}

/** Fields up to this width are asked for the words of every value. */
const SAYABLE_BITS = 16;

/** The values that a field has words for. */
export function wordsFor(field: FieldInfo): (readonly [value: number, text: string])[] {
  if (!field.say || field.width > SAYABLE_BITS) return Object.entries(field.strings ?? {}).map(([value, text]) => [Number(value), text] as const);
  return Array.from({ length: 2 ** field.width }, (_, value) => [value, meaningOf(field, value)] as const).filter(([, text]) => text !== '');
}

function flag(node: Literal, wanted: Wanted): readonly Interval[] {
  const word = plain(node);
  if (/^true$/i.test(word)) return [single(1)];
  if (/^false$/i.test(word)) return [single(0)];
  const value = node.kind === 'word' ? parseNumber(word) : NaN;
  if (!Number.isNaN(value)) return [single(value === 0 ? 0 : 1)];
  const words = wanted.infos.some((f) => f.strings) ? named(node, wanted) : [];
  return words.length > 0 ? words : bad(node, `${wanted.name} is a flag: compare it with 1, 0, true or false, or write it alone`);
}

/** "10.0.0.0/8" in its two halves; -1 where there is no prefix length. */
function block(node: Literal, most: number): { address: string; bits: number } {
  const [address, length, more] = plain(node).split('/');
  if (length === undefined) return { address: address!, bits: -1 };
  const bits = /^\d{1,3}$/.test(length) ? Number(length) : NaN;
  if (more !== undefined || !(bits <= most)) {
    const at = node.kind === 'word' ? node.from + address!.length : node.from;
    throw new FilterError({ from: at, to: node.to }, `Write the prefix length as /0 to /${most}`);
  }
  return { address: address!, bits };
}

function ipv4(node: Literal, { name }: Wanted): Interval {
  const { address, bits } = block(node, 32);
  const value = parseIpv4(address);
  if (value !== null) return bits < 0 ? single(value) : block4(value, bits);
  if (parseIpv6(address)) bad(node, `${name} holds IPv4 addresses: use ipv6.addr, ipv6.src or ipv6.dst for this one`);
  return bad(node, `${shown(node)} is no IPv4 address: write all four numbers, as in 172.31.0.0/16; host names are not looked up`);
}

function ipv6(node: Literal, { name }: Wanted): Interval {
  const { address, bits } = block(node, 128);
  const value = parseIpv6(address);
  if (value) return bits < 0 ? single(value) : block6(value, bits);
  if (parseIpv4(address) !== null) bad(node, `${name} holds IPv6 addresses: use ip.addr, ip.src or ip.dst for this one`);
  return bad(node, `${shown(node)} is no IPv6 address: write it as in fe80::1 or 2001:db8::/32; host names are not looked up`);
}

const MAC_BYTES = 6;

function ether(node: Literal, { name }: Wanted): Interval {
  const value = parseBytes(plain(node));
  if (value?.length === MAC_BYTES) return single(value.reduce((all, b) => all * 256 + b, 0));
  if (value) bad(node, `A MAC address has six bytes; to compare fewer, slice the field: ${name}[0:${Math.min(value.length, MAC_BYTES)}] == ${plain(node)}`);
  return bad(node, `${shown(node)} is no MAC address: write six bytes, as in 0a:d3:93:e4:27:b2`);
}

/** Hexadecimal when bare; the characters themselves when quoted. */
export function bytes(node: Literal): Uint8Array {
  if (node.kind !== 'word') return fromLatin1(node.value);
  const value = parseBytes(node.text);
  if (value) return value;
  if (/^(?:0x)?[0-9a-f]+$/i.test(node.text)) bad(node, `Bytes are written in hexadecimal, two digits each: "${node.text}" has an odd number of digits`);
  return bad(node, `${shown(node)} is no byte string: write bytes as 08:00:45, or text in double quotes`);
}

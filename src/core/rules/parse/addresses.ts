import { RuleError } from '../rule-error.ts';
import { readList } from './lists.ts';
import { type Range, subtract, union } from './ranges.ts';

/** Addresses as sorted pairs: IPv4 as [from, to, …], IPv6 as four words each, so that a packet's address is compared without making anything. */
export interface AddressSet { readonly any: boolean; readonly v4: Uint32Array; readonly v6: Uint32Array }

interface Sets { readonly v4: readonly Range[]; readonly v6: readonly Range[] }

const ALL: Sets = { v4: [{ from: 0n, to: 0xffff_ffffn }], v6: [{ from: 0n, to: (1n << 128n) - 1n }] };
const NONE: Sets = { v4: [], v6: [] };
const words = (value: bigint): number[] => [96n, 64n, 32n, 0n].map((shift) => Number((value >> shift) & 0xffff_ffffn));

const toSet = ({ v4, v6 }: Sets): AddressSet => ({
  any: v4.length === 1 && v4[0]!.from === 0n && v4[0]!.to === ALL.v4[0]!.to && v6.length === 1 && v6[0]!.from === 0n && v6[0]!.to === ALL.v6[0]!.to,
  v4: Uint32Array.from(v4.flatMap(({ from, to }) => [Number(from), Number(to)])),
  v6: Uint32Array.from(v6.flatMap(({ from, to }) => [...words(from), ...words(to)])),
});

export const ANY_ADDRESS = toSet(ALL);

export function hasV4(set: AddressSet, address: number): boolean {
  if (set.any) return true;
  const { v4 } = set;
  let low = 0;
  let high = v4.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (v4[2 * middle + 1]! < address) low = middle + 1; else high = middle;
  }
  return 2 * low < v4.length && v4[2 * low]! <= address;
}

/** Whether the 16 bytes at `at` are in the set. */
export function hasV6(set: AddressSet, bytes: Uint8Array, at: number): boolean {
  if (set.any) return true;
  const { v6 } = set;
  for (let i = 0; i < v6.length; i += 8) if (compare(v6, i, bytes, at) <= 0 && compare(v6, i + 4, bytes, at) >= 0) return true;
  return false;
}

/** The sign of (the four words at `i`) minus (the address in the bytes). */
function compare(pairs: Uint32Array, i: number, b: Uint8Array, at: number): number {
  for (let word = 0; word < 4; word++) {
    const p = at + 4 * word;
    const difference = pairs[i + word]! - (((b[p]! << 24) | (b[p + 1]! << 16) | (b[p + 2]! << 8) | b[p + 3]!) >>> 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** `any`, an address, `a/b`, `a-b`, lists, negation, variables. `at` is where the text stands in the rule. */
export function readAddresses(text: string, at: number, variables: ReadonlyMap<string, string>): AddressSet {
  if (text.toLowerCase() === 'any') return ANY_ADDRESS;
  return toSet(readList<Sets>(text, at, {
    noun: 'address', all: ALL, none: NONE, variables, one: readMember,
    union: (sets) => ({ v4: union(sets.flatMap((s) => s.v4)), v6: union(sets.flatMap((s) => s.v6)) }),
    subtract: (a, b) => ({ v4: subtract(a.v4, b.v4), v6: subtract(a.v6, b.v6) }),
    empty: (s) => s.v4.length === 0 && s.v6.length === 0,
  }));
}

export interface Address { readonly bits: 32 | 128; readonly value: bigint }

function readMember(text: string, at: number): Sets {
  const fail = (what: string, next: string): never => { throw new RuleError(what, at, text.length, next); };
  const slash = text.indexOf('/');
  const dash = text.indexOf('-');
  const cut = slash >= 0 ? slash : dash >= 0 ? dash : text.length;
  const first = parseAddress(text.slice(0, cut).trim()) ?? fail(`“${text}” is no address`, 'Write an IPv4 or IPv6 address, a network such as 172.31.0.0/16, a range, or any.');
  let from = first.value;
  let to = first.value;
  if (slash >= 0) {
    const size = prefixLength(text.slice(slash + 1).trim(), first.bits);
    if (size < 0) fail(`“${text}” has no prefix length that fits`, `It runs from 0 to ${first.bits}.`);
    const host = (1n << BigInt(first.bits - size)) - 1n;
    from = first.value & ~host;
    to = from | host;
  } else if (dash >= 0) {
    const last = parseAddress(text.slice(dash + 1).trim());
    if (last === null || last.bits !== first.bits) fail(`“${text}” is no range of addresses`, 'Write two addresses of one kind with a dash between them.');
    else to = last.value;
    if (to < from) fail(`The range “${text}” runs backwards`, 'Write the lower address first.');
  }
  return first.bits === 32 ? { v4: [{ from, to }], v6: [] } : { v4: [], v6: [{ from, to }] };
}

/** A number of bits, or a netmask such as 255.255.0.0; -1 when it is neither. */
function prefixLength(text: string, bits: number): number {
  if (/^\d{1,3}$/.test(text)) return Number(text) <= bits ? Number(text) : -1;
  const mask = bits === 32 ? parseV4(text) : null;
  if (mask === null) return -1;
  const inverse = 0xffff_ffffn ^ mask;
  return (inverse & (inverse + 1n)) === 0n ? 32 - inverse.toString(2).replace(/^0$/, '').length : -1;
}

/** An address as a number and how many bits it has; null for what is none. */
export const parseAddress = (text: string): Address | null => {
  const v4 = parseV4(text);
  if (v4 !== null) return { bits: 32, value: v4 };
  const v6 = text.length <= 45 ? parseV6(text) : null;
  return v6 === null ? null : { bits: 128, value: v6 };
};

function parseV4(text: string): bigint | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined || parts.some((n) => n > 255)) return null;
  return parts.reduce((value, n) => (value << 8n) | BigInt(n), 0n);
}

/** RFC 4291 section 2.2, the dotted ending included. */
function parseV6(text: string): bigint | null {
  let plain = text;
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (dotted !== null) {
    const v4 = parseV4(dotted[2]!);
    if (v4 === null) return null;
    plain = `${dotted[1]!}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`;
  }
  const halves = plain.split('::');
  if (halves.length > 2) return null;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const given = groups.flat();
  if (given.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  const missing = 8 - given.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const all = [...groups[0]!, ...Array<string>(missing).fill('0'), ...(groups[1] ?? [])];
  return all.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

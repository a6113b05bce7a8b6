import { RuleError } from '../rule-error.ts';
import { readList } from './lists.ts';
import { type Range, subtract, union } from './ranges.ts';

/** Ports as sorted pairs [from, to, from, to, …]; `any` also holds for packets that have no ports. */
export interface PortSet { readonly any: boolean; readonly pairs: Uint16Array }

const MAX = 65_535n;
const ALL: readonly Range[] = [{ from: 0n, to: MAX }];
export const ANY_PORT: PortSet = { any: true, pairs: Uint16Array.of(0, 65_535) };

/** Whether a port is in the set; -1 (no port) is in `any` alone. */
export function hasPort(set: PortSet, port: number): boolean {
  if (set.any) return true;
  const { pairs } = set;
  for (let i = 0; i < pairs.length; i += 2) if (port <= pairs[i + 1]!) return port >= pairs[i]!;
  return false;
}

/** `any`, `80`, `80:90`, `:1024`, `1024:`, lists, negation, variables. `at` is where the text stands in the rule. */
export function readPorts(text: string, at: number, variables: ReadonlyMap<string, string>): PortSet {
  if (text.toLowerCase() === 'any') return ANY_PORT;
  const set = readList<readonly Range[]>(text, at, {
    noun: 'port', all: ALL, none: [], variables, one: readPort, union: (sets) => union(sets.flat()), subtract, empty: (ranges) => ranges.length === 0,
  });
  if (set.length === 1 && set[0]!.from === 0n && set[0]!.to === MAX) return ANY_PORT;
  return { any: false, pairs: Uint16Array.from(set.flatMap(({ from, to }) => [Number(from), Number(to)])) };
}

function readPort(text: string, at: number): readonly Range[] {
  const found = /^(\d*)\s*(:?)\s*(\d*)$/.exec(text);
  const [, low = '', colon = '', high = ''] = found ?? [];
  const from = low === '' ? 0n : BigInt(low);
  const to = colon === '' ? from : high === '' ? MAX : BigInt(high);
  if (found === null || (low === '' && high === '')) throw new RuleError(`“${text}” is no port`, at, text.length, 'Write a number from 0 to 65535, a range such as 1024:65535, or any.');
  if (from > MAX || to > MAX) throw new RuleError(`“${text}” is no port`, at, text.length, 'The highest port is 65535.');
  if (from > to) throw new RuleError(`The port range “${text}” runs backwards`, at, text.length, 'Write the lower port first.');
  return [{ from, to }];
}

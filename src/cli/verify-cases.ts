// Runs a case of suricata-verify as its README in ../shared/rules/verify says. Test support.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseRules } from '../core/rules/parse/parse-rules.ts';
import { alerts } from './alerts.ts';

export const VERIFY = '../shared/rules/verify';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
interface Check { readonly count?: number; readonly match?: Record<string, Json>; readonly fast_log_lines?: number; readonly containing?: string }
export interface VerifyCase {
  readonly name: string;
  readonly folder: string;
  readonly pcap: string;
  readonly rules: string;
  readonly args: readonly string[];
  readonly config?: string;
  readonly exit?: number;
  readonly vacuous: boolean;
  readonly checks: readonly Check[];
}

export function verifyCases(): VerifyCase[] {
  if (!existsSync(VERIFY)) return [];
  return readdirSync(VERIFY).sort().flatMap((name) => {
    const folder = join(VERIFY, name);
    const file = join(folder, 'expected.json');
    if (!existsSync(file)) return [];
    return [{ ...(JSON.parse(readFileSync(file, 'utf8')) as VerifyCase), name, folder }];
  });
}

/** Why a case cannot be judged yet: the first rule that is not evaluated or does not parse; '' when there is none. */
export function unevaluated({ folder, rules }: VerifyCase): string {
  const { signatures } = parseRules(readFileSync(join(folder, rules), 'utf8'));
  return signatures.find((signature) => signature.unevaluated !== '')?.unevaluated ?? '';
}

/** The arguments of a case for `vxlens alerts`, with a folder for its output. */
export const argumentsOf = ({ folder, pcap, rules, args, config }: VerifyCase, out: string): string[] =>
  ['-r', join(folder, pcap), '-S', join(folder, rules), '-l', out, ...args.map((arg) => arg.replaceAll('${TEST_DIR}', resolve(folder))), ...(config === undefined ? [] : ['-c', join(folder, config)])];

/** What does not hold, a sentence each; none when the case passes. */
export async function runCase(one: VerifyCase): Promise<string[]> {
  const { exit = 0, checks } = one;
  const out = mkdtempSync(join(tmpdir(), 'vxlens-verify-'));
  try {
    const status = await alerts.run(argumentsOf(one, out), { out: () => {}, err: () => {} });
    const events = lines(join(out, 'eve.json')).map((line) => JSON.parse(line) as Json);
    const fast = lines(join(out, 'fast.log'));
    return [...(status === exit ? [] : [`exit ${status}, not ${exit}`]), ...checks.flatMap((check) => judge(check, events, fast))];
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

const lines = (path: string): string[] => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter((line) => line !== '') : []);

function judge(check: Check, events: readonly Json[], fast: readonly string[]): string[] {
  if (check.fast_log_lines !== undefined) {
    const count = check.containing === undefined ? fast.length : fast.filter((line) => new RegExp(check.containing!).test(line)).length;
    return count === check.fast_log_lines ? [] : [`${count} lines in fast.log, not ${check.fast_log_lines}`];
  }
  const count = events.filter((event) => Object.entries(check.match ?? {}).every(([key, value]) => holds(event, key, value))).length;
  return count === check.count ? [] : [`${count}, not ${check.count}, of ${JSON.stringify(check.match)}`];
}

function at(event: Json, path: string): Json | undefined {
  let here: Json | undefined = event;
  for (const step of path.split('.')) {
    const [, name = '', index] = /^(.*?)(?:\[(\d+)\])?$/.exec(step) ?? [];
    here = here !== null && typeof here === 'object' && !Array.isArray(here) ? here[name] : undefined;
    if (index !== undefined) here = Array.isArray(here) ? here[Number(index)] : undefined;
  }
  return here;
}

const number = (value: Json | undefined): number => (typeof value === 'number' ? value : Number.NaN);
const listOf = (value: Json): string[] => (Array.isArray(value) ? value : [value]) as string[];

const OPERATORS: Readonly<Record<string, (value: Json | undefined, wanted: Json) => boolean>> = {
  __len: (value, wanted) => (value === undefined || value === null ? false : (typeof value === 'object' && !Array.isArray(value) ? Object.keys(value).length : (value as string).length) === wanted),
  __contains: (value, wanted) => (Array.isArray(value) ? value.some((member) => same(member, wanted)) : typeof value === 'string' && value.includes(wanted as string)),
  __find: (value, wanted) => typeof value === 'string' && value.includes(wanted as string),
  __startswith: (value, wanted) => typeof value === 'string' && value.startsWith(wanted as string),
  __endswith: (value, wanted) => typeof value === 'string' && value.endsWith(wanted as string),
  __gt: (value, wanted) => number(value) > number(wanted), __gte: (value, wanted) => number(value) >= number(wanted),
  __lt: (value, wanted) => number(value) < number(wanted), __lte: (value, wanted) => number(value) <= number(wanted),
};

function holds(event: Json, key: string, wanted: Json): boolean {
  if (key === 'has-key') return listOf(wanted).every((path) => (at(event, path) ?? null) !== null);
  if (key === 'not-has-key') return listOf(wanted).every((path) => (at(event, path) ?? null) === null);
  const dot = key.lastIndexOf('.');
  const operator = OPERATORS[key.slice(dot + 1)];
  if (operator !== undefined) return operator(at(event, key.slice(0, dot)), wanted);
  const value = at(event, key);
  return wanted === null ? value === undefined || value === null : value !== undefined && same(value, wanted);
}

const same = (a: Json, b: Json): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sorted(member)]));
};

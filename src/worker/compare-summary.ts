// The comparison in sentences.

import type { CompareResult } from '../core/compare/compare.ts';
import { FATE, type FateName } from '../core/compare/fates.ts';

const SENTENCES: readonly (readonly [FateName, (n: string, one: boolean) => string])[] = [
  ['truncated', (n, one) => `${n} of the copies ${one ? 'was' : 'were'} cut on the way.`],
  ['duplicated', (n, one) => `${n} ${one ? 'came' : 'came'} more than once.`],
  ['reordered', (n) => `${n} came out of order.`],
  ['lost', (n, one) => `${n} ${one ? 'was' : 'were'} lost: others of the same flow or service arrived.`],
  ['direct', (n, one) => `${n} ${one ? 'was' : 'were'} seen at the appliance directly, without an envelope.`],
  ['onlyAtSource', (n, one) => `${n} ${one ? 'has' : 'have'} no counterpart at the appliance.`],
];

const having = (fates: Uint16Array, name: FateName): number => fates.reduce((sum, each) => sum + ((each & FATE[name]) !== 0 ? 1 : 0), 0);
const told = (n: number): string => n.toLocaleString('en-US');

export function compareSentences({ fatesA, fatesB }: CompareResult): string[] {
  const taking = fatesA.reduce((sum, each) => sum + (each === 0 ? 0 : 1), 0);
  const rest = SENTENCES.flatMap(([name, say]) => { const n = having(fatesA, name); return n === 0 ? [] : [say(told(n), n === 1)]; });
  const only = having(fatesB, 'onlyAtAppliance');
  return [`${told(having(fatesA, 'mirrored'))} of ${told(taking)} source packets were mirrored and arrived.`, ...rest, ...(only === 0 ? [] : [`${told(only)} ${only === 1 ? 'is' : 'are'} at the appliance only.`])];
}

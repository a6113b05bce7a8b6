// The result in sentences.

import type { CompareResult } from './compare.ts';
import { FATE, type FateName } from './fates.ts';
import { changed, clocks, copies, cut, delays, direct, envelope, fragmented, mirrored, partly, reordered, segmented } from './said-of-copies.ts';
import { ambiguous, applianceOnly, filtered, lost, missing, oneWay, patterns, toCheck, unexpected, untimely } from './said-of-missing.ts';
import { say, type Sentence } from './sentence.ts';

/** All that is worth saying, most important first. Nothing is said of what did not happen, but once that nothing else did. */
export function summary(result: CompareResult): Sentence[] {
  const said = [mirrored, toCheck, cut, partly, segmented, fragmented, lost, untimely, patterns, filtered, unexpected, missing, oneWay, direct, copies, reordered, changed, applianceOnly, ambiguous, nothingElse, envelope, clocks, delays, damage]
    .flatMap((sentence) => sentence(result) ?? []);
  return said;
}

const TROUBLES: readonly (readonly [FateName, string])[] = [['truncated', 'cut'], ['lost', 'lost'], ['duplicated', 'duplicated'], ['reordered', 'reordered'], ['changed', 'changed']];

function nothingElse({ fatesA }: CompareResult): Sentence | null {
  const absent = TROUBLES.filter(([fate]) => !fatesA.some((fates) => (fates & FATE[fate]) !== 0)).map(([, word]) => word);
  if (absent.length === 0 || !fatesA.some((fates) => (fates & FATE.mirrored) !== 0)) return null;
  return say(`None was ${absent.length === 1 ? absent[0]! : `${absent.slice(0, -1).join(', ')} or ${absent.at(-1)!}`}.`);
}

function damage({ matching: { a, b } }: CompareResult): Sentence | null {
  const broken = [...a.fault ? [`source’s capture: ${a.fault.what}`] : [], ...b.fault ? [`appliance’s capture: ${b.fault.what}`] : []];
  return broken.length === 0 ? null : say(`What came before was compared. Of the ${broken.join('. Of the ')}.`);
}

// Workers that help the captures' own ones with a run of rules. They live as long as it does.

import type { Fault } from '../../core/base/fault.ts';
import { helpersOf, startHelpers, type Helpers } from '../../worker/client.ts';
import type { OpenCapture } from '../stores/captures.ts';
import type { useRules } from '../stores/rules.ts';

type Rules = Pick<ReturnType<typeof useRules.getState>, 'text' | 'files'>;

/** Helpers for each of these captures, in their order; `onDeath` is told when one dies before its end. */
export function helpersFor(captures: readonly OpenCapture[], { text, files }: Rules, onDeath: (fault: Fault) => void): Helpers[] {
  const plan = helpersOf(captures.map(({ size, inflated }) => inflated ?? size), text.length + files.reduce((sum, { file }) => sum + file.size, 0), navigator.hardwareConcurrency);
  return plan.map((count) => startHelpers(count, onDeath));
}

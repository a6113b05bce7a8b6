// Workers that help the captures' own ones with a run of rules. They live as long as it does.

import { helpersOf, startHelpers, type Helpers } from '../../worker/client.ts';
import type { OpenCapture } from '../stores/captures.ts';
import type { useRules } from '../stores/rules.ts';
import { callCapture } from '../stores/workers.ts';

type Rules = Pick<ReturnType<typeof useRules.getState>, 'text' | 'files'>;

/** Helpers for each of these captures, in their order; where one dies before its end, the capture of the run with this number is told. */
export function helpersFor(captures: readonly OpenCapture[], { text, files }: Rules, run: number): Helpers[] {
  const plan = helpersOf(captures.map(({ size, inflated }) => inflated ?? size), text.length + files.reduce((sum, { file }) => sum + file.size, 0), navigator.hardwareConcurrency);
  return plan.map((count, at) => startHelpers(count, () => { callCapture(captures[at]!.id, 'helpersGone', { id: run }).catch(() => {}); })); // the capture is gone as well
}

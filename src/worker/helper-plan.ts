// How many workers help each capture's own worker with its rules.

/** Flows are dealt out over so many lanes (core/rules/flow/lane.ts): more could not help. */
const MOST = 4;
/** Bytes of a capture that may be worth a helper: how long its rules take, nobody knows before (see rule-pace). */
const WORTH = 12 * 2 ** 20;
/** Bytes of rules beyond which each further copy of them, read and compiled, would take too much memory. */
const MOST_RULES = 8 * 2 ** 20;

/** For captures of so many bytes that are matched at the same time, with rules of so many bytes, on so many cores: the largest captures get them; a single helper would only do another's work. */
export function helpersOf(captures: readonly number[], rules: number, cores: number): number[] {
  const plan = captures.map(() => 0);
  if (rules > MOST_RULES) return plan;
  let left = cores;
  for (const { bytes, place } of captures.map((size, at) => ({ bytes: size, place: at })).sort((a, b) => b.bytes - a.bytes)) {
    const helpers = Math.min(MOST, Math.floor(bytes / WORTH), left);
    if (helpers < 2) break;
    plan[place] = helpers;
    left -= helpers;
  }
  return plan;
}

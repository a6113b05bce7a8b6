// How many workers help each capture's own worker with its rules.

/** Flows are dealt out over so many lanes (core/rules/flow/lane.ts): more could not help. */
const MOST = 4;
/** Bytes of a capture that may be worth a helper: how long its rules take, nobody knows before (see rule-pace). */
const WORTH = 12 * 2 ** 20;
/** Bytes of rules beyond which each further copy of them, read and compiled, would take too much memory. */
const MOST_RULES = 8 * 2 ** 20;

/** With fewer cores, helpers and the page are in each other's way: tried with two, they took twice as long as one alone. */
const LEAST_CORES = 3;

/**
 * For captures of so many bytes that are matched at the same time, with rules of so many bytes, on so many cores: the largest captures get them. Two or four, since three would have to give one of them
 * two of the four lanes, and be no faster than two.
 */
export function helpersOf(captures: readonly number[], rules: number, cores: number): number[] {
  const plan = captures.map(() => 0);
  if (rules > MOST_RULES || cores < LEAST_CORES) return plan;
  let left = cores;
  for (const { bytes, place } of captures.map((size, at) => ({ bytes: size, place: at })).sort((a, b) => b.bytes - a.bytes)) {
    const most = Math.min(MOST, Math.floor(bytes / WORTH), left);
    if (most < 2) break;
    plan[place] = most < MOST ? 2 : MOST;
    left -= plan[place];
  }
  return plan;
}

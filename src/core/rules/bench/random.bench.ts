export type Random = (below: number) => number;

/** Bits of no quality but always the same: a linear congruential generator (Numerical Recipes). */
export const generator = (seed: number): Random => {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

// When helpers pay. One worker begins at once, since it is warm and its first alerts are there at once; helpers have to be started, read the rules, and begin from the first packet.

export interface Pace {
  /** Whether it pays that so many helpers do the whole again, when one alone has done a share of it in so many milliseconds. */
  readonly pays: (share: number, spentMs: number, helpers: number) => boolean;
  /** Whether the one waits for the helpers when it pays: for tests, which go by no clock. */
  readonly waits: boolean;
}

/** Before, nobody knows how long it will take. */
const LOOK_MS = 150;
/** What is left must be worth the trouble. */
const LEFT_MS = 800;
/** How much longer helpers take than their part of the whole: their code is not yet compiled, and each reads the whole file. */
const COLD = 1.3;

export const BY_TIME: Pace = {
  waits: false,
  pays(share, spentMs, helpers) {
    if (spentMs < LOOK_MS || share <= 0) return false;
    const whole = spentMs / share;
    const left = whole - spentMs;
    return left > LEFT_MS && left > (COLD * whole) / helpers;
  },
};

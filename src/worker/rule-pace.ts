// When helpers pay. One worker begins at once, since it is warm and its first alerts are there at once; helpers have to be started, read the rules, and begin from the first packet.

/** How one alone comes on. */
export interface Progress {
  readonly done: number; //    share of the packets that have been matched
  readonly share: number; //   of them, those within the time
  readonly spentMs: number;
  readonly helpers: number; // that could go on
}

export interface Pace {
  /** Whether it pays that the helpers do the whole again. */
  readonly pays: (progress: Progress) => boolean;
  /** Whether the one waits for the helpers when it pays: for tests, which go by no clock. */
  readonly waits: boolean;
}

/** Before, nobody knows how long it will take. */
const LOOK_MS = 150;
/** What is left must be worth the trouble. */
const LEFT_MS = 2000;
/** How much longer helpers take than their part of the whole: their code is not yet compiled, and each reads the whole file. */
const COLD = 1.5;

export const BY_TIME: Pace = {
  waits: false,
  pays({ done, share, spentMs, helpers }) {
    if (spentMs < LOOK_MS || share <= 0) return false;
    const whole = spentMs / share;
    const left = whole * (1 - done);
    return left > LEFT_MS && left > (COLD * whole) / helpers;
  },
};

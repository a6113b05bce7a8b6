/** One evaluation in so many is timed: a clock that is read at each would cost more than most rules. A prime, so that the turn does not fall on the same rules of each packet. */
const EVERY = 127;

/** What each rule costs: how often it was evaluated beyond what sorts it out quickly, and about how long that took. */
export class RuleProfile {
  /** By the signature's index. */
  readonly checks: Uint32Array;
  readonly milliseconds: Float64Array;
  readonly #now: () => number;
  #left = 1;
  #began = 0;

  /** For so many signatures; `now` is a clock in milliseconds. */
  constructor(signatures: number, now: () => number) {
    this.checks = new Uint32Array(signatures);
    this.milliseconds = new Float64Array(signatures);
    this.#now = now;
  }

  /** Counts an evaluation that begins now. True when it is timed: then `end` is called after it. */
  begin(signature: number): boolean {
    this.checks[signature]!++;
    if (--this.#left > 0) return false;
    this.#left = EVERY;
    this.#began = this.#now();
    return true;
  }

  end(signature: number): void { this.milliseconds[signature]! += (this.#now() - this.#began) * EVERY; }
}

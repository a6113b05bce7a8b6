/** One evaluation in so many is timed: a clock that is read at each would cost more than most rules. */
const EVERY = 32;

/** What each rule costs: how often it was evaluated beyond what sorts it out quickly, and about how long that took. */
export class RuleProfile {
  /** By the signature's index. */
  readonly checks: Uint32Array;
  readonly milliseconds: Float64Array;
  readonly #now: () => number;
  #turn = 0;

  /** For so many signatures; `now` is a clock in milliseconds. */
  constructor(signatures: number, now: () => number) {
    this.checks = new Uint32Array(signatures);
    this.milliseconds = new Float64Array(signatures);
    this.#now = now;
  }

  /** Before an evaluation; what it answers is given to `end`. */
  begin(): number { return this.#turn++ % EVERY === 0 ? this.#now() : -1; }

  end(signature: number, began: number): void {
    this.checks[signature]!++;
    if (began >= 0) this.milliseconds[signature]! += (this.#now() - began) * EVERY;
  }
}

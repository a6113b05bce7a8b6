/** What is wrong with a filter, and where: UTF-16 units [from..to) of its text. `message` says the fix, without markup. */
export interface FilterProblem { readonly from: number; readonly to: number; readonly message: string }

/** Ends parsing and checking; never leaves this folder. */
export class FilterError extends Error implements FilterProblem {
  readonly from: number;
  readonly to: number;
  constructor({ from, to }: { readonly from: number; readonly to: number }, message: string) {
    super(message);
    this.from = from;
    this.to = to;
  }
}

import type { ByteSet } from './byte-set.ts';

/** A regular expression of PCRE as a tree, its options worked in: letters of either case are sets, `.` is the set that it stands for. */
export type Node =
  | { readonly kind: 'set'; readonly set: ByteSet }
  | { readonly kind: 'sequence'; readonly of: readonly Node[] }
  | { readonly kind: 'choice'; readonly of: readonly Node[] }
  | { readonly kind: 'repeat'; readonly of: Node; readonly min: number; readonly max: number; readonly mode: 'greedy' | 'lazy' | 'possessive' }
  | { readonly kind: 'group'; readonly of: Node; readonly number: number }
  | { readonly kind: 'look'; readonly of: Node; readonly behind: boolean; readonly negated: boolean }
  | { readonly kind: 'atomic'; readonly of: Node }
  | { readonly kind: 'back'; readonly number: number }
  | { readonly kind: 'at'; readonly what: Anchor };

/** `start`, `end` of the text; of a line; `last` is the end or before a newline that ends the text. */
export type Anchor = 'start' | 'line start' | 'end' | 'line end' | 'last' | 'word' | 'no word';

export interface RegexOptions {
  readonly caseless: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly extended: boolean;
  /** `$` at the very end only. */
  readonly dollarEnd: boolean;
  readonly ungreedy: boolean;
}

/** The pattern has something that is not evaluated here (`supported` false), or it is no pattern at all. */
export class RegexError extends Error {
  readonly supported: boolean;
  readonly at: number;
  constructor(message: string, at: number, supported: boolean) {
    super(message);
    this.at = at;
    this.supported = supported;
  }
}

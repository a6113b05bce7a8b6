import { RE2JS } from 're2js';
import { type Cost, waysOf } from './cost.ts';
import { emitJs, emitRe2 } from './emit.ts';
import { RegexError, type RegexOptions } from './node.ts';
import { parsePcre } from './parse-pcre.ts';

// A pattern of PCRE, run without ever hanging: by JavaScript's RegExp as long as the ways it may have to try on this text are few, by RE2 in linear time otherwise.

/** Tries that RegExp may make where RE2 could do it too, and where it could not. */
const FEW = 2e5;
const MOST = 5e7;

/** The pattern was not run to its end, since it might have taken too long. */
export const GAVE_UP = -2;

export class Regex {
  readonly #js: RegExp;
  readonly #re2: RE2JS | null;
  readonly #cost: Cost;
  /** Of the last match; `group` is what its first parentheses took, where that was asked for; null when they took nothing. */
  start = 0;
  end = 0;
  group: string | null = null;

  constructor(pattern: string, options: RegexOptions, anchored: boolean, taking = false) {
    const { root } = parsePcre(pattern, options);
    this.#cost = waysOf(root);
    const re2 = emitRe2(root, taking);
    this.#re2 = re2 === null || anchored ? null : tryRe2(re2);
    if (this.#re2 === null && this.#cost.degree === Infinity) throw new RegexError('a repetition inside a repetition beside a look around, a reference back, $ or an atomic group, which may take without end', 0, false);
    this.#js = new RegExp(emitJs(root, taking), anchored ? 'y' : 'g');
  }

  /** Looks in the text from `from` on: the match's start, -1 without one, or GAVE_UP. `text` has one character a byte. */
  find(text: string, from: number): number {
    const { factor, degree } = this.#cost;
    const tries = degree === Infinity ? Infinity : (text.length - from + 1) * factor * Math.max(1, text.length) ** degree;
    if (tries > FEW && this.#re2 !== null) return this.#findLinear(this.#re2, text, from);
    if (!(tries <= MOST)) return GAVE_UP;
    this.#js.lastIndex = from;
    const found = this.#js.exec(text);
    if (found === null) return -1;
    this.start = found.index;
    this.end = found.index + found[0].length;
    this.group = found.groups?.['first'] ?? null;
    return this.start;
  }

  #findLinear(re2: RE2JS, text: string, from: number): number {
    const matcher = re2.matcher(text);
    if (!matcher.find(from)) return -1;
    this.start = matcher.start();
    this.end = matcher.end();
    this.group = matcher.groupCount() > 0 ? matcher.group(1) : null;
    return this.start;
  }
}

function tryRe2(pattern: string): RE2JS | null {
  try { return RE2JS.compile(pattern, RE2JS.DOTALL); } catch { return null; } // too large for it: RegExp may still do it
}

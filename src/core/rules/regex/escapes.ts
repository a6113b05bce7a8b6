import { byte, type ByteSet, DIGIT, HORIZONTAL, inverse, join, NEWLINE, none, POSIX, range, SPACE, VERTICAL, WORD } from './byte-set.ts';
import { type Anchor, RegexError } from './node.ts';

type Escape =
  | { readonly kind: 'set'; readonly set: ByteSet; readonly end: number; /** The byte, -1 for a class such as \d. */ readonly single: number }
  | { readonly kind: 'anchor'; readonly anchor: Anchor; readonly end: number }
  | { readonly kind: 'newline'; readonly end: number };

const CLASSES: Readonly<Record<string, ByteSet>> = {
  d: DIGIT, D: inverse(DIGIT), w: WORD, W: inverse(WORD), s: SPACE, S: inverse(SPACE), h: HORIZONTAL, H: inverse(HORIZONTAL), v: VERTICAL, V: inverse(VERTICAL), N: inverse(NEWLINE),
};
const SINGLE: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };
const ANCHORS: Readonly<Record<string, Anchor>> = { A: 'start', z: 'end', Z: 'last', b: 'word', B: 'no word' };

/** Reads the escape whose backslash stands at `at`. */
export function readEscape(text: string, at: number, inClass: boolean): Escape {
  const c = text[at + 1] ?? '';
  if (c === '') throw new RegexError('the pattern ends with a backslash', at, true);
  const single = (value: number, end: number): Escape => {
    if (value > 255) throw new RegexError('a character of more than a byte', at, false);
    return { kind: 'set', set: byte(value), end, single: value };
  };
  if (inClass && c === 'b') return single(8, at + 2);
  if (!inClass && ANCHORS[c] !== undefined) return { kind: 'anchor', anchor: ANCHORS[c], end: at + 2 };
  if (!inClass && c === 'R') return { kind: 'newline', end: at + 2 };
  const set = CLASSES[c];
  if (set !== undefined) return { kind: 'set', set, end: at + 2, single: -1 };
  if (SINGLE[c] !== undefined) return single(SINGLE[c], at + 2);
  const rest = text.slice(at);
  const hex = /^\\x(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{0,2}))/.exec(rest);
  if (hex !== null) return single(Number.parseInt(hex[1] ?? (hex[2] === '' ? '0' : hex[2]!), 16), at + hex[0].length);
  const octal = /^\\(?:o\{([0-7]+)\}|([0-7]{1,3}))/.exec(rest);
  if (octal !== null) return single(Number.parseInt(octal[1] ?? octal[2]!, 8), at + octal[0].length);
  const control = /^\\c([ -~])/.exec(rest);
  if (control !== null) return single(control[1]!.toUpperCase().charCodeAt(0) ^ 64, at + 3);
  if (/[A-Za-z0-9]/.test(c)) throw new RegexError(`\\${c}`, at, false);
  return single(c.codePointAt(0)!, at + 2);
}

interface ClassSet { readonly bytes: ByteSet; readonly negated: boolean; readonly fold: boolean }

/** Reads `[…]` at `at`. */
export function readClass(text: string, at: number): { set: ClassSet; end: number } {
  let i = at + 1;
  const negated = text[i] === '^';
  if (negated) i++;
  let bytes = none();
  for (let first = true; ; first = false) {
    if (i >= text.length) throw new RegexError('a bracket is not closed', at, true);
    if (text[i] === ']' && !first) return { set: { bytes, negated, fold: true }, end: i + 1 };
    const posix = /^\[:(\^?)(\w+):\]/.exec(text.slice(i, i + 16));
    if (posix !== null) {
      const named = POSIX[posix[2]!];
      if (named === undefined) throw new RegexError(`“${posix[0]}” is no class`, i, true);
      bytes = join(bytes, posix[1] === '^' ? inverse(named) : named);
      i += posix[0].length;
      continue;
    }
    const low = classMember(text, i);
    i = low.end;
    const isRange = low.single >= 0 && text[i] === '-' && i + 1 < text.length && text[i + 1] !== ']';
    if (!isRange) { bytes = join(bytes, low.set); continue; }
    const high = classMember(text, i + 1);
    if (high.single < 0) { bytes = join(bytes, low.set, byte(0x2d), high.set); i = high.end; continue; }
    if (high.single < low.single) throw new RegexError('a range in brackets runs backwards', i, true);
    bytes = range(low.single, high.single, bytes);
    i = high.end;
  }
}

function classMember(text: string, at: number): { set: ByteSet; single: number; end: number } {
  if (text[at] === '\\') {
    const escape = readEscape(text, at, true);
    if (escape.kind !== 'set') throw new RegexError(`${text.slice(at, at + 2)} in brackets`, at, false);
    return escape;
  }
  const code = text.codePointAt(at)!;
  if (code > 255) throw new RegexError('a character of more than a byte', at, false);
  return { set: byte(code), single: code, end: at + 1 };
}

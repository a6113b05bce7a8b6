/** Which of the 256 bytes a place in a regular expression takes. */
export type ByteSet = Uint8Array;

export const none = (): ByteSet => new Uint8Array(256);

export function range(from: number, to: number, set: ByteSet = none()): ByteSet {
  for (let b = from; b <= to; b++) set[b] = 1;
  return set;
}

export const byte = (b: number): ByteSet => range(b, b);
export const inverse = (set: ByteSet): ByteSet => set.map((in_) => 1 - in_);

export function join(...sets: readonly ByteSet[]): ByteSet {
  const all = none();
  for (const set of sets) for (let b = 0; b < 256; b++) all[b] = all[b]! | set[b]!;
  return all;
}

export const meets = (a: ByteSet, b: ByteSet): boolean => a.some((in_, i) => in_ === 1 && b[i] === 1);
export const size = (set: ByteSet): number => set.reduce((sum, in_) => sum + in_, 0);

/** With the other case of each letter A to Z: PCRE folds no more in the C locale. */
export function folded(set: ByteSet): ByteSet {
  const all = set.slice();
  for (let upper = 0x41; upper <= 0x5a; upper++) {
    if (set[upper] === 1) all[upper + 0x20] = 1;
    if (set[upper + 0x20] === 1) all[upper] = 1;
  }
  return all;
}

export const DIGIT = range(0x30, 0x39);
export const WORD = join(DIGIT, range(0x41, 0x5a), range(0x61, 0x7a), byte(0x5f));
/** \s: PCRE2 counts the vertical tab. */
export const SPACE = join(range(0x09, 0x0d), byte(0x20));
/** \h and \v of PCRE2 in its 8-bit library. */
export const HORIZONTAL = join(byte(0x09), byte(0x20), byte(0xa0));
export const VERTICAL = join(range(0x0a, 0x0d), byte(0x85));
export const NEWLINE = byte(0x0a);
export const ANY = range(0, 255);

/** POSIX classes in the C locale. */
export const POSIX: Readonly<Record<string, ByteSet>> = {
  alpha: join(range(0x41, 0x5a), range(0x61, 0x7a)), digit: DIGIT, alnum: join(DIGIT, range(0x41, 0x5a), range(0x61, 0x7a)), upper: range(0x41, 0x5a), lower: range(0x61, 0x7a),
  space: SPACE, blank: join(byte(0x09), byte(0x20)), punct: join(range(0x21, 0x2f), range(0x3a, 0x40), range(0x5b, 0x60), range(0x7b, 0x7e)), xdigit: join(DIGIT, range(0x41, 0x46), range(0x61, 0x66)),
  cntrl: join(range(0, 0x1f), byte(0x7f)), print: range(0x20, 0x7e), graph: range(0x21, 0x7e), ascii: range(0, 0x7f), word: WORD,
};

import { RuleError } from '../rule-error.ts';

/** What must be written with a backslash in a content, and what that stands for (detect-content.c). */
const ESCAPED: ReadonlySet<string> = new Set([':', ';', '\\', '"']);

/** UTF-8 bytes of a character that a rule file may have unescaped. */
const utf8 = new TextEncoder();

/**
 * The bytes of a content: text as it is, `|41 42|` as hexadecimal digits, and `\:`, `\;`, `\\`, `\"`. `at` is the place of the text in the rule.
 */
export function readPattern(text: string, at: number, keyword: string): Uint8Array {
  const bytes: number[] = [];
  let hexFrom = -1; // where the open | stands, -1 outside
  let digits = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '|') {
      if (hexFrom < 0) { hexFrom = i; digits = ''; continue; }
      if (digits.length % 2 === 1) throw new RuleError(`“${text.slice(hexFrom, i + 1)}” has an odd number of hexadecimal digits`, at + hexFrom, i + 1 - hexFrom, 'A byte is two digits.');
      for (let d = 0; d < digits.length; d += 2) bytes.push(Number.parseInt(digits.slice(d, d + 2), 16));
      hexFrom = -1;
    } else if (hexFrom >= 0) {
      if (/[0-9a-fA-F]/.test(c)) digits += c;
      else if (c !== ' ' && c !== ',') throw new RuleError(`“${c}” is no hexadecimal digit`, at + i, 1, 'Between two | stand hexadecimal digits; write a | itself as |7C|.');
    } else if (c === '\\') {
      const next = text[i + 1] ?? '';
      if (!ESCAPED.has(next)) throw new RuleError(`“\\${next}” is no escape`, at + i, 2, 'Escapes are \\: \\; \\\\ and \\"; other bytes go between two |, as |0d 0a|.');
      bytes.push(next.charCodeAt(0));
      i++;
    } else {
      const character = String.fromCodePoint(text.codePointAt(i)!);
      bytes.push(...utf8.encode(character));
      i += character.length - 1;
    }
  }
  if (hexFrom >= 0) throw new RuleError('The hexadecimal part is not closed', at + hexFrom, text.length - hexFrom, 'Close it with |.');
  if (bytes.length === 0) throw new RuleError(`The value of “${keyword}” is empty`, at, Math.max(1, text.length), 'Write the bytes to look for.');
  return Uint8Array.from(bytes);
}

/** Text with its rule escapes taken away: `\;` is `;`. */
export const unescape = (text: string): string => text.replace(/\\([;:"\\])/g, '$1');

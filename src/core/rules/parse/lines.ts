// A rule file is lines; a backslash at the end joins a line with the next one. What is read from the joined text must be found again in the lines.

/** A rule's text with the places its pieces came from. */
export interface RuleText {
  readonly text: string;
  /** How many characters of the whole text stand before the rule's first line. */
  readonly at: number;
  /** Starts of the pieces within `text`, ascending; the first is 0. */
  readonly starts: readonly number[];
  /** Line of each piece, from 1, and how many characters of that line stand before it. */
  readonly lines: readonly number[];
  readonly indents: readonly number[];
}

/** Line and column, both from 1, of a character of the rule's text. */
export function placeOf(rule: RuleText, at: number): { line: number; column: number } {
  let piece = rule.starts.length - 1;
  while (piece > 0 && rule.starts[piece]! > at) piece--;
  return { line: rule.lines[piece]!, column: at - rule.starts[piece]! + rule.indents[piece]! + 1 };
}

/** Pieces whose places are kept; what is further on counts as the last one. A rule that is read has fewer. */
const MOST_PIECES = 10_000;

/** The rules of a text, comments and empty lines left out. Line ends LF, CRLF or CR; a byte order mark at the start is skipped. */
export function* ruleTexts(text: string): Generator<RuleText> {
  const lineEnd = /\r\n|\n|\r/g;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let number = 0;
  let open: { text: string; at: number; starts: number[]; lines: number[]; indents: number[] } | null = null;
  while (at < text.length) {
    lineEnd.lastIndex = at;
    const found = lineEnd.exec(text);
    const end = found === null ? text.length : found.index;
    const line = text.slice(at, end);
    const start = at;
    at = found === null ? text.length : lineEnd.lastIndex;
    number++;
    const piece = line.trim();
    const indent = line.length - line.trimStart().length;
    if (open === null && (piece === '' || piece.startsWith('#'))) continue;
    const continues = piece.endsWith('\\');
    open ??= { text: '', at: start, starts: [], lines: [], indents: [] };
    if (open.starts.length < MOST_PIECES) {
      open.starts.push(open.text.length);
      open.lines.push(number);
      open.indents.push(indent);
    }
    open.text += continues ? piece.slice(0, -1) : piece;
    if (continues) continue;
    yield open;
    open = null;
  }
  if (open !== null) yield open;
}

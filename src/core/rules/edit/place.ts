// What a place in a rule is, while the rule is typed: it may be wrong or unfinished, so nothing is refused here.

export type PlaceKind = 'action' | 'protocol' | 'address' | 'port' | 'direction' | 'options' | 'keyword' | 'value';

export interface RulePlaceAt {
  readonly kind: PlaceKind;
  /** The word at the place, [from..to): what is typed there replaces it. */
  readonly from: number;
  readonly to: number;
  /** The keyword's name for 'keyword' and 'value', '' else. */
  readonly keyword: string;
}

/** The seven words of a header in their order, and what opens the options after them. */
const HEADER: readonly PlaceKind[] = ['action', 'protocol', 'address', 'port', 'direction', 'address', 'port'];

const isBlank = (c: string | undefined): boolean => c === ' ' || c === '\t' || c === '\n' || c === '\r' || c === '\\';

/** What the character before `caret` belongs to. `text` is one rule, its lines as they stand (a backslash at a line's end counts as a blank). */
export function placeAt(text: string, caret: number): RulePlaceAt {
  const open = text.indexOf('(');
  return open < 0 || caret <= open ? headerPlace(text, caret) : optionPlace(text, caret, open + 1);
}

function headerPlace(text: string, caret: number): RulePlaceAt {
  let word = 0;
  let depth = 0;
  let start = -1; // of the word that the walk is in
  for (let i = 0; i < caret; i++) {
    const c = text[i];
    if (c === '[') depth++;
    if (c === ']') depth--;
    if (isBlank(c) && depth <= 0) { if (start >= 0) word++; start = -1; } else if (start < 0) start = i;
  }
  const kind = HEADER[word] ?? 'options';
  return { kind, ...wordAround(text, start < 0 ? caret : start, caret, kind === 'address' || kind === 'port' ? /[\s[\],!:(]/ : /[\s(]/), keyword: '' };
}

function optionPlace(text: string, caret: number, first: number): RulePlaceAt {
  let at = first;
  let colon = -1;
  for (let i = first; i < caret; i++) {
    const c = text[i];
    if (c === ';') { at = i + 1; colon = -1; } else if (c === '\\' && !isBlank(text[i + 1])) i++; else if (c === ':' && colon < 0) colon = i;
  }
  while (at < caret && isBlank(text[at])) at++;
  if (colon < 0) {
    const { from, to } = wordAround(text, at, caret, /[\s:;)]/);
    return { kind: 'keyword', from, to, keyword: text.slice(from, to) };
  }
  return { kind: 'value', ...wordAround(text, colon + 1, caret, /[\s,;:"'!<>=|)[\]]/), keyword: text.slice(at, colon).trim() };
}

/** The stretch around the caret without a character of `edge`, not before `start`. */
function wordAround(text: string, start: number, caret: number, edge: RegExp): { from: number; to: number } {
  let from = caret;
  while (from > start && !edge.test(text[from - 1]!)) from--;
  let to = caret;
  while (to < text.length && !edge.test(text[to]!)) to++;
  return { from, to };
}

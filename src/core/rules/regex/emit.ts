import { type ByteSet, size } from './byte-set.ts';
import { type Anchor, type Node, RegexError } from './node.ts';

// The tree as a pattern of another engine, over text of one character a byte. Every set is written out, so no flag is needed and no meaning of theirs differs from PCRE's.

const hex = (b: number): string => `\\x${b.toString(16).padStart(2, '0')}`;

function setText(set: ByteSet): string {
  if (size(set) === 0) return '[^\\x00-\\xff]';
  if (size(set) === 1) return hex(set.indexOf(1));
  let text = '';
  for (let from = 0; from < 256; from++) {
    if (set[from] !== 1) continue;
    let to = from;
    while (set[to + 1] === 1) to++;
    text += to === from ? hex(from) : `${hex(from)}-${hex(to)}`;
    from = to;
  }
  return `[${text}]`;
}

const repeatText = (min: number, max: number): string => {
  if (min === 0 && max === Infinity) return '*';
  if (min === 1 && max === Infinity) return '+';
  if (min === 0 && max === 1) return '?';
  return max === Infinity ? `{${min},}` : min === max ? `{${min}}` : `{${min},${max}}`;
};

const WORD = '[0-9A-Za-z_]';
const JS_ANCHORS: Readonly<Record<Anchor, string>> = {
  // After a newline that ends the text no line starts.
  start: '^', 'line start': '(?:^|(?<=\\n)(?!$))', end: '$', 'line end': '(?![^\\n])', last: '(?=\\n?$)',
  word: `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`, 'no word': `(?:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`,
};

/** For JavaScript's RegExp, without flags. With `taking`, what the first parentheses take is the group `first`. */
export function emitJs(root: Node, taking = false): string {
  const numbers = new Map<number, number>(); // our groups to those of the pattern that is written, which has more
  const referred = new Set<number>();
  collectReferences(root, referred);
  let count = 0;
  const write = (node: Node): string => {
    switch (node.kind) {
      case 'set': return setText(node.set);
      case 'sequence': return node.of.map(write).join('');
      case 'choice': return `(?:${node.of.map(write).join('|')})`;
      case 'repeat': {
        if (node.mode === 'possessive') return write({ kind: 'atomic', of: { ...node, mode: 'greedy' } });
        return `(?:${write(node.of)})${repeatText(node.min, node.max)}${node.mode === 'lazy' ? '?' : ''}`;
      }
      case 'group': {
        const taken = taking && node.number === 1;
        if (!referred.has(node.number) && !taken) return `(?:${write(node.of)})`;
        numbers.set(node.number, ++count);
        return `(${taken ? '?<first>' : ''}${write(node.of)})`;
      }
      case 'look': return `(?${node.behind ? '<' : ''}${node.negated ? '!' : '='}${write(node.of)})`;
      case 'atomic': {
        const number = ++count;
        return `(?=(${write(node.of)}))(?:\\${number})`;
      }
      case 'back': return `(?:\\${numbers.get(node.number) ?? 0})`;
      case 'at': return JS_ANCHORS[node.what];
    }
  };
  return write(root);
}

/** Fills `into` with the groups that are referred to. A group that may be left out is refused: PCRE then fails where JavaScript matches nothing at all. */
function collectReferences(root: Node, into: Set<number>): void {
  const optional = new Set<number>();
  const walk = (node: Node, certain: boolean): void => {
    if (node.kind === 'back') into.add(node.number);
    if (node.kind === 'group' && !certain) optional.add(node.number);
    if (node.kind === 'sequence') for (const part of node.of) walk(part, certain);
    else if (node.kind === 'choice') for (const part of node.of) walk(part, false);
    else if (node.kind === 'repeat') walk(node.of, certain && node.min > 0);
    else if (node.kind === 'look') walk(node.of, certain && !node.negated);
    else if (node.kind === 'group' || node.kind === 'atomic') walk(node.of, certain);
  };
  walk(root, true);
  for (const number of into) if (optional.has(number)) throw new RegexError('a reference back to a group that may be left out', 0, false);
}

const RE2_ANCHORS: Readonly<Partial<Record<Anchor, string>>> = { start: '\\A', end: '\\z', 'line end': '(?m:$)', word: '\\b', 'no word': '\\B' };
/** RE2 refuses more. */
const RE2_REPEATS = 1000;

/** For RE2, whose time is linear; null when the pattern needs what RE2 has not: a look around, a reference back, an atomic group, `$` before a last newline, or the start of a line. With `taking`, what the first parentheses take is group 1. */
export function emitRe2(node: Node, taking = false): string | null {
  switch (node.kind) {
    case 'set': return size(node.set) === 256 ? `[${hex(0)}-${hex(255)}]` : setText(node.set);
    case 'sequence': return joined(node.of, '', taking);
    case 'choice': { const text = joined(node.of, '|', taking); return text === null ? null : `(?:${text})`; }
    case 'repeat': {
      const inner = emitRe2(node.of, taking);
      if (inner === null || node.mode === 'possessive' || node.min > RE2_REPEATS || (node.max !== Infinity && node.max > RE2_REPEATS)) return null;
      return `(?:${inner})${repeatText(node.min, node.max)}${node.mode === 'lazy' ? '?' : ''}`;
    }
    case 'group': { const inner = emitRe2(node.of, taking); return inner === null ? null : `(${taking && node.number === 1 ? '' : '?:'}${inner})`; }
    case 'at': return RE2_ANCHORS[node.what] ?? null;
    case 'look': case 'atomic': case 'back': return null;
  }
}

function joined(nodes: readonly Node[], between: string, taking: boolean): string | null {
  const texts = nodes.map((node) => emitRe2(node, taking));
  return texts.some((text) => text === null) ? null : texts.join(between);
}

import { ANY, byte, type ByteSet, folded, inverse, NEWLINE, VERTICAL } from './byte-set.ts';
import { readClass, readEscape } from './escapes.ts';
import { type Node, RegexError, type RegexOptions } from './node.ts';

// Reads the language of PCRE2 as far as rules use it (pcre2pattern(3)). Bytes, not characters: rules compile without UTF.

/** Groups in groups; the parser is recursive over the pattern, which a rule bounds to 8192 characters. */
const MAX_DEPTH = 100;
const MAX_REPEAT = 65_535;

export function parsePcre(pattern: string, options: RegexOptions): { root: Node; groups: number } {
  const parser = new Parser(pattern, options);
  const root = parser.choice(0);
  if (parser.at < pattern.length) throw new RegexError('a parenthesis is closed that was not opened', parser.at, true);
  parser.checkReferences();
  return { root, groups: parser.groups };
}

class Parser {
  readonly text: string;
  at = 0;
  groups = 0;
  readonly #names = new Map<string, number>();
  readonly #references: { number: number; name: string; at: number }[] = [];
  #options: RegexOptions;

  constructor(text: string, options: RegexOptions) { this.text = text; this.#options = options; }

  get #next(): string { return this.text[this.at] ?? ''; }
  #take(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }
  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found !== null) this.at = pattern.lastIndex;
    return found;
  }

  choice(depth: number): Node {
    if (depth > MAX_DEPTH) throw new RegexError('groups are nested too deep', this.at, false);
    const outer = this.#options;
    const branches: Node[] = [this.#sequence(depth)];
    while (this.#take('|')) branches.push(this.#sequence(depth));
    this.#options = outer; // options set inside a group end with it
    return branches.length === 1 ? branches[0]! : { kind: 'choice', of: branches };
  }

  #sequence(depth: number): Node {
    const parts: Node[] = [];
    while (this.at < this.text.length && this.#next !== '|' && this.#next !== ')') {
      if (this.#options.extended && this.#match(/(?:[ \t\n\r\f\v]+|#[^\n]*)/y) !== null) continue;
      if (this.#match(/\(\?#[^)]*\)/y) !== null) continue;
      if (this.#take('\\Q')) {
        const letters = this.#literal();
        const last = letters.pop();
        parts.push(...letters);
        if (last !== undefined) parts.push(this.#repeated(last));
        continue;
      }
      if (this.#take('\\E')) continue;
      const atom = this.#atom(depth);
      if (atom !== null) parts.push(this.#repeated(atom));
    }
    return parts.length === 1 ? parts[0]! : { kind: 'sequence', of: parts };
  }

  #set(set: ByteSet): Node { return { kind: 'set', set: this.#options.caseless ? folded(set) : set }; }

  #literal(): Node[] {
    const end = this.text.indexOf('\\E', this.at);
    const letters = this.text.slice(this.at, end < 0 ? undefined : end);
    this.at += letters.length + (end < 0 ? 0 : 2);
    return [...letters].map((letter) => this.#set(byte(this.#code(letter))));
  }

  #code(letter: string): number {
    const code = letter.codePointAt(0)!;
    if (code > 255) throw new RegexError(`“${letter}” is more than a byte`, this.at, false);
    return code;
  }

  /** One thing that may be repeated; null for what only sets options. */
  #atom(depth: number): Node | null {
    const c = this.#next;
    const options = this.#options;
    if (c === '(') return this.#group(depth);
    if (c === '[') { const { set, end } = readClass(this.text, this.at); this.at = end; return options.caseless && set.fold ? { kind: 'set', set: set.negated ? inverse(folded(set.bytes)) : folded(set.bytes) } : { kind: 'set', set: set.negated ? inverse(set.bytes) : set.bytes }; }
    if (c === '\\') return this.#escape();
    this.at++;
    if (c === '.') return { kind: 'set', set: options.dotAll ? ANY : inverse(NEWLINE) };
    if (c === '^') return { kind: 'at', what: options.multiline ? 'line start' : 'start' };
    if (c === '$') return { kind: 'at', what: options.multiline ? 'line end' : options.dollarEnd ? 'end' : 'last' };
    if (c === '*' || c === '+' || c === '?') throw new RegexError(`“${c}” has nothing before it to repeat`, this.at - 1, true);
    const letter = String.fromCodePoint(this.text.codePointAt(this.at - 1)!);
    return this.#set(byte(this.#code(letter)));
  }

  #escape(): Node {
    const start = this.at;
    const named = this.#match(/\\(?:k<(\w+)>|k'(\w+)'|k\{(\w+)\}|g\{?(-?\d+)\}?|g\{([A-Za-z_]\w*)\})/y);
    if (named !== null) return this.#back(named[4] ?? '', named[1] ?? named[2] ?? named[3] ?? named[5] ?? '', start);
    const numbered = this.#match(/\\([1-9]\d?)(?!\d)/y);
    if (numbered !== null) {
      const number = Number(numbered[1]);
      if (number < 10 || number <= this.groups) return this.#back(numbered[1]!, '', start);
      this.at = start;
    }
    const escape = readEscape(this.text, start, false);
    this.at = escape.end;
    if (escape.kind === 'anchor') return { kind: 'at', what: escape.anchor };
    if (escape.kind === 'newline') {
      const pair: Node = { kind: 'sequence', of: [{ kind: 'set', set: byte(0x0d) }, { kind: 'set', set: NEWLINE }] };
      return { kind: 'atomic', of: { kind: 'choice', of: [pair, { kind: 'set', set: VERTICAL }] } };
    }
    return this.#set(escape.set);
  }

  #back(number: string, name: string, at: number): Node {
    if (this.#options.caseless) throw new RegexError('a reference back to a group without regard to case', at, false);
    const relative = number.startsWith('-');
    const absolute = number === '' ? -1 : relative ? this.groups + 1 + Number(number) : Number(number);
    const known = name === '' ? absolute : this.#names.get(name) ?? -1;
    this.#references.push({ number: known, name, at });
    return { kind: 'back', number: known };
  }

  checkReferences(): void {
    for (const { number, name, at } of this.#references) if (number < 1 || number > this.groups) throw new RegexError(`there is no group ${name === '' ? number : `“${name}”`} to refer to`, at, true);
  }

  #group(depth: number): Node | null {
    const start = this.at;
    const unsupported = (what: string): never => { throw new RegexError(what, start, false); };
    if (this.#take('(*')) unsupported('a verb (*…)');
    if (this.#take('(?:')) return this.#rest(depth);
    if (this.#take('(?=')) return { kind: 'look', of: this.#rest(depth), behind: false, negated: false };
    if (this.#take('(?!')) return { kind: 'look', of: this.#rest(depth), behind: false, negated: true };
    if (this.#take('(?<=')) return { kind: 'look', of: this.#rest(depth), behind: true, negated: false };
    if (this.#take('(?<!')) return { kind: 'look', of: this.#rest(depth), behind: true, negated: true };
    if (this.#take('(?>')) return { kind: 'atomic', of: this.#rest(depth) };
    const back = this.#match(/\(\?P=(\w+)\)/y);
    if (back !== null) return this.#back('', back[1]!, start);
    const name = this.#match(/\(\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/y);
    if (name !== null) return this.#capture(depth, name[1] ?? name[2] ?? '');
    const flags = this.#match(/\(\?([imsxJU]*)(?:-([imsxJU]*))?([:)])/y);
    if (flags !== null) return this.#flags(flags, depth);
    if (this.text.startsWith('(?', this.at)) unsupported('recursion, a condition or another rare group (?…)');
    this.at++;
    return this.#capture(depth, '');
  }

  #capture(depth: number, name: string): Node {
    const number = ++this.groups;
    if (name !== '') this.#names.set(name, number);
    return { kind: 'group', of: this.#rest(depth), number };
  }

  #flags([, on = '', off = '', end = '']: RegExpExecArray, depth: number): Node | null {
    const before = this.#options;
    const flag = (letter: string, was: boolean): boolean => (off.includes(letter) ? false : on.includes(letter) || was);
    const options = { ...before, caseless: flag('i', before.caseless), multiline: flag('m', before.multiline), dotAll: flag('s', before.dotAll), extended: flag('x', before.extended), ungreedy: flag('U', before.ungreedy) };
    this.#options = options;
    if (end === ')') return null; // until the end of the group around it
    const inner = this.#rest(depth);
    this.#options = before;
    return inner;
  }

  /** What a group holds, its closing parenthesis included. */
  #rest(depth: number): Node {
    const node = this.choice(depth + 1);
    if (!this.#take(')')) throw new RegexError('a parenthesis is not closed', this.at, true);
    return node;
  }

  #repeated(first: Node): Node {
    let node = first;
    for (;;) {
      const found = this.#match(/(?:([*+?])|\{(\d+)(,?)(\d*)\})([+?]?)/y);
      if (found === null) return node;
      const [, sign = '', low = '', comma = '', high = '', suffix = ''] = found;
      const min = sign === '' ? Number(low) : sign === '+' ? 1 : 0;
      const max = sign === '' ? (comma === '' ? min : high === '' ? Infinity : Number(high)) : sign === '?' ? 1 : Infinity;
      if (min > max || min > MAX_REPEAT || (max !== Infinity && max > MAX_REPEAT)) throw new RegexError('a repetition is out of range', this.at, true);
      const lazy = (suffix === '?') !== this.#options.ungreedy;
      node = { kind: 'repeat', of: node, min, max, mode: suffix === '+' ? 'possessive' : lazy ? 'lazy' : 'greedy' };
    }
  }
}


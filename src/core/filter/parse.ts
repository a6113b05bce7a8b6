// Tokens to a tree, by two stacks: operators wait until one that binds less tightly comes. Nothing recurses here, and the tree's
// depth is limited, so whoever walks it may.

import { FilterError } from './filter-error.ts';
import { COMPARE, INFIX_BY_TEXT, PREFIX_BY_TEXT, type Operator } from './operators.ts';
import { layerRanges, sliceRanges } from './ranges.ts';
import type { Compare, Node } from './syntax.ts';
import { tokens, type Token } from './tokens.ts';

export const MAX_NESTING = 100;
const TOO_DEEP = `Nested more than ${MAX_NESTING} levels deep: split the filter, or take brackets away`;

type Group = 'paren' | 'brace' | 'set' | 'call';
interface Pending { readonly sign: Token; readonly op: Operator | 'group'; readonly binds: number; readonly group: Group | null; readonly base: number; readonly callee: Token | null }
type Shape = Node extends infer N ? (N extends Node ? Omit<N, 'from' | 'to' | 'depth'> : never) : never;

/** Throws FilterError. Null for a text without any word. */
export function parse(text: string): Node | null {
  const list = tokens(text);
  return list.length === 1 ? null : new Parser(list).run();
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #operands: Node[] = [];
  readonly #pending: Pending[] = [];
  #at = 0;
  #nesting = 0;

  constructor(list: readonly Token[]) { this.#tokens = list; }

  run(): Node {
    let wantsOperand = true;
    for (; this.#token.kind !== 'end'; this.#at++) wantsOperand = wantsOperand ? this.#operand(this.#token) : this.#operator(this.#token);
    if (wantsOperand) this.#missing(this.#token);
    this.#reduce(0);
    const open = this.#pending.at(-1);
    if (open) throw new FilterError(open.sign, `Close this ${open.sign.text} with ${open.group === 'paren' || open.group === 'call' ? ')' : '}'}`);
    return this.#operands[0]!;
  }

  get #token(): Token { return this.#tokens[this.#at]!; }
  get #next(): Token { return this.#tokens[this.#at + 1]!; }

  /** Takes what starts an operand; answers whether one is still wanted. */
  #operand(t: Token): boolean {
    if (t.kind === 'string' || t.kind === 'char') return this.#leaf(t, { kind: t.kind, value: t.value, text: t.text });
    if (t.kind === 'slice') throw new FilterError(t, 'A range stands behind a field: eth.src[0:3]');
    if (t.text === '(') return this.#open(t, 'paren');
    if (t.text === '{') return this.#open(t, this.#pending.at(-1)?.op === 'in' || this.#pending.at(-1)?.op === 'not in' ? 'set' : 'brace');
    if (t.text === ')' && this.#emptyCall()) { this.#close(t); return false; }
    const prefix = PREFIX_BY_TEXT.get(t.text);
    if (prefix) {
      this.#push(t, prefix.op, prefix.binds, null);
      return true;
    }
    if (t.kind === 'word' && !INFIX_BY_TEXT.has(t.text)) {
      if (this.#next.text === '(' && this.#next.kind === 'sign') { this.#at++; return this.#open(this.#token, 'call', t); }
      return this.#leaf(t, { kind: 'word', text: t.text });
    }
    return this.#missing(t);
  }

  /** Takes what may follow an operand; answers whether another is wanted. */
  #operator(t: Token): boolean {
    if (t.kind === 'slice') return this.#slice(t);
    if (t.text === '#') return this.#layer(t);
    if (t.kind === 'sign' && (t.text === ')' || t.text === '}')) { this.#close(t); return false; }
    if (t.kind === 'sign' && t.text === ',') return this.#comma(t);
    if (t.text === 'not' && this.#next.text === 'in') { this.#at++; return this.#infix({ ...t, text: 'not in', to: this.#token.to }, 'not in', COMPARE); }
    const infix = t.kind === 'string' ? undefined : INFIX_BY_TEXT.get(t.text);
    if (infix) return this.#infix(t, infix.op, infix.binds);
    throw new FilterError(t, unexpected(t));
  }

  #infix(t: Token, op: Operator, binds: number): boolean {
    this.#reduce(binds);
    this.#push(t, op, binds, null);
    return true;
  }

  #push(sign: Token, op: Operator | 'group', binds: number, group: Group | null, callee: Token | null = null): void {
    const nests = group !== null || PREFIX_BY_TEXT.has(sign.text);
    if (nests && ++this.#nesting > MAX_NESTING) throw new FilterError(sign, TOO_DEEP);
    this.#pending.push({ sign, op, binds, group, base: this.#operands.length, callee });
  }

  #open(t: Token, group: Group, callee: Token | null = null): boolean {
    this.#push(t, 'group', 0, group, callee);
    return true;
  }

  #close(t: Token): void {
    this.#reduce(0);
    const open = this.#pending.pop();
    if (!open) throw new FilterError(t, `This ${t.text} closes nothing: remove it`);
    const wants = open.group === 'paren' || open.group === 'call' ? ')' : '}';
    if (t.text !== wants) throw new FilterError(t, `Close the ${open.sign.text} before it with ${wants}`);
    this.#nesting--;
    const inside = this.#operands.splice(open.base);
    const span = { from: (open.callee ?? open.sign).from, to: t.to };
    if (open.group === 'call') this.#operands.push(this.#made(span, { kind: 'call', name: open.callee!, args: inside }, inside));
    else if (open.group === 'set') this.#operands.push(this.#made(span, { kind: 'set', items: inside }, inside));
    else this.#operands.push({ ...inside[0]!, ...span, grouped: true, depth: inside[0]!.depth + 1 });
  }

  #emptyCall(): boolean {
    const open = this.#pending.at(-1);
    return open?.group === 'call' && open.base === this.#operands.length;
  }

  #comma(t: Token): boolean {
    this.#reduce(0);
    const group = this.#pending.at(-1)?.group;
    if (group !== 'set' && group !== 'call') throw new FilterError(t, 'A comma stands only in a set {1, 2} or between the arguments of a function: write && or ||');
    return true;
  }

  #slice(t: Token): boolean {
    const of = this.#operands.pop()!;
    this.#operands.push(this.#made({ from: of.from, to: t.to }, { kind: 'slice', of, ranges: sliceRanges(t) }, [of]));
    return false;
  }

  #layer(t: Token): boolean {
    const of = this.#operands.pop()!;
    const place = this.#next;
    this.#at++;
    if (place.kind !== 'slice' && !(place.kind === 'word' && /^[0-9]+$/.test(place.text))) {
      throw new FilterError(place.kind === 'end' ? t : { from: t.from, to: place.to }, 'Write a layer as a number from 1, or as a range: ip.addr#2, ip.addr#[1-2], ip.addr#[-1]');
    }
    this.#operands.push(this.#made({ from: of.from, to: place.to }, { kind: 'layer', of, ranges: layerRanges(place) }, [of]));
    return false;
  }

  #leaf(t: Token, shape: Shape): boolean {
    this.#operands.push(this.#made(t, shape, []));
    return false;
  }

  #made(span: { from: number; to: number }, shape: Shape, children: readonly Node[]): Node {
    const depth = 1 + children.reduce((most, child) => Math.max(most, child.depth), 0);
    if (depth > 4 * MAX_NESTING) throw new FilterError(span, TOO_DEEP);
    return { ...shape, from: span.from, to: span.to, depth };
  }

  /** Builds what binds at least as tightly as the operator that comes; prefix operators are on the stack in the order they stand. */
  #reduce(binds: number): void {
    for (let top = this.#pending.at(-1); top && top.op !== 'group' && top.binds >= binds; top = this.#pending.at(-1)) {
      this.#pending.pop();
      this.#operands.push(this.#build(top));
    }
  }

  #build({ sign, op }: Pending): Node {
    const right = this.#operands.pop()!;
    if (op === 'not' || op === 'any' || op === 'all' || op === 'negative') {
      this.#nesting--;
      const span = { from: sign.from, to: right.to };
      return this.#made(span, op === 'any' || op === 'all' ? { kind: op, of: right, sign } : { kind: op, of: right }, [right]);
    }
    const left = this.#operands.pop()!;
    const span = { from: left.from, to: right.to };
    switch (op) {
      case 'and': case 'or': case 'xor': {
        const of = left.kind === op && !left.grouped ? [...left.of, right] : [left, right];
        return this.#made(span, { kind: op, of }, of);
      }
      case '..': return this.#made(span, { kind: 'range', low: left, high: right }, [left, right]);
      case '&': case '+': case '-': case '*': case '/': case '%': return this.#made(span, { kind: 'arithmetic', op: sign, left, right }, [left, right]);
      default: return this.#comparison(left, sign, right);
    }
  }

  /** `a < b < c` is one comparison with two links, as in Wireshark. */
  #comparison(left: Node, op: Token, right: Node): Node {
    const chain: Pick<Compare, 'first' | 'links'> = left.kind === 'compare' && !left.grouped ? left : { first: left, links: [] };
    const links = [...chain.links, { op, right }];
    return this.#made({ from: left.from, to: right.to }, { kind: 'compare', first: chain.first, links }, [left, right]);
  }

  #missing(t: Token): never {
    const before = this.#tokens[this.#at - 1];
    const open = this.#pending.at(-1);
    const where = t.kind === 'end' && before ? before : t;
    if (t.kind !== 'end' && INFIX_BY_TEXT.has(t.text)) throw new FilterError(t, `"${t.text}" needs a field or a condition on its left`);
    if (before?.text === ',') throw new FilterError(before, 'Another value is wanted after the comma: add one, or remove it');
    if (open?.group === 'set') throw new FilterError(where, 'A set needs values: {1, 2, 5..9}');
    if (open && open.op !== 'group') throw new FilterError(where, `"${open.sign.text}" needs ${open.binds < COMPARE ? 'a condition' : 'a value'} on its right`);
    throw new FilterError(where, 'A field, a protocol or a condition is wanted here');
  }
}

function unexpected(t: Token): string {
  if (INFIX_BY_TEXT.has(t.text.toLowerCase())) return `Operators are written in lower case: ${t.text.toLowerCase()}`;
  const what = t.text.length > 40 ? `${t.text.slice(0, 40)}…` : t.text;
  return `${t.kind === 'string' ? what : `"${what}"`} was not expected here: put an operator before it, such as && or ==`;
}

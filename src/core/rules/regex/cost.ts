import { type ByteSet, join, meets, none } from './byte-set.ts';
import type { Node } from './node.ts';

// How many ways a backtracking matcher may have to try, as factor times length to a degree: what decides whether JavaScript's RegExp may run a pattern.

export interface Cost { readonly factor: number; readonly degree: number }

const ONE: Cost = { factor: 1, degree: 0 };
const ENDLESS: Cost = { factor: Infinity, degree: Infinity };

const times = (a: Cost, b: Cost): Cost => ({ factor: a.factor * b.factor, degree: a.degree + b.degree });
const plus = (a: Cost, b: Cost): Cost => ({ factor: a.factor + b.factor, degree: Math.max(a.degree, b.degree) });

/** The ways in which a node may match at one place, at most. */
export function waysOf(node: Node): Cost {
  switch (node.kind) {
    case 'set': case 'at': case 'back': return ONE;
    case 'group': return waysOf(node.of);
    // Once matched, it is not tried again; but its own tries are made.
    case 'look': case 'atomic': return waysOf(node.of);
    case 'sequence': return node.of.map(waysOf).reduce(times, ONE);
    case 'choice': {
      const all = node.of.map(waysOf);
      if (disjoint(node.of)) return all.reduce((a, b) => ({ factor: Math.max(a.factor, b.factor), degree: Math.max(a.degree, b.degree) }), ONE);
      return all.reduce(plus, { factor: 0, degree: 0 });
    }
    case 'repeat': return repeated(node.of, node.min, node.max);
  }
}

function repeated(of: Node, min: number, max: number): Cost {
  const one = waysOf(of);
  if (min === max) return one.factor === 1 && one.degree === 0 ? ONE : power(one, max);
  const single = one.factor === 1 && one.degree === 0;
  if (max === Infinity) return single && !mayBeEmpty(of) ? { factor: 1, degree: 1 } : ENDLESS;
  return single ? { factor: max - min + 1, degree: 0 } : times({ factor: max - min + 1, degree: 0 }, power(one, max));
}

const power = (a: Cost, n: number): Cost => (n > 64 ? (a.factor === 1 && a.degree === 0 ? ONE : ENDLESS) : { factor: a.factor ** n, degree: a.degree * n });

/** Whether the branches start with different bytes, so that only one of them can match. */
function disjoint(branches: readonly Node[]): boolean {
  let before = none();
  for (const branch of branches) {
    const first = firstOf(branch);
    if (first === null || meets(before, first)) return false;
    before = join(before, first);
  }
  return true;
}

/** The bytes a match may start with; null when it may be empty. */
function firstOf(node: Node): ByteSet | null {
  switch (node.kind) {
    case 'set': return node.set;
    case 'group': case 'atomic': return firstOf(node.of);
    case 'repeat': return node.min === 0 ? null : firstOf(node.of);
    case 'sequence': return node.of.length === 0 ? null : firstOf(node.of[0]!);
    case 'choice': {
      const all = node.of.map(firstOf);
      return all.some((set) => set === null) ? null : join(...(all as ByteSet[]));
    }
    case 'look': case 'back': case 'at': return null;
  }
}

function mayBeEmpty(node: Node): boolean {
  switch (node.kind) {
    case 'set': return false;
    case 'group': case 'atomic': return mayBeEmpty(node.of);
    case 'repeat': return node.min === 0 || mayBeEmpty(node.of);
    case 'sequence': return node.of.every(mayBeEmpty);
    case 'choice': return node.of.some(mayBeEmpty);
    case 'look': case 'back': case 'at': return true;
  }
}

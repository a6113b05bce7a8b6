import type { Action, Signature } from '../signature.ts';

export const isReject = (action: Action): boolean => action.startsWith('reject');

const actionRank = (order: readonly Action[], action: Action): number => order.indexOf(isReject(action) ? 'reject' : action);

/** Rules that set bits come first, then those that set and test, then those that test, then the others (detect-engine-sigorder.c). */
function bitRank({ bitsSet, bitsRead }: Signature): number {
  if (bitsSet.length > 0) return bitsRead.length > 0 ? 1 : 0;
  return bitsRead.length > 0 ? 2 : 3;
}

/** Signatures in the order in which they act: by action, by what they do with bits, then priority 1 first, then as they stand in the file. */
export function inOrder(signatures: readonly Signature[], order: readonly Action[]): Signature[] {
  return [...signatures].sort((a, b) => actionRank(order, a.action) - actionRank(order, b.action) || bitRank(a) - bitRank(b) || a.priority - b.priority || a.index - b.index);
}

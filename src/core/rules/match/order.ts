import type { Action, Signature } from '../signature.ts';

export const isReject = (action: Action): boolean => action.startsWith('reject');

const actionRank = (order: readonly Action[], action: Action): number => order.indexOf(isReject(action) ? 'reject' : action);

/** The first difference in what rules remember. */
function rememberRank({ order: a }: Signature, { order: b }: Signature): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

/** Signatures in the order in which they act: by action, by what they set and test, then priority 1 first, then as they stand in the file. */
export function inOrder(signatures: readonly Signature[], order: readonly Action[]): Signature[] {
  return [...signatures].sort((a, b) => actionRank(order, a.action) - actionRank(order, b.action) || rememberRank(a, b) || a.priority - b.priority || a.index - b.index);
}

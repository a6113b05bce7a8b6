import type { Action, Signature } from '../signature.ts';

export const isReject = (action: Action): boolean => action.startsWith('reject');

const actionRank = (order: readonly Action[], action: Action): number => order.indexOf(isReject(action) ? 'reject' : action);

/** The first difference in what rules remember. */
function rememberRank({ order: a }: Signature, { order: b }: Signature): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

/** Which of two signatures acts first, as a comparison: by action, by what they set and test, then priority 1 first, then as they stand in the file. */
export const byAction = (order: readonly Action[]) => (a: Signature, b: Signature): number => actionRank(order, a.action) - actionRank(order, b.action) || rememberRank(a, b) || a.priority - b.priority || a.index - b.index;

/** Signatures in the order in which they act. */
export const inOrder = (signatures: readonly Signature[], order: readonly Action[]): Signature[] => [...signatures].sort(byAction(order));

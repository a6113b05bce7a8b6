// What is folded in the trees, kept while the page lives: the same layer of the next packet is as the last one was left.

import { create } from 'zustand';
import type { PacketDetail } from '../../../worker/protocol.ts';
import type { Place } from '../locate.ts';
import { foldsAbove, isOpen, type Folds } from './tree-model.ts';

export const useFolds = create<{ readonly folds: Folds }>()(() => ({ folds: new Map() }));

export const setFold = (fold: string, open: boolean): void => useFolds.setState(({ folds }) => ({ folds: new Map(folds).set(fold, open) }));

/** Opens what hides a place. */
export function unfoldTo(detail: PacketDetail, place: Place): void {
  const { folds } = useFolds.getState();
  const closed = foldsAbove(detail, place).filter((fold) => !isOpen(folds, fold));
  if (closed.length > 0) useFolds.setState({ folds: new Map([...folds, ...closed.map((fold) => [fold, true] as const)]) });
}

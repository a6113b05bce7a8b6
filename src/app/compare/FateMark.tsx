import { Check, Copy, Minus, MoveDown, Pencil, Scissors, Shuffle, TriangleAlert, X } from 'lucide-react';
import type { Fate } from '../../worker/compare-protocol.ts';
import { HUES } from './fates.ts';

const MARKS = {
  Mirrored: Check, Direct: MoveDown, Truncated: Scissors, Filtered: Minus, Lost: X, 'Only at source': Minus, Duplicated: Copy, Reordered: Shuffle, Changed: Pencil, 'Only at appliance': MoveDown, Unexpected: TriangleAlert,
} as const satisfies Record<Fate, unknown>;

/** A shape for each fate; the word stands beside it. */
export function FateMark({ fate }: { fate: Fate }) {
  const Icon = MARKS[fate];
  return <Icon className="fate-mark" style={{ color: HUES[fate] }} size={13} strokeWidth={2.25} aria-hidden />;
}

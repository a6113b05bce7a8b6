// How a fate looks, wherever it is drawn. The word always stands beside the colour.

import type { Fate } from '../../worker/compare-protocol.ts';

/** As the radio buttons stand. */
export const FATES: readonly Fate[] = ['Mirrored', 'Direct', 'Truncated', 'Filtered', 'Lost', 'Only at source', 'Duplicated', 'Reordered', 'Changed', 'Only at appliance', 'Unexpected'];

/** What went as it should; drawn above the line of time. The others are trouble and hang below. */
export const GOOD: readonly Fate[] = ['Mirrored', 'Direct', 'Filtered', 'Only at appliance'];
export const BAD: readonly Fate[] = ['Lost', 'Only at source', 'Truncated', 'Changed', 'Duplicated', 'Reordered', 'Unexpected'];

export const HUES: Readonly<Record<Fate, string>> = {
  Mirrored: 'var(--fate-good)', Direct: 'var(--fate-beside)', Filtered: 'var(--fate-beside)', 'Only at appliance': 'var(--fate-beside)', Lost: 'var(--fate-lost)', 'Only at source': 'var(--fate-only)',
  Truncated: 'var(--fate-cut)', Changed: 'var(--fate-cut)', Duplicated: 'var(--fate-order)', Reordered: 'var(--fate-order)', Unexpected: 'var(--fate-only)',
};

// The views, in the order of their tabs. Only what works is here.

import type { ComponentType } from 'react';
import { CompareView } from './compare/CompareView.tsx';
import { PacketsView } from './packets/PacketsView.tsx';
import { RULE_RESULTS } from './rules/commands.ts';
import { RulesView } from './rules/RulesView.tsx';

export interface View {
  readonly id: string;
  readonly label: string;
  readonly View: ComponentType;
  /** Selectors of what the view is about, the first that is there: it gets the focus with the view's own key, and keys that move while nothing has it. */
  readonly main: readonly string[];
}

export const VIEWS: readonly View[] = [
  { id: 'packets', label: 'Packets', View: PacketsView, main: ['[role=grid][aria-label=Packets]'] },
  { id: 'compare', label: 'Compare', View: CompareView, main: ['[role=grid][aria-label="Paired packets"]'] },
  { id: 'rules', label: 'Rules', View: RulesView, main: RULE_RESULTS },
];

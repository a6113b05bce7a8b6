// The views, in the order of their tabs. Only what works is here.

import type { ComponentType } from 'react';
import { CompareView } from './compare/CompareView.tsx';
import { PacketsView } from './packets/PacketsView.tsx';
import { RulesView } from './rules/RulesView.tsx';

export interface View { readonly id: string; readonly label: string; readonly View: ComponentType }

export const VIEWS: readonly View[] = [
  { id: 'packets', label: 'Packets', View: PacketsView },
  { id: 'compare', label: 'Compare', View: CompareView },
  { id: 'rules', label: 'Rules', View: RulesView },
];

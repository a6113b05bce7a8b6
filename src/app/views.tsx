// The views, in the order of their tabs. Only what works is here.

import type { ComponentType } from 'react';
import { PacketsView } from './packets/PacketsView.tsx';

export interface View { readonly id: string; readonly label: string; readonly View: ComponentType }

export const VIEWS: readonly View[] = [
  { id: 'packets', label: 'Packets', View: PacketsView },
];

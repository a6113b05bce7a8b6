// The views of captures, in the order of their tabs; a lesson is about one of them. A view comes when it is looked at, or when there is time: the start page does not wait for it.

import { lazy, type ComponentType } from 'react';

const packets = () => import('./packets/PacketsView.tsx');
const compare = () => import('./compare/CompareView.tsx');
const rules = () => import('./rules/RulesView.tsx');

export interface View {
  readonly id: string;
  readonly label: string;
  readonly View: ComponentType;
  /** Selectors of what the view is about, the first that is there: it gets the focus with the view's own key, and keys that move while nothing has it. */
  readonly main: readonly string[];
  /** Whether there is something to see without a capture. */
  readonly alone?: true;
}

export const CAPTURE_VIEWS: readonly View[] = [
  { id: 'packets', label: 'Packets', View: lazy(async () => ({ default: (await packets()).PacketsView })), main: ['[role=grid][aria-label=Packets]'] },
  { id: 'compare', label: 'Compare', View: lazy(async () => ({ default: (await compare()).CompareView })), main: ['[role=grid][aria-label="Paired packets"]'] },
  { id: 'rules', label: 'Rules', View: lazy(async () => ({ default: (await rules()).RulesView })), main: ['[aria-label="Rule results"] [tabindex="0"]', '.run-rules'] },
];

/** Has the views at hand, with the commands that they register: while nobody waits for anything, or as soon as a capture is opened. */
export const loadViews = (): Promise<unknown> => packets().then(compare).then(rules); // in this order in palette and shortcut sheet

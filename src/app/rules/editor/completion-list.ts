// The list of completions by keyboard and to a screen reader: it scrolls, so it can be reached by Tab, and there the keys do what they do in the editor.

import type { Extension } from '@codemirror/state';
import { EditorView, runScopeHandlers } from '@codemirror/view';

const ENDS = new Set(['Enter', 'Escape']);

export const completionList: Extension = EditorView.updateListener.of(({ view }) => {
  const list = view.dom.querySelector<HTMLElement>('.cm-tooltip-autocomplete > ul');
  if (!list) return;
  const option = view.contentDOM.getAttribute('aria-activedescendant');
  if (option === null) list.removeAttribute('aria-activedescendant'); else list.setAttribute('aria-activedescendant', option);
  if (list.tabIndex === 0) return;
  list.tabIndex = 0;
  list.addEventListener('keydown', (event) => {
    if (!runScopeHandlers(view, event, 'editor')) return;
    event.preventDefault();
    event.stopPropagation();
    if (ENDS.has(event.key)) view.focus();
  });
});

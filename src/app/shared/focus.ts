import { showTab } from '../stores/view.ts';

const FRAMES = 120; // a part that is loaded when it is first asked for takes some time

/** Brings a view in front and gives the focus to what the first selector finds that finds anything, as soon as it is drawn. */
export function focusIn(tab: string, ...selectors: readonly string[]): void {
  showTab(tab);
  const before = document.activeElement;
  const look = (frames: number): void => {
    const found = focusable(selectors);
    if (document.activeElement !== before && document.activeElement !== document.body) return; // somebody went elsewhere meanwhile
    if (found) found.focus();
    else if (frames > 0) requestAnimationFrame(() => look(frames - 1));
  };
  requestAnimationFrame(() => look(FRAMES));
}

/** What the first selector finds that finds anything. */
export const focusable = (selectors: readonly string[]): HTMLElement | undefined => selectors.map((selector) => document.querySelector<HTMLElement>(selector)).find((element) => element !== null);

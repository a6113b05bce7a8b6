// The keys of the trees of layers, as the ARIA practices have them. A press of what the pointer would press does the rest.

import type { KeyboardEvent } from 'react';

const itemsOf = (tree: HTMLElement): HTMLElement[] => [...tree.querySelectorAll<HTMLElement>('[role=treeitem]')];
const layerOf = (item: HTMLElement): HTMLElement | null => item.parentElement?.closest<HTMLElement>('[role=treeitem]') ?? null;

/** `onKeyDown` of a tree: arrows, Home and End move; Left and Right also fold and unfold a layer, Enter and Space do either, and choose a field. */
export function onTreeKey(event: KeyboardEvent<HTMLElement>): void {
  const item = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[role=treeitem]') : null;
  if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
  const items = itemsOf(event.currentTarget), at = items.indexOf(item), open = item.getAttribute('aria-expanded');
  const turn = (): void => (open === null ? item : item.firstElementChild as HTMLElement).click();
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => items[at + 1]?.focus(), ArrowUp: () => items[at - 1]?.focus(), Home: () => items[0]?.focus(), End: () => items.at(-1)?.focus(),
    ArrowRight: () => (open === 'false' ? turn() : open === 'true' ? items[at + 1]?.focus() : undefined),
    ArrowLeft: () => (open === 'true' ? turn() : layerOf(item)?.focus()),
    Enter: turn, ' ': turn,
  };
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

// The menu that opens where the pointer, or the selected cell, is. One at a time.

import { create } from 'zustand';

export interface MenuEntry { readonly id: string; readonly label: string; readonly hint?: string; readonly run: () => void; readonly disabled?: boolean }
interface MenuState { readonly label: string; readonly entries: readonly MenuEntry[]; readonly x: number; readonly y: number; readonly open: boolean }

export const useContextMenu = create<MenuState>()(() => ({ label: '', entries: [], x: 0, y: 0, open: false }));

export const closeMenu = (): void => useContextMenu.setState({ open: false });

/** Opens a menu at the pointer; when a key asked for it, below `element`. */
export function openMenu(event: { clientX: number; clientY: number; preventDefault(): void }, element: Element | null, label: string, entries: readonly MenuEntry[]): void {
  event.preventDefault();
  if (entries.length === 0) return;
  const box = element?.getBoundingClientRect();
  const byKey = event.clientX === 0 && event.clientY === 0;
  const inside = box && event.clientX >= box.left - 1 && event.clientX <= box.right + 1 && event.clientY >= box.top - 1 && event.clientY <= box.bottom + 1;
  const [x, y] = box && (byKey || !inside) ? [box.left + 8, box.bottom] : [event.clientX, event.clientY];
  useContextMenu.setState({ label, entries, x, y, open: true });
}

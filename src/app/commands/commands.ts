// Everything a person can do, as one table: the palette, the shortcut sheet and the key bindings are read from it, so none of them can
// name what another does not have. Each part of the app registers its own commands when it is loaded.

import { create } from 'zustand';

export interface Command {
  readonly id: string; //                 "packets.next"; unique, and what a test calls it by
  readonly label: string; //              "Next packet"
  readonly group: string; //              a heading of the shortcut sheet: "Open", "Views", "Packets" …
  readonly keys?: readonly string[]; //   "Mod+K", "?", "Shift+N", "ArrowDown"; Mod is Ctrl, or Cmd on a Mac
  readonly run: () => void;
  readonly when?: () => boolean; //       absent: always
  readonly whileTyping?: boolean; //      also while a text field has the focus (only sensible with Mod)
}

export const useCommands = create<{ readonly commands: readonly Command[] }>()(() => ({ commands: [] }));

/** Adds commands; one of the same id is replaced. */
export function registerCommands(added: readonly Command[]): void {
  const ids = new Set(added.map(({ id }) => id));
  useCommands.setState(({ commands }) => ({ commands: [...commands.filter(({ id }) => !ids.has(id)), ...added] }));
}

export const isMac = (): boolean => /Mac|iP(hone|ad)/.test(navigator.userAgent);

/** "Mod+Shift+S" of a key press; letters in upper case, and no Shift for a sign that is typed with it ("?"). */
export function keyOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>, mac: boolean): string {
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  const letter = /^\p{L}$/u.test(event.key);
  const sign = event.key.length === 1 && !letter;
  return [mod && 'Mod', other && 'Other', event.altKey && 'Alt', event.shiftKey && !sign && 'Shift', letter ? event.key.toUpperCase() : event.key].filter(Boolean).join('+');
}

/** The command of a key press, if one is bound to it and may run now. */
export function commandFor(key: string, typing: boolean, commands: readonly Command[] = useCommands.getState().commands): Command | undefined {
  return commands.find(({ keys, whileTyping, when }) => keys?.includes(key) === true && (!typing || whileTyping === true) && (when?.() ?? true));
}

const NAMES: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', ' ': 'Space', PageUp: 'Page Up', PageDown: 'Page Down' };

/** The keys of a binding as they stand on the keyboard: ["Ctrl", "K"]. */
export const keyCaps = (keys: string, mac: boolean): string[] =>
  (keys === '+' ? ['+'] : keys.split('+')).map((key) => (key === 'Mod' ? (mac ? '⌘' : 'Ctrl') : (NAMES[key] ?? key)));

// Everything a person can do, as one table: the palette, the shortcut sheet and the key bindings are read from it, so none of them can
// name what another does not have. Each part of the app registers its own commands when it is loaded.

import { create } from 'zustand';

export interface Command {
  readonly id: string; //                 "packets.next"; unique, and what a test calls it by
  readonly label: string; //              "Next packet"
  readonly group: string; //              a heading of palette and shortcut sheet: "Open", "Views", or a view's label
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

/** Keys that a part of the page handles itself: not commands, but the shortcut sheet lists them. "Shift+ArrowUp+ArrowDown" stands for both arrows. */
export interface KeyNote { readonly group: string; readonly label: string; readonly keys: readonly string[] }

const notes: KeyNote[] = [];
export const keyNotes: readonly KeyNote[] = notes;
export const registerKeyNotes = (added: readonly KeyNote[]): number => notes.push(...added);

/** Groups in the order they are listed; those of the views, which are not named here, stand before Help. */
const FIRST = ['Open', 'Captures', 'Views'];
const LAST = ['Share', 'Help'];

/** Things by their group: `first` leads, then what is for every view, then the views. */
export function inGroups<T extends { readonly group: string }>(things: readonly T[], first = ''): [group: string, members: T[]][] {
  const groups = new Map<string, T[]>();
  for (const thing of things) groups.set(thing.group, [...(groups.get(thing.group) ?? []), thing]);
  const place = (group: string): number => (group === first ? -1 : FIRST.includes(group) ? FIRST.indexOf(group) : FIRST.length + 1 + LAST.indexOf(group));
  return [...groups].sort(([a], [b]) => place(a) - place(b)); // those of one place stay in the order they were registered
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
  const all = commands.filter(({ keys, whileTyping, when }) => keys?.includes(key) === true && (!typing || whileTyping === true) && (when?.() ?? true));
  return all.find(({ when }) => when !== undefined) ?? all[0]; // what belongs to the view in front goes before what is there everywhere
}

const NAMES: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', ' ': 'Space', PageUp: 'Page Up', PageDown: 'Page Down' };

/** The keys of a binding as they stand on the keyboard: ["Ctrl", "K"]. */
export const keyCaps = (keys: string, mac: boolean): string[] =>
  (keys === '+' ? ['+'] : keys.split('+')).map((key) => (key === 'Mod' ? (mac ? '⌘' : 'Ctrl') : (NAMES[key] ?? key)));

// What VNIs and interfaces are called: the person's own list, kept in this browser, or that of the link that was opened, as long as it is in front.

import { create } from 'zustand';
import { namesOf, type Names } from '../../core/format/names.ts';
import { useSettings } from './settings.ts';

export const useLinkedNames = create<{ readonly text: string | null }>()(() => ({ text: null }));

/** The list that counts, as text. */
export const namesText = (): string => useLinkedNames.getState().text ?? useSettings.getState().names;

let last = { text: '', names: namesOf('') };

function current(): Names {
  const text = namesText();
  if (text !== last.text) last = { text, names: namesOf(text) };
  return last.names;
}

/** The list that counts, in a component. */
export function useNames(): Names {
  useLinkedNames((state) => state.text);
  useSettings((settings) => settings.names);
  return current();
}

/** Makes a list the person's own. */
export function setNames(names: string): void {
  useSettings.setState({ names });
  useLinkedNames.setState({ text: null });
}

import { useEffect } from 'react';
import { focusable } from '../shared/focus.ts';
import { frontView } from '../stores/view.ts';
import { VIEWS } from '../views.tsx';
import { commandFor, isMac, keyOf } from './commands.ts';

const TEXT_INPUTS = new Set(['text', 'search', 'url', 'number', 'email', 'password', 'tel']);

/** Whether what has the focus takes letters as text. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return TEXT_INPUTS.has(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

const MOVES = /^(Arrow(Up|Down|Left|Right)|Page(Up|Down)|Home|End|[jk])$/;

/** Where nothing has the focus (after a drop, or a press beside everything), a key that moves goes to what the view in front is about. */
function passOn(event: KeyboardEvent): boolean {
  if (event.target !== document.body || event.ctrlKey || event.metaKey || event.altKey || !MOVES.test(event.key)) return false;
  const main = focusable(VIEWS.find(({ id }) => id === frontView())?.main ?? []);
  main?.focus();
  main?.dispatchEvent(new KeyboardEvent('keydown', event));
  return main !== undefined;
}

/** Runs commands by their keys, wherever the focus is. While a dialog is open only that dialog's own keys work. */
export function useKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('[role=dialog],[role=menu]')) return;
      const command = commandFor(keyOf(event, isMac()), isTyping(event.target));
      if (!command && !passOn(event)) return;
      event.preventDefault();
      command?.run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

import { useEffect } from 'react';
import { commandFor, isMac, keyOf } from './commands.ts';

const TEXT_INPUTS = new Set(['text', 'search', 'url', 'number', 'email', 'password', 'tel']);

/** Whether what has the focus takes letters as text. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return TEXT_INPUTS.has(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Runs commands by their keys, wherever the focus is. While a dialog is open only that dialog's own keys work. */
export function useKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('[role=dialog],[role=menu]')) return;
      const command = commandFor(keyOf(event, isMac()), isTyping(event.target));
      if (!command) return;
      event.preventDefault();
      command.run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

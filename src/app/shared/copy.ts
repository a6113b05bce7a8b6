import { notify } from '../stores/notice.ts';
import { tellText } from '../stores/trouble.ts';

/** Puts text on the clipboard, and says `done` then. Where the page may not (an insecure address), says so. */
export function copyText(text: string, done?: string): void {
  if (!('clipboard' in navigator)) { tellText(NOT_ALLOWED); return; }
  navigator.clipboard.writeText(text).then(() => { if (done !== undefined) notify(done); }, () => tellText(NOT_ALLOWED));
}

const NOT_ALLOWED = 'The browser did not let this page write to the clipboard. Open it over HTTPS or from localhost, and allow the clipboard when asked.';

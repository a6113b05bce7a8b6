// Comments on packets: changed in the page, saved with the capture.

import { FaultError } from '../../core/base/fault.ts';
import { bareName, save } from '../shared/saving.ts';
import { captureOf, useCaptures } from '../stores/captures.ts';
import { markSaved, noteComments, useComments } from '../stores/comments.ts';
import { openDialog } from '../dialogs/dialogs.ts';
import { notify } from '../stores/notice.ts';
import { selectPacket } from '../stores/selection.ts';
import { tell } from '../stores/trouble.ts';
import { callCapture } from '../stores/workers.ts';
import { useDetail } from './detail.ts';

/** Opens the dialog for a packet of the shown capture. */
export function editComments(number: number): void {
  selectPacket(number);
  openDialog('comments');
}

/** Puts comments in place of those that the packet in view has; the page shows them, and whatever is saved from now on has them. */
export async function changeComments(comments: readonly string[]): Promise<void> {
  const { capture, detail } = useDetail.getState();
  if (capture === null || !detail) return;
  const kept = comments.map((comment) => comment.trim()).filter(Boolean);
  try {
    await callCapture(capture, 'editComments', { number: detail.number, comments: kept });
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    tell(captureOf(capture)?.name ?? '', error.fault);
    return;
  }
  noteComments(capture, detail.number, kept);
  useDetail.setState((now) => (now.capture === capture && now.detail?.number === detail.number ? { detail: { ...now.detail, comments: kept } } : {}));
  notify('The comments are kept in this page. Save the capture to have them in a file.');
}

/** Saves the whole shown capture as a pcapng with the comments that its packets have by now. */
export function saveWithComments(): void {
  const capture = captureOf(useCaptures.getState().shown);
  if (!capture) return;
  void save(async ({ signal, tell: step }) => {
    const { file, format } = await callCapture(capture.id, 'captureFile', { all: true }, { signal, onProgress: ({ done, total }) => step('Writing packets', done, total) });
    markSaved(capture.id);
    return { file, name: `${bareName(capture.name)}-commented.${format}` };
  });
}

/** The browser asks before the page is closed while changes are in no file. */
export function guardComments(): () => void {
  const onLeave = (event: BeforeUnloadEvent): void => { if (useComments.getState().unsaved.size > 0) event.preventDefault(); };
  window.addEventListener('beforeunload', onLeave);
  return () => window.removeEventListener('beforeunload', onLeave);
}

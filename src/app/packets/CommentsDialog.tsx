import { useState } from 'react';
import { AppDialog } from '../dialogs/AppDialog.tsx';
import { closeDialog, useDialog } from '../dialogs/dialogs.ts';
import { changeComments, saveWithComments } from './comments.ts';
import { useDetail } from './detail.ts';

/** The comments of the packet in view, each in a box of its own, as a pcapng has them. */
export function CommentsDialog() {
  const open = useDialog((dialog) => dialog.open === 'comments');
  const detail = useDetail((state) => state.detail);
  return <AppDialog title={detail ? `Comments on packet ${detail.number}` : 'Comments'} open={open} onClose={closeDialog}>{detail && <Editor key={detail.number} comments={detail.comments} />}</AppDialog>;
}

function Editor({ comments }: { comments: readonly string[] }) {
  const [texts, setTexts] = useState<readonly string[]>(comments.length === 0 ? [''] : comments);
  const use = async (then?: () => void): Promise<void> => { closeDialog(); await changeComments(texts); then?.(); };
  return (
    <>
      <div className="dialog-body comments">
        {texts.map((text, at) => (
          <textarea key={at} aria-label={texts.length === 1 ? 'Comment' : `Comment ${at + 1}`} className="text-input" rows={3} autoFocus={at === texts.length - 1} value={text} onChange={({ target }) => setTexts(texts.map((each, i) => (i === at ? target.value : each)))} />
        ))}
        <button type="button" className="button quiet" onClick={() => setTexts([...texts, ''])}>Add a comment</button>
        <p className="dim">An empty comment is left out. The opened file stays as it is; a saved capture is a pcapng with these comments.</p>
      </div>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={closeDialog}>Cancel</button>
        <button type="button" className="button" onClick={() => void use(saveWithComments)}>Use and save the capture</button>
        <button type="button" className="button primary" onClick={() => void use()}>Use comments</button>
      </div>
    </>
  );
}

import { notNow, useUpdate } from '../update.ts';
import { useCaptures } from '../stores/captures.ts';

/** A newer build is ready. */
export function UpdateNotice() {
  const take = useUpdate((state) => state.take);
  const open = useCaptures(({ captures }) => captures.some(({ origin }) => origin === null));
  return take && (
    <div className="update-notice" role="status">
      <p>A newer VXLens is ready.{open && ' Captures that you opened from files have to be opened again after reloading.'}</p>
      <button type="button" className="button" onClick={take}>Reload</button>
      <button type="button" className="button quiet" onClick={notNow}>Not now</button>
    </div>
  );
}

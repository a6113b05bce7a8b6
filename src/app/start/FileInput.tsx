import { setFileInput, takeChosen } from './choose-files.ts';

/** The page's file input. Not seen: "Open captures" stands for it. It has no list of endings, since captures are told by content. */
export const FileInput = () => (
  <label className="visually-hidden">Capture files
    <input type="file" multiple tabIndex={-1} ref={setFileInput} onChange={({ target }) => takeChosen(target)} />
  </label>
);

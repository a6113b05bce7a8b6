import { count } from '../../core/format/number.ts';
import { useRules } from '../stores/rules.ts';
import { editorControl } from './editor/caret.ts';
import { inItsFile, placeText } from './rule-files.ts';
import { useRun } from './run.ts';

const MOST_LISTED = 50;

/** The rules that cannot be read, each with its place, as `rules check` of the command line has it, and its mend. A place in the editor leads there. */
export function Mistakes() {
  const mistakes = useRun((run) => run.mistakes);
  const text = useRules((rules) => rules.text);
  const more = useRun(({ runs }) => runs[0]?.report.moreMistakes ?? 0) + Math.max(0, mistakes.length - MOST_LISTED);
  return (
    <ul className="mistakes" aria-label="Mistakes in the rules">
      {mistakes.slice(0, MOST_LISTED).map(({ file, line, column, message }) => {
        const place = `${placeText(text, file, line)}:${column}`;
        return (
          <li key={`${file}.${line}.${column}.${message}`}>
            {file === '' ? <button type="button" className="mistake-place mono" title="Go there" onClick={() => editorControl()?.goTo(line, column)}>{place}</button> : <b className="mistake-place mono">{place}</b>} {inItsFile(text, message)}
          </li>
        );
      })}
      {more > 0 && <li>and {count(more)} more</li>}
    </ul>
  );
}

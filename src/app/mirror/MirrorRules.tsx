import { chosenSides } from '../compare/compare-run.ts';
import { useCaptures } from '../stores/captures.ts';
import { useCompare } from '../stores/compare.ts';
import { mirrorOf, useMirror } from '../stores/mirror.ts';
import { openDraft } from './draft.ts';
import './mirror.css';

/** The button that opens the rules of the source's mirror, and says whether there are any. */
export function MirrorRules() {
  useCaptures((state) => state.captures);
  useCompare(({ source, appliance }) => `${source}.${appliance}`);
  const inUse = useMirror((state) => mirrorOf(chosenSides().source, state) !== null);
  return (
    <button type="button" className="button quiet small" aria-label="Mirror rules" aria-description={inUse ? 'in use' : 'none'} onClick={openDraft}>Mirror rules <span className="dim">{inUse ? 'in use' : 'none'}</span></button>
  );
}

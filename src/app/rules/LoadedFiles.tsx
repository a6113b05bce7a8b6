import { X } from 'lucide-react';
import { bytesText } from '../../core/format/number.ts';
import { useRules } from '../stores/rules.ts';
import { unloadRuleFile } from './load.ts';

/** Rule files that are too large to be edited here: they stay files, and their rules run after those of the editor. */
export function LoadedFiles() {
  const files = useRules((rules) => rules.files);
  if (files.length === 0) return null;
  return (
    <div className="loaded-files">
      <ul aria-label="Loaded rule files">
        {files.map(({ name, file }) => (
          <li key={name} className="chip plain">{name} <span className="dim">{bytesText(file.size)}</span>
            <button type="button" className="button quiet icon" aria-label={`Remove ${name}`} onClick={() => unloadRuleFile(name)}><X size={12} aria-hidden /></button>
          </li>
        ))}
      </ul>
      <span className="dim clip">{files.length === 1 ? 'is' : 'are'} too large to edit here; the rules in {files.length === 1 ? 'it' : 'them'} run after those below</span>
    </div>
  );
}

import { Check, X } from 'lucide-react';
import { withNames } from '../../core/format/names.ts';
import type { Why } from '../../worker/compare-protocol.ts';
import { useNames } from '../stores/names.ts';

/** The evidence for a packet's fate; for one that is missing, the documented causes that fit and those that do not. */
export function WhyFate({ why: { evidence, causes } }: { why: Why }) {
  const names = useNames();
  return (
    <section className="why-fate" aria-label="Why this fate" tabIndex={0}>
      <h2>Why</h2><p>{withNames(evidence, names)}</p>
      {causes.length > 0 && (
        <ul>
          {causes.map(({ text, fits }) => (
            <li key={text} className={fits ? '' : 'unfit'}>{fits ? <Check size={13} aria-hidden /> : <X size={13} aria-hidden />}<b>{fits ? 'Fits' : 'Does not fit'}</b><span>{withNames(text, names)}</span></li>
          ))}
        </ul>
      )}
    </section>
  );
}

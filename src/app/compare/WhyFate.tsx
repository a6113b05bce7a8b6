import { Check, X } from 'lucide-react';
import type { Why } from '../../worker/compare-protocol.ts';

/** The evidence for a packet's fate; for one that is missing, the documented causes that fit and those that do not. */
export function WhyFate({ why: { evidence, causes } }: { why: Why }) {
  return (
    <section className="why-fate" aria-label="Why this fate" tabIndex={0}>
      <h2>Why</h2><p>{evidence}</p>
      {causes.length > 0 && (
        <ul>
          {causes.map(({ text, fits }) => (
            <li key={text} className={fits ? '' : 'unfit'}>{fits ? <Check size={13} aria-hidden /> : <X size={13} aria-hidden />}<b>{fits ? 'Fits' : 'Does not fit'}</b><span>{text}</span></li>
          ))}
        </ul>
      )}
    </section>
  );
}

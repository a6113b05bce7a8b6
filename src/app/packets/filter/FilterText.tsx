import type { TextError } from '../../../worker/protocol.ts';
import { filterParts } from './filter-parts.ts';

/** The filter's text in its colours under the transparent input, with a wave under the characters at fault. It scrolls as the input does. */
export function FilterText({ text, error, scroll }: { text: string; error: TextError | null; scroll: number }) {
  return (
    <div className="filter-text mono" aria-hidden>
      <div style={{ transform: `translateX(${-scroll}px)` }}>
        {filterParts(text, error).map(({ kind, wrong, text: part }, i) => (wrong ? <mark key={i} className={kind}>{part}</mark> : <span key={i} className={kind}>{part}</span>))}
      </div>
    </div>
  );
}

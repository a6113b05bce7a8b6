import { useVirtualizer } from '@tanstack/react-virtual';
import { Search } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { counted } from '../../core/format/number.ts';
import type { ReferencePage } from '../../worker/protocol.ts';
import { openReference } from '../stores/reference.ts';
import { nameOfHit, search, type Hit } from './search.ts';

const ROW = 28; // px, as in reference.css
const PAGE = 10;

/** How far a key goes in the list, given the place and how many there are. */
const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at) => at + 1, ArrowUp: (at) => at - 1, PageDown: (at) => at + PAGE, PageUp: (at) => at - PAGE, Home: () => 0, End: (_at, last) => last,
};

/** The search box and what it finds. The page follows the list; arrows work from the box as well. */
export function Finder({ pages, at, onEnter }: { pages: readonly ReferencePage[]; at: string; onEnter: () => void }) {
  const [typed, setTyped] = useState('');
  const hits = useMemo(() => search(pages, typed), [pages, typed]);
  const own = hits.findIndex((hit) => nameOfHit(hit) === at);
  const chosen = own >= 0 ? own : hits.findIndex(({ page, field }) => field === null && (at === page.name || at.startsWith(`${page.name}.`)));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') { event.preventDefault(); const first = hits[0]; if (chosen < 0 && first) openReference(nameOfHit(first)); onEnter(); return; }
    const inBox = event.target instanceof HTMLInputElement;
    const to = inBox && (event.key === 'Home' || event.key === 'End') ? undefined : STEPS[event.key]?.(chosen, hits.length - 1);
    const hit = to === undefined ? undefined : hits[Math.max(0, Math.min(hits.length - 1, to))];
    if (!hit) return;
    event.preventDefault();
    openReference(nameOfHit(hit));
  };
  return (
    <div className="reference-finder" onKeyDown={onKeyDown}>
      <div className="reference-search"><Search size={16} aria-hidden /><input type="search" aria-label="Search protocols and fields" aria-controls="reference-hits" placeholder="Name, title, port or value" autoFocus autoComplete="off" spellCheck={false} value={typed} onChange={({ target }) => setTyped(target.value)} /></div>
      <Hits hits={hits} chosen={chosen} />
      <p className="reference-count" role="status">{typed.trim() === '' ? `${counted(pages.length, 'protocol')}, ${counted(new Set(pages.flatMap(({ fields }) => fields.map(({ name }) => name))).size, 'field')}` : `${counted(hits.length, 'match', 'matches')}`}</p>
    </div>
  );
}

function Hits({ hits, chosen }: { hits: readonly Hit[]; chosen: number }) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({ count: hits.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 8 });
  useEffect(() => { list.scrollToIndex(Math.max(0, chosen), { align: 'auto' }); }, [chosen, hits, list]);
  if (hits.length === 0) return <p className="empty reference-list" id="reference-hits">No protocol or field has these words in its name, its title or its values.</p>;
  return (
    <div className="reference-list" id="reference-hits" ref={scroller} role="listbox" aria-label="Protocols and fields" tabIndex={0} {...(chosen >= 0 ? { 'aria-activedescendant': `reference-hit-${chosen}` } : {})}>
      <div role="presentation" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start }) => {
          const hit = hits[index]!;
          const name = nameOfHit(hit);
          return (
            <div key={index} id={`reference-hit-${index}`} role="option" aria-selected={index === chosen} aria-setsize={hits.length} aria-posinset={index + 1} className={`reference-hit ${hit.field ? 'field' : ''}`} style={{ transform: `translateY(${start}px)` }} onClick={() => openReference(name)}>
              <span className="mono clip">{name}</span>{' '}<span className="clip dim">{hit.words || (hit.field ?? hit.page).label}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

import { useId, useRef, useState, type ChangeEvent, type CSSProperties, type KeyboardEvent } from 'react';
import type { Completion } from '../../../worker/protocol.ts';
import { countRoom } from '../../captures/capture-text.ts';
import { useShownCapture } from '../../stores/captures.ts';
import { applyFilter, setDraft, useFilter } from '../../stores/filter.ts';
import { useView } from '../../stores/view.ts';
import { Saving } from '../../shared/Saving.tsx';
import { ColumnsMenu } from '../list/ColumnsMenu.tsx';
import { Completions } from './Completions.tsx';
import { ExportPackets } from './ExportPackets.tsx';
import { FilterText } from './FilterText.tsx';
import { useCompletions } from './use-completions.ts';
import { count } from '../../../core/format/number.ts';
import './filter.css';

/** The display filter, how much of the capture passes it, what can be saved of that, and the list's columns. */
export function FilterBar() {
  return (
    <div className="filter-bar" role="search" aria-label="Filter packets">
      <FilterInput />
      <Passing />
      <Saving />
      <ExportPackets />
      <ColumnsMenu />
    </div>
  );
}

function FilterInput() {
  const { draft, applied, error } = useFilter();
  const input = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState(0);
  const [scroll, setScroll] = useState(0);
  const [active, setActive] = useState(-1);
  const [openFor, setOpenFor] = useState<string | null>(null); // the applied filter it was opened over: another one, set by a menu or the address, closes it
  const open = openFor === applied;
  const setOpen = (next: boolean): void => setOpenFor(next ? applied : null);
  const id = useId();
  const found = useCompletions(draft, caret, open);
  const shown = open && found.length > 0;

  const take = ({ text, from, to }: Completion): void => {
    setDraft(draft.slice(0, from) + text + draft.slice(to));
    setActive(-1);
    const end = from + text.length;
    setCaret(end);
    requestAnimationFrame(() => input.current?.setSelectionRange(end, end));
  };
  const onChange = ({ target }: ChangeEvent<HTMLInputElement>): void => { setDraft(target.value); setCaret(target.selectionStart ?? target.value.length); setOpen(true); setActive(-1); };
  const onKeyDown = (event: KeyboardEvent): void => {
    const chosen = shown ? found[active] : undefined;
    switch (event.key) {
      case 'ArrowDown': case 'ArrowUp': {
        if (!shown) { setOpen(true); break; }
        const step = event.key === 'ArrowDown' ? 1 : -1;
        setActive((active + step + found.length + (active < 0 && step < 0 ? 1 : 0)) % found.length);
        break;
      }
      case 'Tab': if (!chosen) return; take(chosen); break;
      case 'Enter': if (chosen) take(chosen); else { setOpen(false); applyFilter(draft); } break;
      case 'Escape':
        if (shown) { setOpen(false); setActive(-1); }
        else if (draft !== applied) setDraft(applied); // back to what the list shows
        else if (applied !== '') applyFilter('');
        else return;
        break;
      default: return;
    }
    event.preventDefault();
  };
  return (
    <div className="filter-field">
      <div className="filter-box" data-wrong={error !== null || undefined} data-changed={draft.trim() !== applied || undefined}>
        <FilterText text={draft} error={error} scroll={scroll} />
        <input ref={input} className="filter-input" role="combobox" aria-label="Display filter" aria-autocomplete="list" aria-expanded={shown} aria-controls={`${id}-list`} aria-haspopup="listbox"
          aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined} aria-invalid={error !== null || undefined} aria-describedby={error ? `${id}-error` : undefined}
          placeholder="Filter, as in Wireshark: vxlan.vni == 333 && icmp.type == 8" spellCheck={false} autoComplete="off" autoCapitalize="off" value={draft}
          onChange={onChange} onKeyDown={onKeyDown} onBlur={() => setOpen(false)}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? 0)} onScroll={({ currentTarget }) => setScroll(currentTarget.scrollLeft)} />
        {draft.trim() !== applied && <kbd className="filter-enter" title="Press Enter to apply">Enter</kbd>}
        {(draft !== '' || applied !== '') && <button type="button" className="button quiet filter-clear" aria-label="Clear filter" onClick={() => { applyFilter(''); input.current?.focus(); }}>Clear</button>}
      </div>
      {error && <p id={`${id}-error`} className="popover filter-error" role="alert">{error.message}{draft !== '' && <> The list still shows {applied === '' ? 'all packets' : <>what passes <code className="mono">{applied}</code></>}.</>}</p>}
      <Completions id={id} found={shown ? found : []} active={active} onTake={take} />
    </div>
  );
}

/** "15 of 19 packets", and how far a filter has looked while it looks. */
function Passing() {
  const capture = useShownCapture();
  const rows = useView((view) => view.rows);
  const progress = useView((view) => view.progress);
  const packets = Math.max(capture?.packets ?? 0, rows); // both grow while it is read, and tell of it in turn
  const looking = progress !== null && packets > 0;
  return (
    <span className="filter-passing" style={{ '--digits': capture ? countRoom(capture) : 1 } as CSSProperties}>
      {looking && <progress className="filter-progress" aria-label="Filtering" max={packets} value={progress.packetsDone} />}
      <span role="status"><b>{count(looking ? progress.rows : rows)}</b> of {count(packets)} packets</span>
    </span>
  );
}

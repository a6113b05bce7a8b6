import { useEffect, useRef } from 'react';
import type { Completion } from '../../../worker/protocol.ts';

interface Props { readonly id: string; readonly found: readonly Completion[]; readonly active: number; readonly onTake: (completion: Completion) => void }

/** What may stand at the caret. The focus stays in the box: the listbox is steered from there. */
export function Completions({ id, found, active, onTake }: Props) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => { list.current?.children[active]?.scrollIntoView({ block: 'nearest' }); }, [active]);
  return (
    <ul ref={list} id={`${id}-list`} role="listbox" aria-label="Completions" className="popover completions" hidden={found.length === 0}>
      {found.map((completion, i) => (
        <li key={`${completion.text} ${completion.detail}`} id={`${id}-${i}`} role="option" aria-selected={i === active} className="completion" onPointerDown={(event) => { event.preventDefault(); onTake(completion); }}>
          <span className="mono">{completion.text}</span><span className="completion-detail clip">{completion.detail}</span><span className="completion-type">{completion.type}</span>
        </li>
      ))}
    </ul>
  );
}

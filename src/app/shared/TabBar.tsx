import { useRef, type KeyboardEvent } from 'react';

export interface TabItem { readonly id: string; readonly label: string }

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/** Tabs by the pattern of the ARIA Authoring Practices: one stop of the Tab key, arrows move and choose. The panels are `panel-ID`, their tabs `tab-ID`. */
export function TabBar({ label, items, chosen, onChoose }: { label: string; items: readonly TabItem[]; chosen: string; onChoose: (id: string) => void }) {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const to = STEPS[event.key]?.(items.findIndex(({ id }) => id === chosen), items.length);
    const item = to === undefined ? undefined : items[to];
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onChoose(item.id);
    list.current?.querySelector<HTMLElement>(`#tab-${item.id}`)?.focus();
  };
  return (
    <div role="tablist" aria-label={label} className="tabs" ref={list} onKeyDown={move}>
      {items.map(({ id, label: text }) => (
        <button key={id} type="button" role="tab" id={`tab-${id}`} className="tab" aria-selected={id === chosen} aria-controls={id === chosen ? `panel-${id}` : undefined} tabIndex={id === chosen ? 0 : -1} onClick={() => onChoose(id)}>
          {text}
        </button>
      ))}
    </div>
  );
}

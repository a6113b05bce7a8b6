import { useRef, type KeyboardEvent } from 'react';
import { counted } from '../../../core/format/number.ts';
import type { SourceView } from '../../../worker/protocol.ts';

interface Props { readonly sources: readonly SourceView[]; readonly shown: SourceView; readonly onShow: (source: SourceView) => void }

/** Which bytes are shown: the packet's own, or what was put together in it. */
export function SourceTabs({ sources, shown, onShow }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const to = (sources.indexOf(shown) + step + sources.length) % sources.length;
    onShow(sources[to]!);
    (list.current?.children[to] as HTMLElement).focus();
  };
  return (
    <div ref={list} role="tablist" aria-label="Bytes of" className="hex-tabs" onKeyDown={onKeyDown}>
      {sources.map((source) => (
        <button key={source.from} type="button" role="tab" className="hex-tab" aria-selected={source === shown} tabIndex={source === shown ? 0 : -1} onClick={() => onShow(source)}>
          {source.name} ({counted(source.to - source.from, 'byte')})
        </button>
      ))}
    </div>
  );
}

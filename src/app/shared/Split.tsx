import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { setLayout, useSettings } from '../stores/settings.ts';
import './split.css';

/** The width in pixels that a view has where it is not the window's; null: it has the window. */
export const Room = createContext<number | null>(null);

/** Whether there is so much width for a view, now and later. */
export function useWide(pixels: number): boolean {
  const room = useContext(Room);
  const query = `(min-width: ${pixels}px)`;
  const [wide, setWide] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const onChange = (): void => setWide(media.matches);
    media.addEventListener('change', onChange);
    return () => media.removeEventListener('change', onChange);
  }, [query]);
  return room === null ? wide : room >= pixels;
}

/** Rows of the list at first, by the room there is: the open IPv4 header of both stacks should fit below without scrolling. In per cent of `room` px. */
export function listShare(room: number, rowHeight: number, wide: boolean): number {
  const rows = room < 720 || !wide ? 8 : room < 900 ? 12 : 16;
  return Math.min(60, ((rows + 1) * rowHeight * 100) / Math.max(1, room));
}

export interface Part { readonly id: string; readonly size: number; readonly least: string; readonly content: ReactNode; readonly name: string }

/** Panels beside or under each other with a bar between each two; how the person left them is remembered by `id`. */
export function Split({ id, orientation, parts }: { id: string; orientation: 'horizontal' | 'vertical'; parts: readonly Part[] }) {
  const kept = useSettings.getState().layouts[id];
  const usable = kept && parts.every((part) => typeof kept[part.id] === 'number') && Object.keys(kept).length === parts.length;
  return (
    <Group key={id} id={id} orientation={orientation} className="split" defaultLayout={usable ? { ...kept } : Object.fromEntries(parts.map((part) => [part.id, part.size]))}
      onLayoutChanged={(layout, { isUserInteraction }) => { if (isUserInteraction) setLayout(id, layout); }}>
      {parts.flatMap((part, i) => [
        ...(i === 0 ? [] : [<Separator key={`${part.id}-bar`} className={`split-bar ${orientation}`} aria-label={`Resize ${part.name}`} />]),
        <Panel key={part.id} id={part.id} minSize={part.least} className="split-panel">{part.content}</Panel>,
      ])}
    </Group>
  );
}

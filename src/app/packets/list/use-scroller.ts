import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import type { ListModel, Painted } from './list-model.ts';

const LINE = 24; // px of a wheel step that is counted in lines (Firefox)

/** Ties the model to the element that scrolls: its size, its scrollTop, and where a pixel of the bar is many rows, its wheel. */
export function useScroller(model: ListModel, rowHeight: number, painted: Painted): { scroller: RefObject<HTMLDivElement | null>; layer: RefObject<HTMLDivElement | null>; spacer: number } {
  const scroller = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const element = scroller.current!;
    const measure = (): void => {
      const height = element.clientHeight;
      layer.current!.style.height = `${height}px`;
      model.resize(rowHeight, Math.max(rowHeight, height - LINE));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [model, rowHeight]);

  useEffect(() => {
    const element = scroller.current!;
    const onScroll = (): void => { if (model.scroll.scrolled(element.scrollTop)) model.paint(); };
    const onWheel = (event: WheelEvent): void => {
      if (!model.scroll.scaled || event.ctrlKey || event.shiftKey || event.deltaY === 0) return;
      event.preventDefault();
      model.scroll.by(event.deltaY * (event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? LINE : model.scroll.page * rowHeight));
      model.paint();
      put(element, model);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => { element.removeEventListener('scroll', onScroll); element.removeEventListener('wheel', onWheel); };
  }, [model, rowHeight]);

  // Where the model moved by itself (keys, another order), the scroll bar follows once the spacer has its height. A thumb that was dragged on while the
  // rows were drawn is not pulled back; a spacer of another height moves the bar as well, and that is nobody's wish.
  const { spacer } = model.scroll;
  const before = useRef(spacer);
  useLayoutEffect(() => {
    const element = scroller.current!;
    const dragged = before.current === spacer && model.scroll.isBehind(element.scrollTop);
    before.current = spacer;
    if (!dragged) put(element, model);
  }, [model, painted, spacer]);
  return { scroller, layer, spacer: LINE + spacer };
}

function put(element: HTMLElement, { scroll }: ListModel): void {
  if (Math.abs(element.scrollTop - scroll.domTop) >= 1) element.scrollTop = scroll.domTop;
  scroll.placed(element.scrollTop);
}

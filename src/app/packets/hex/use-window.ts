import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';

const PADDING = 6; // px above the first row and below the last
const OVER = 4; // rows made above and below what is seen

/** The rows of a list of up to some ten thousand that are in view. Row heights come from the style (--row-hex). */
export function useWindow(rows: number): { scroller: RefObject<HTMLDivElement | null>; first: number; shown: number; rowHeight: number; page: number; reveal: (row: number) => void } {
  const scroller = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 200, rowHeight: 20 });

  useLayoutEffect(() => {
    const element = scroller.current!;
    const measure = (): void => {
      const rowHeight = parseFloat(getComputedStyle(element).getPropertyValue('--row-hex')) || 20;
      const next = { top: element.scrollTop, height: element.clientHeight, rowHeight };
      setSeen((now) => (now.top === next.top && now.height === next.height && now.rowHeight === next.rowHeight ? now : next));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    measure();
    return () => { observer.disconnect(); element.removeEventListener('scroll', measure); };
  }, [rows]);

  const { top, height, rowHeight } = seen;
  const first = Math.max(0, Math.min(Math.floor(top / rowHeight), rows - 1) - OVER);
  const reveal = useCallback((row: number): void => {
    const element = scroller.current;
    if (!element) return;
    const y = row * rowHeight;
    const bottom = y + rowHeight + PADDING * 2;
    if (y < element.scrollTop) element.scrollTop = y;
    else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
  }, [rowHeight]);
  return { scroller, first, shown: Math.ceil(height / rowHeight) + 2 * OVER + 1, rowHeight, page: Math.max(1, Math.floor(height / rowHeight)), reveal };
}

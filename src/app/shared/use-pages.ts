// Rows of a long list in pages, asked of a worker as they are scrolled to; the rest stays there.

import { useEffect, useRef, useState } from 'react';
import { FaultError } from '../../core/base/fault.ts';

/** A page of rows, fewer at the end. */
export type AskPage<T> = (from: number, count: number) => Promise<readonly T[]>;

interface Held<T> { readonly key: string; readonly pages: ReadonlyMap<number, readonly T[]> }

/**
 * The row at a place, undefined while it is on its way. Another `key` is another list: the rows before stay until the first of the new ones are here, so that nothing blinks.
 * For the component that draws the rows: it must be the one that asks for them.
 * A page that cannot be read is left empty: whoever made the list has told why.
 */
export function usePages<T>(key: string, size: number, ask: AskPage<T>): (at: number) => T | undefined {
  const [held, setHeld] = useState<Held<T>>({ key: '', pages: new Map() });
  const asked = useRef({ key: '', pages: new Set<number>() });
  const wanted = useRef(new Set<number>());
  useEffect(() => {
    if (asked.current.key !== key) asked.current = { key, pages: new Set() };
    for (const page of wanted.current) {
      if (asked.current.pages.has(page)) continue;
      asked.current.pages.add(page);
      ask(page * size, size).then(
        (rows) => { if (asked.current.key === key) setHeld((before) => ({ key, pages: new Map([...(before.key === key ? before.pages : []), [page, rows]]) })); },
        (error: unknown) => { if (!(error instanceof FaultError)) throw error; });
    }
    wanted.current.clear();
  });
  return (at) => {
    const page = Math.floor(at / size);
    if (held.key !== key || !held.pages.has(page)) wanted.current.add(page);
    return held.pages.get(page)?.[at % size];
  };
}

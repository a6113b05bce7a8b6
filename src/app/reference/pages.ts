// The pages, asked for once.

import { useEffect, useState } from 'react';
import { FaultError } from '../../core/base/fault.ts';
import { fetchReference } from '../../worker/client.ts';
import type { ReferencePage } from '../../worker/protocol.ts';
import { tell } from '../stores/trouble.ts';

let asked: Promise<readonly ReferencePage[]> | null = null;

/** Null until they are there. Where they cannot be had, that is told, and the next opening asks again. */
export function useReferencePages(): readonly ReferencePage[] | null {
  const [pages, setPages] = useState<readonly ReferencePage[] | null>(null);
  useEffect(() => {
    let late = false;
    (asked ??= fetchReference()).then((all) => { if (!late) setPages(all); }, (error: unknown) => {
      asked = null;
      if (!(error instanceof FaultError)) throw error;
      tell('', error.fault);
    });
    return () => { late = true; };
  }, []);
  return pages;
}

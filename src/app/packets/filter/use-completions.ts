import { useEffect, useState } from 'react';
import { FaultError } from '../../../core/base/fault.ts';
import type { Completion } from '../../../worker/protocol.ts';
import { useCaptures } from '../../stores/captures.ts';
import { callCapture } from '../../stores/workers.ts';

const MOST = 100;

/** What the worker offers at the caret, once `wanted`. An answer to an earlier text is dropped. */
export function useCompletions(text: string, caret: number, wanted: boolean): readonly Completion[] {
  const [found, setFound] = useState<readonly Completion[]>([]);
  const shown = useCaptures((state) => state.shown);
  useEffect(() => {
    if (!wanted || shown === null) return;
    let late = false;
    callCapture(shown, 'complete', { text, caret })
      .then((all) => { if (!late) setFound(all.slice(0, MOST)); })
      .catch((error: unknown) => { if (!(error instanceof FaultError)) throw error; if (!late) setFound([]); });
    return () => { late = true; };
  }, [text, caret, wanted, shown]);
  return found;
}

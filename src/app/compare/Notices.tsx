import { TriangleAlert } from 'lucide-react';
import type { Notice } from '../../worker/compare-protocol.ts';
import { captureOf, type OpenCapture } from '../stores/captures.ts';
import { swapSides, useComparison } from './compare-run.ts';

/** What the captures are said to be explains it. */
const isExpected = ({ kind }: Notice, source: OpenCapture | undefined, appliance: OpenCapture | undefined): boolean =>
  appliance?.role === 'Decapsulated' && (kind === 'decapsulated' || (kind === 'swapped' && source?.role === 'Appliance'));

/** The notices that the page shows of the last comparison. */
export function useNotices(): readonly Notice[] {
  const { report, of } = useComparison();
  const source = captureOf(of?.source ?? null), appliance = captureOf(of?.appliance ?? null);
  return (report?.notices ?? []).filter((notice) => !isExpected(notice, source, appliance));
}

/** What is odd about the two captures as such: the same one twice, swapped, nothing in common. */
export function Notices() {
  const notices = useNotices();
  return (
    <div role="status" className="compare-notices">
      {notices.map(({ kind, text }) => (
        <p key={text}><TriangleAlert size={14} aria-hidden /><span>{text}</span>{kind === 'swapped' && <button type="button" className="button small" onClick={swapSides}>Swap</button>}</p>
      ))}
    </div>
  );
}

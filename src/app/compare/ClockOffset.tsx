import { useState } from 'react';
import type { ClockReport } from '../../worker/compare-protocol.ts';
import { setOffset, useComparison } from './compare-run.ts';

const inMs = (seconds: number): string => (seconds * 1e3).toFixed(3);

/** The appliance's clock less the source's: as estimated, or as somebody knows it. The rows' delays follow. */
export function ClockOffset({ clock }: { clock: ClockReport }) {
  const offset = useComparison((comparison) => comparison.offset);
  const [typed, setTyped] = useState<string | null>(null); // while it is being typed; may be no number yet
  const shown = typed ?? inMs(offset ?? clock.offset);
  const take = (text: string): void => {
    setTyped(text);
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value)) setOffset(value / 1e3);
  };
  const drift = clock.driftError === Infinity ? '' : ` · drift ${(clock.drift * 1e6).toFixed(1)} ± ${(clock.driftError * 1e6).toFixed(1)} ppm`;
  return (
    <span className="compare-clock">
      <label htmlFor="clock-offset">Clock offset</label>
      <input id="clock-offset" type="number" step="any" value={shown} onChange={({ target }) => take(target.value)} onBlur={() => setTyped(null)} />
      <span>{offset === null ? `ms, ${clock.agree ? 'too little to tell' : `estimated ± ${inMs(clock.offsetError)}`}${drift}` : 'ms, set by hand'}</span>
      {offset !== null && <button type="button" className="button quiet" onClick={() => { setTyped(null); setOffset(null); }}>Estimate</button>}
    </span>
  );
}

import { useState } from 'react';
import type { ClockReport } from '../../worker/compare-protocol.ts';
import { setClock, useComparison } from './compare-run.ts';

const MILLI = 1e3, MICRO = 1e6;

/** The appliance's clock less the source's, and how it drifts: as estimated, or as somebody knows it. The rows' delays follow. */
export function ClockOffset({ clock }: { clock: ClockReport }) {
  const set = useComparison((comparison) => comparison.clock);
  const offset = set?.offset ?? null, drift = set?.drift ?? null;
  const known = Number.isFinite(clock.driftError);
  return (
    <span className="compare-clock" title={clock.agree && set === null ? 'Too little to tell: the clocks are no further apart than a packet takes.' : undefined}>
      <Figure id="clock-offset" label="Clock offset" value={(offset ?? clock.offset) * MILLI} decimals={3} onSet={(value) => setClock(value / MILLI, drift)} />
      <span>{offset !== null || clock.agree ? 'ms' : `ms ± ${(clock.offsetError * MILLI).toFixed(3)}`}</span>
      <Figure id="clock-drift" label="Drift" value={(drift ?? clock.drift) * MICRO} decimals={1} onSet={(value) => setClock(offset, value / MICRO)} />
      <span>{drift !== null || !known ? 'ppm' : `ppm ± ${(clock.driftError * MICRO).toFixed(1)}`}</span>
      {set !== null && <button type="button" className="button quiet" title="Set by hand: go back to what is estimated" onClick={() => setClock(null, null)}>Estimate</button>}
    </span>
  );
}

interface FigureProps { readonly id: string; readonly label: string; readonly value: number; readonly decimals: number; readonly onSet: (value: number) => void }

function Figure({ id, label, value, decimals, onSet }: FigureProps) {
  const [typed, setTyped] = useState<string | null>(null); // while it is being typed; may be no number yet
  const take = (text: string): void => {
    setTyped(text);
    if (text.trim() !== '' && Number.isFinite(Number(text))) onSet(Number(text));
  };
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input id={id} type="number" step="any" value={typed ?? value.toFixed(decimals)} onChange={({ target }) => take(target.value)} onBlur={() => setTyped(null)} />
    </>
  );
}

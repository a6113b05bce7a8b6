import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Fate, Timeline as Times } from '../../worker/compare-protocol.ts';
import { useCompare } from '../stores/compare.ts';
import { goToTime, useComparison } from './compare-run.ts';
import { BAD, GOOD, HUES } from './fates.ts';
import { barPath, biggest, nextFilled, ticks } from './timeline-model.ts';
import { count } from '../../core/format/number.ts';

const UP = 30; //     pixels for what went as it should
const DOWN = 16; //   and for trouble

/** The fates over time: what arrived stands on the line, trouble hangs below it. A press, a stretch or the arrow keys move to the rows of that time. */
export function Timeline() {
  const report = useComparison((comparison) => comparison.report);
  if (!report || report.rows === 0) return null;
  return <Drawn times={report.timeline} />;
}

interface Stretch { readonly from: number; readonly to: number } // bins, in the order that they were taken

function Drawn({ times }: { times: Times }) {
  const show = useCompare((compare) => compare.show);
  const [stretch, setStretch] = useState<Stretch>({ from: 0, to: 0 });
  const drawing = useRef(false);
  const { bins, width, start, fates, words } = times;
  const up = fatesOf(times, GOOD), down = fatesOf(times, BAD);
  const low = Math.min(stretch.from, stretch.to), high = Math.max(stretch.from, stretch.to) + 1;
  const go = ({ from, to }: Stretch): void => {
    const last = Math.max(from, to) + 1;
    goToTime(show, start + Math.min(from, to) * width, last === bins ? Infinity : start + last * width); // the last bin holds its end, too
  };
  const binAt = ({ currentTarget, clientX }: PointerEvent): number => {
    const { left, width: across } = currentTarget.getBoundingClientRect();
    return Math.max(0, Math.min(bins - 1, Math.floor(((clientX - left) / across) * bins)));
  };
  const begin = (event: PointerEvent): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drawing.current = true;
    setStretch({ from: binAt(event), to: binAt(event) });
  };
  const end = (event: PointerEvent): void => {
    if (!drawing.current) return;
    drawing.current = false;
    go({ from: stretch.from, to: binAt(event) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = ({ ArrowRight: stretch.to + 1, ArrowLeft: stretch.to - 1, Home: 0, End: bins - 1, PageDown: nextFilled(down, stretch.to, 1), PageUp: nextFilled(down, stretch.to, -1) } as Readonly<Record<string, number>>)[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const bin = Math.max(0, Math.min(bins - 1, to));
    const next = { from: event.shiftKey ? stretch.from : bin, to: bin };
    setStretch(next);
    go(next);
  };
  const here = fates.map(({ fate, perBin }) => [fate, perBin.slice(low, high).reduce((sum, n) => sum + n, 0)] as const).filter(([, n]) => n > 0).map(([fate, n]) => `${count(n)} ${fate.toLowerCase()}`).join(', ') || 'no packets';
  return (
    <section className="timeline" aria-label="Timeline">
      <p className="visually-hidden" id="timeline-words">{words} Arrow keys move in time, with Shift they choose a stretch, Page Down goes to the next trouble.</p>
      <div className="timeline-scale mono" aria-hidden="true"><span>{count(biggest(up, bins))}</span><span>{down.length > 0 ? count(biggest(down, bins)) : ''}</span></div>
      <div className="timeline-plot" role="slider" tabIndex={0} aria-label="Time" aria-describedby="timeline-words" aria-valuemin={0} aria-valuemax={bins - 1} aria-valuenow={stretch.to} title={words}
        aria-valuetext={`${(start + low * width).toFixed(3)} to ${(start + high * width).toFixed(3)} s: ${here}`} onKeyDown={onKeyDown} onPointerDown={begin} onPointerMove={(event) => { if (drawing.current) setStretch({ ...stretch, to: binAt(event) }); }} onPointerUp={end}>
        <svg viewBox={`0 0 ${bins} ${UP + DOWN}`} preserveAspectRatio="none" height={UP + DOWN} aria-hidden="true">
          <rect className="timeline-stretch" x={low} y={0} width={high - low} height={UP + DOWN} />
          {bars(up, bins, UP, -1)}
          {bars(down, bins, DOWN, 1)}
          <line className="timeline-line" x1={0} x2={bins} y1={UP} y2={UP} />
        </svg>
        <div className="timeline-ticks mono" aria-hidden="true">{ticks(start, start + bins * width).map(({ at, text }) => <span key={text} style={{ left: `${at * 100}%` }}>{text}</span>)}</div>
      </div>
    </section>
  );
}

interface Stacked { readonly fate: Fate; readonly perBin: readonly number[] }

const fatesOf = ({ fates }: Times, wanted: readonly Fate[]): readonly Stacked[] => wanted.flatMap((fate) => fates.find((one) => one.fate === fate) ?? []);

/** A path a fate, one on top of the other, away from the line. */
function bars(stacked: readonly Stacked[], bins: number, height: number, direction: 1 | -1): React.ReactNode {
  const most = biggest(stacked, bins);
  return stacked.map(({ fate }, i) => <path key={fate} d={barPath(stacked, i, most, UP, height * direction)} fill={HUES[fate]} />);
}

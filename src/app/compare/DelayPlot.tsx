import { useComparison } from './compare-run.ts';
import { barPath, biggest } from './timeline-model.ts';

const HEIGHT = 48;

/** How long packets were on their way: the distribution, its quantiles in words, and what cannot be known. */
export function DelayPlot() {
  const delays = useComparison((comparison) => comparison.delays);
  if (!delays) return null;
  const { start, width, perBin, median, most95, words, caution } = delays;
  const bins = perBin.length;
  const place = (delay: number): number => Math.max(0, Math.min(1, (delay - start) / (bins * width)));
  const far = place(most95) - place(median) > 0.3; // else the two labels would meet
  return (
    <section className="delays" aria-label="Delay">
      <h3>Delay</h3>
      <svg viewBox={`0 0 ${bins} ${HEIGHT}`} preserveAspectRatio="none" height={HEIGHT} role="img" aria-label={words}>
        <path className="delay-bars" d={barPath([{ perBin }], 0, biggest([{ perBin }], bins), HEIGHT, -HEIGHT)} />
        <line className="delay-axis" x1={0} x2={bins} y1={HEIGHT} y2={HEIGHT} />
      </svg>
      <div className="delay-marks" aria-hidden="true"><span style={{ left: `${clear(place(median))}%` }}>median</span>{far && <span style={{ left: `${clear(place(most95))}%` }}>95 %</span>}</div>
      <p>{words}</p>
      <p className="dim">{caution}</p>
    </section>
  );
}

/** Where a mark's label has room at both ends, in per cent. */
const clear = (place: number): number => Math.max(7, Math.min(95, place * 100));

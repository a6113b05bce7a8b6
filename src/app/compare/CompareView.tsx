import { useEffect } from 'react';
import { FaultError } from '../../core/base/fault.ts';
import { placeName } from '../../core/format/names.ts';
import type { CaptureSummary } from '../../worker/protocol.ts';
import { isUnfinished, useCaptures } from '../stores/captures.ts';
import { useCompare } from '../stores/compare.ts';
import { Saving } from '../shared/Saving.tsx';
import { Split, useWide } from '../shared/Split.tsx';
import { mirrorOf, useMirror } from '../stores/mirror.ts';
import { useNames } from '../stores/names.ts';
import { setStatus } from '../stores/view.ts';
import { WhatIfMenu } from '../mirror/WhatIfMenu.tsx';
import { cancelCompare, chosenSides, followClock, nameOf, runCompare, show, sidesKey, sidesOf, swapSides, useComparison } from './compare-run.ts';
import { ClockOffset } from './ClockOffset.tsx';
import { ExportPairs } from './ExportPairs.tsx';
import { FATES, HUES } from './fates.ts';
import { interfacesOf, openInterfaces } from './interfaces.ts';
import { Notices, useNotices } from './Notices.tsx';
import { PairDetail } from './PairDetail.tsx';
import { PairGrid } from './PairGrid.tsx';
import { PointsMenu } from './PointsMenu.tsx';
import { Summary } from './Summary.tsx';
import { Timeline } from './Timeline.tsx';
import { count as grouped } from '../../core/format/number.ts';
import './commands.ts';
import './compare.css';

const PAIRS_AND_SUMMARY = 900; // pixels from which they stand beside each other

/** Two captures, one row a packet of the source: what became of it, and both packets beside each other. */
export function CompareView() {
  const captures = useCaptures((state) => state.captures);
  const wide = useWide(PAIRS_AND_SUMMARY);
  useFollow();
  if (captures.length < 2) {
    const [only] = captures;
    const interfaces = interfacesOf(only);
    return (
      <div className="empty compare-lack">
        <p>Two captures are needed: the source's and the appliance's. Open the other one too, and they are paired here packet by packet.</p>
        {only && interfaces.length > 1 && <p>{only.name} is of {interfaces.length} interfaces, {interfaces.map(({ id, name }) => (name === '' ? String(id) : name)).join(', ')}, which can be compared with each other.</p>}
        {only && interfaces.length > 1 && <p><button type="button" className="button small" onClick={() => void openInterfaces(only)}>Open each interface as a capture</button></p>}
      </div>
    );
  }
  const up = [
    { id: 'grid', name: 'pairs', size: wide ? 75 : 62, least: wide ? '420px' : '120px', content: <><Timeline /><PairGrid /></> },
    { id: 'summary', name: 'summary', size: wide ? 25 : 38, least: wide ? '240px' : '80px', content: <Summary /> },
  ];
  return (
    <div className="compare-view">
      <Bar />
      <Show />
      <Notices />
      <Split id="compare" orientation="vertical" parts={[
        { id: 'pairs', name: 'pairs', size: 44, least: '90px', content: <Split id={wide ? 'compare-up' : 'compare-up-narrow'} orientation={wide ? 'horizontal' : 'vertical'} parts={up} /> },
        { id: 'detail', name: 'the two packets', size: 56, least: '90px', content: <PairDetail /> },
      ]} />
    </div>
  );
}

/** Compares again whenever the two sides, or the mirror's rules, are others than those of the report, once they have been read. */
function useFollow(): void {
  const key = useCaptures(sidesKey);
  const choice = useCompare(({ source, appliance }) => `${source}.${appliance}`);
  const rules = useMirror((state) => mirrorOf(chosenSides().source, state));
  const { report, of, chosen } = useComparison();
  useEffect(() => {
    const { source, appliance } = chosenSides();
    const known = useComparison.getState();
    const ready = source && appliance && !isUnfinished(source) && !isUnfinished(appliance);
    if (ready && !(known.report && known.of?.source === source.id && known.of.appliance === appliance.id && known.of.mirror === rules)) void runCompare();
  }, [key, choice, rules]);
  const clock = useCompare((state) => state.clock);
  useEffect(() => { followClock().catch((error: unknown) => { if (!(error instanceof FaultError)) throw error; }); }, [report, clock]);
  useEffect(() => {
    if (!report || !of) return;
    setStatus([`${nameOf(of.source)}${chosen?.source ? ` packet ${chosen.source}` : ''} ↔ ${nameOf(of.appliance)}${chosen?.appliance ? ` packet ${chosen.appliance}` : ''}`, 'paired by inner bytes']);
    return () => setStatus([]);
  }, [report, of, chosen]);
}

function Bar() {
  const captures = useCaptures((state) => state.captures);
  const { source: wantedSource, appliance: wantedAppliance } = useCompare();
  const { source, appliance } = sidesOf(captures, wantedSource, wantedAppliance);
  const { report, running, progress } = useComparison();
  const names = useNames();
  const swapped = useNotices().some(({ kind }) => kind === 'swapped'); // the notice has the button then
  const choose = (side: 'source' | 'appliance', value: string): void => {
    const id = Number(value);
    const other = side === 'source' ? appliance?.id : source?.id;
    const now = { source: source?.id ?? null, appliance: appliance?.id ?? null };
    useCompare.setState(id === other ? { source: now.appliance, appliance: now.source } : { ...now, [side]: id });
  };
  const options = captures.map(({ id, name, summary }) => { const place = placeName(name, onlyInterface(summary), names); return <option key={id} value={id}>{place === undefined ? name : `${name} “${place}”`}</option>; });
  return (
    <div className="toolbar compare-bar">
      <label htmlFor="compare-source">Source capture</label>
      <select id="compare-source" className="select" value={source?.id ?? ''} onChange={({ target }) => choose('source', target.value)}>{options}</select>
      <span className="dim" aria-hidden="true">→</span>
      <label htmlFor="compare-appliance">Appliance capture</label>
      <select id="compare-appliance" className="select" value={appliance?.id ?? ''} onChange={({ target }) => choose('appliance', target.value)}>{options}</select>
      {!swapped && <button type="button" className="button quiet" onClick={swapSides}>Swap</button>}
      <WhatIfMenu />
      <span className="spring" />
      {running && <span role="status" className="dim">{progress ? `${progress.step}…` : 'Comparing…'}</span>}
      {running && <button type="button" className="button quiet" onClick={cancelCompare}>Cancel</button>}
      {!running && report?.clock && <ClockOffset clock={report.clock} />}
      <Saving />
      <PointsMenu />
      <ExportPairs />
    </div>
  );
}

/** The name of a capture's interface, where it has one only. */
const onlyInterface = (summary: CaptureSummary | null): string => (summary?.interfaces.length === 1 ? summary.interfaces[0]!.name : '');

function Show() {
  const shown = useCompare((compare) => compare.show);
  const report = useComparison((comparison) => comparison.report);
  const told = FATES.filter((fate) => report?.counts[fate] !== undefined);
  const radios = [{ name: 'All', count: report?.rows ?? 0, hue: undefined }, ...told.map((fate) => ({ name: fate, count: report?.counts[fate] ?? 0, hue: HUES[fate] }))];
  return (
    <div className="show" role="radiogroup" aria-label="Show">
      <span className="show-label" aria-hidden="true">Show</span>
      {radios.map(({ name, count, hue }) => (
        <label key={name} className={`show-radio ${count === 0 ? 'zero' : ''}`}>
          <input type="radio" name="show" aria-label={name} aria-description={grouped(count)} checked={shown === name} onChange={() => show(name)} />
          {hue && count > 0 && <span className="fate-dot" style={{ background: hue }} />}{name} <b>{grouped(count)}</b>
        </label>
      ))}
    </div>
  );
}

// Comparing the two chosen captures in a worker of its own, and what came of it.

import { create } from 'zustand';
import { FaultError } from '../../core/base/fault.ts';
import { startCompareWorker, type WorkerClient } from '../../worker/client.ts';
import type { CompareCalls, CompareProgress, CompareReport, Delays, Fate, PairRow, RowRange, Why } from '../../worker/compare-protocol.ts';
import { captureOf, useCaptures, type CaptureId, type OpenCapture } from '../stores/captures.ts';
import { useCompare, type ClockByHand } from '../stores/compare.ts';
import { mirrorOf } from '../stores/mirror.ts';
import { tell } from '../stores/trouble.ts';
import { callCapture } from '../stores/workers.ts';

interface CompareState {
  readonly running: boolean;
  readonly progress: CompareProgress | null;
  readonly report: CompareReport | null;
  readonly clock: ClockByHand | null; // that the delays count from; null: the estimated one
  readonly delays: Delays | null; //     by that clock
  readonly of: { readonly source: CaptureId; readonly appliance: CaptureId; readonly mirror: string | null } | null; // what the report is of, by which rules
  readonly points: readonly Point[]; // further captures whose numbers the rows have
  readonly version: number;
  readonly chosen: PairRow | null; // whose packets are beside each other
  readonly cursor: number; //         its place in the rows that are shown; -1 where it has none
  readonly jumped: boolean; //        from elsewhere: what comes after the cursor is of interest, not what is around it
  readonly span: Span; //             the rows that are chosen; the cursor is at one of its ends
}

/** A further capture, and how many of the source's packets it has. */
export interface Point { readonly id: CaptureId; readonly name: string; readonly found: number }

export interface Span { readonly from: number; readonly count: number }
const NO_SPAN: Span = { from: 0, count: 0 };

export const useComparison = create<CompareState>()(() => ({ running: false, progress: null, report: null, clock: null, delays: null, of: null, points: [], version: 0, chosen: null, cursor: -1, jumped: false, span: NO_SPAN }));

let worker: WorkerClient<CompareCalls> | null = null;
let stop = new AbortController();

export const client = (): WorkerClient<CompareCalls> => (worker ??= startCompareWorker((fault) => {
  worker = null;
  useComparison.setState({ running: false, progress: null });
  tell('Compare', fault);
}));

/** The captures to compare: those chosen, else the first of each role, else the first two. */
export function sidesOf(captures: readonly OpenCapture[], source: CaptureId | null, appliance: CaptureId | null): { source: OpenCapture | undefined; appliance: OpenCapture | undefined } {
  const readable = captures.filter(({ state }) => state !== 'dead');
  const byId = (id: CaptureId | null) => readable.find((capture) => capture.id === id);
  const a = byId(source) ?? readable.find(({ role }) => role === 'Source') ?? readable.find(({ id }) => id !== appliance);
  const b = byId(appliance) ?? readable.find(({ role, id }) => role === 'Appliance' && id !== a?.id) ?? readable.find(({ id }) => id !== a?.id);
  return { source: a, appliance: b };
}

export const chosenSides = (): ReturnType<typeof sidesOf> => sidesOf(useCaptures.getState().captures, useCompare.getState().source, useCompare.getState().appliance);

/** Compares what is chosen now; a comparison that is still under way is given up. */
export async function runCompare(): Promise<void> {
  const { source, appliance } = chosenSides();
  if (!source || !appliance) return;
  stop.abort();
  const { signal } = (stop = new AbortController());
  const mirror = mirrorOf(source);
  useComparison.setState({ running: true, progress: null });
  try {
    const [a, b] = await Promise.all([callCapture(source.id, 'blob', {}, { signal }), callCapture(appliance.id, 'blob', {}, { signal })]);
    const report = await client().call('compare', { source: a, appliance: b, ...(mirror === null ? {} : { mirror }) }, { signal, onProgress: (progress) => useComparison.setState({ progress }) });
    if (signal.aborted) return;
    useComparison.setState(({ version }) => ({ running: false, progress: null, report, clock: null, delays: report.delays, of: { source: source.id, appliance: appliance.id, mirror }, points: [], version: version + 1, chosen: null, cursor: -1, span: NO_SPAN }));
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    if (signal.aborted) return;
    useComparison.setState({ running: false, progress: null });
    if (error.fault.code !== 'cancelled') tell(`${source.name} and ${appliance.name}`, error.fault);
  }
}

/** The captures that may be further points of observation: all but the two sides. */
export function pointChoices(captures: readonly OpenCapture[], of: CompareState['of']): readonly OpenCapture[] {
  return captures.filter(({ id, state }) => state !== 'dead' && state !== 'indexing' && id !== of?.source && id !== of?.appliance);
}

/** Looks for the source's packets in the further captures that are chosen; a column each. */
export async function runPoints(): Promise<void> {
  const { of, report } = useComparison.getState();
  const { points: wanted } = useCompare.getState();
  const chosen = pointChoices(useCaptures.getState().captures, of).filter(({ id }) => wanted.includes(id));
  try {
    const captures = await Promise.all(chosen.map(({ id }) => callCapture(id, 'blob', {})));
    const found = await client().call('points', { captures });
    useComparison.setState((now) => (now.report === report && useCompare.getState().points === wanted ? { points: chosen.map(({ id, name }, i) => ({ id, name, found: found[i]! })), version: now.version + 1 } : {}));
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    if (error.fault.code !== 'cancelled') tell(chosen.map(({ name }) => name).join(', '), error.fault);
  }
}

/** The source becomes the appliance, and the other way round. */
export function swapSides(): void {
  const { source, appliance } = chosenSides();
  useCompare.setState({ source: appliance?.id ?? null, appliance: source?.id ?? null });
}

export const cancelCompare = (): void => { stop.abort(); useComparison.setState({ running: false, progress: null }); };

export const pairRows = (range: RowRange): Promise<readonly PairRow[]> => client().call('pairs', range);

export const whyOf = ({ source, appliance }: PairRow): Promise<Why> => client().call('why', { source, appliance });

/** The rows that the choice of "Show" leaves. */
export const shownRange = (show: string, report: CompareReport): RowRange =>
  (show === 'All' ? { fate: null, from: 0, count: report.rows } : { fate: show as Fate, from: 0, count: report.counts[show as Fate] ?? 0 });

/** Makes a row the chosen one, or, extending, the end of a run of chosen ones. */
export const choosePair = (chosen: PairRow, cursor: number, extend = false): void => useComparison.setState(({ span, cursor: before }) => {
  const anchor = !extend || span.count === 0 ? cursor : before === span.from ? span.from + span.count - 1 : span.from;
  return { chosen, cursor, jumped: false, span: { from: Math.min(anchor, cursor), count: Math.abs(anchor - cursor) + 1 } };
});

export const chooseAll = (count: number): void => useComparison.setState({ span: { from: 0, count } });

/** Other rows are shown: the packets stay beside each other, their places are gone. */
export const show = (fate: string): void => { useCompare.setState({ show: fate }); useComparison.setState({ cursor: -1, span: NO_SPAN }); };

/** The state of the two sides in one text: a change of it means that the comparison on screen is of something else. */
export const sidesKey = (): string => {
  const { source, appliance } = chosenSides();
  return [source, appliance].map((side) => (side ? `${side.id}.${side.state}` : '')).join(' ');
};

export const nameOf = (id: CaptureId | undefined): string => captureOf(id ?? null)?.name ?? '';

/** Chooses the rows of a stretch of time among those that are shown, and goes to the first; where there are none, to the row that comes next. */
export function goToTime(shown: string, from: number, to: number): void {
  const fate = shown === 'All' ? null : (shown as Fate);
  const { version } = useComparison.getState();
  const current = (): boolean => useComparison.getState().version === version && useCompare.getState().show === shown;
  client().call('spanBetween', { fate, from, to }).then(async (span) => {
    const [first] = await pairRows({ fate, from: span.from, count: 1 });
    if (first && current()) useComparison.setState({ chosen: first, cursor: span.from, jumped: true, span: { from: span.from, count: Math.max(1, span.count) } });
  }).catch((error: unknown) => { if (!(error instanceof FaultError)) throw error; });
}

/** Believes other clocks, seconds and seconds a second; null: what is estimated. */
export function setClock(offset: number | null, drift: number | null): void {
  const { of } = useComparison.getState();
  useCompare.setState({ clock: offset === null && drift === null ? null : { offset, drift, of } });
}

/** Has the rows' delays follow the clocks that are believed. Those that were set for other captures are forgotten. */
export async function followClock(): Promise<void> {
  const { of, report, clock: before } = useComparison.getState();
  const { source, appliance } = chosenSides();
  if (!of || !report || of.source !== source?.id || of.appliance !== appliance?.id) return; // the report of these two is still to come
  const { clock: wanted } = useCompare.getState();
  if (wanted?.of === null) { useCompare.setState({ clock: { ...wanted, of } }); return; }
  if (wanted && (wanted.of.source !== of.source || wanted.of.appliance !== of.appliance)) { useCompare.setState({ clock: null }); return; }
  if (wanted === before || report.clock === null) return;
  const { offset, drift } = report.clock;
  const delays = await client().call('setClock', { clock: wanted && { offset: wanted.offset ?? offset, drift: wanted.drift ?? drift } });
  useComparison.setState((now) => (now.report === report && useCompare.getState().clock === wanted ? { clock: wanted, delays, version: now.version + 1 } : {}));
}

// Running the rules of the editor over every open capture, and what came of it. The alerts stay in the captures' workers.

import { create } from 'zustand';
import { FaultError } from '../../core/base/fault.ts';
import type { RuleFile, RuleMistake, RulesReport, SignatureReport } from '../../worker/protocol.ts';
import { captureOf, useCaptures, type CaptureId } from '../stores/captures.ts';
import { useRules } from '../stores/rules.ts';
import { tell } from '../stores/trouble.ts';
import { useView } from '../stores/view.ts';
import { callCapture } from '../stores/workers.ts';

/** A capture's share of a run. `signatures`: those that have a row in the matrix, in its order and the same for every capture. */
export interface CaptureRun { readonly capture: CaptureId; readonly report: RulesReport; readonly signatures: readonly SignatureReport[] }

/** A cell of the matrix. */
export interface Cell { readonly signature: number; readonly capture: CaptureId; readonly level: number }

/** Which rules have a row. A matrix of a hundred thousand helps nobody: of a large set (not `all`) those `told` that matched somewhere, up to a bound. */
export interface Rest { readonly all: boolean; readonly shown: number; readonly told: number }
const ALL_SHOWN: Rest = { all: true, shown: 0, told: 0 };
const MOST_ROWS = 500;

/** How far a run is, all captures together. */
interface Sofar { readonly packets: number; readonly alerts: number }

interface RunState {
  readonly running: boolean;
  readonly sofar: Sofar | null; //               while it runs; null before the first packets
  readonly runs: readonly CaptureRun[]; //       in the order of the captures
  readonly mistakes: readonly RuleMistake[]; //  of the text as it was last checked
  readonly text: string | null; //               the text and files that `runs` belong to, null before the first run
  readonly files: readonly RuleFile[];
  readonly rest: Rest; //                        which rules have a row, where not all have
  readonly version: number; //                   grows with every run that ended
  readonly cell: Cell | null; //                 chosen in the matrix
  readonly packet: number | null; //             that "Why" looks at, in the cell's capture
}

export const useRun = create<RunState>()(() => ({ running: false, sofar: null, runs: [], mistakes: [], text: null, files: [], rest: ALL_SHOWN, version: 0, cell: null, packet: null }));

// A capture that is closed takes its column with it.
useCaptures.subscribe(({ captures }) => {
  const { runs, cell } = useRun.getState();
  const open = new Set(captures.map(({ id }) => id));
  if (runs.every(({ capture }) => open.has(capture))) return;
  useRun.setState({ runs: runs.filter(({ capture }) => open.has(capture)), ...(cell && !open.has(cell.capture) ? { cell: null, packet: null } : {}) });
});

let stop = new AbortController();

/** What a capture's worker answers; null when it cannot, which is told unless it was meant. */
async function answer<T>(id: CaptureId, asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    if (error.fault.code !== 'cancelled') tell(captureOf(id)?.name ?? '', error.fault);
    return null;
  }
}

/** Runs the rules over all open captures; a run that is still under way is given up. */
export async function runRules(): Promise<void> {
  stop.abort();
  const { signal } = (stop = new AbortController());
  const { text, files, vxlanDecoding, ips, ours } = useRules.getState();
  const open = useCaptures.getState().captures.filter(({ state }) => state !== 'dead');
  const sofar = new Map<CaptureId, Sofar>();
  const onProgress = (id: CaptureId) => ({ packetsDone, alerts }: { packetsDone: number; alerts: number }): void => {
    sofar.set(id, { packets: packetsDone, alerts });
    const all = [...sofar.values()];
    if (!signal.aborted) useRun.setState({ sofar: { packets: all.reduce((sum, { packets }) => sum + packets, 0), alerts: all.reduce((sum, each) => sum + each.alerts, 0) } });
  };
  useRun.setState({ running: true, sofar: null });
  const reports = await Promise.all(open.map(async ({ id }) => ({ capture: id, report: await answer(id, callCapture(id, 'runRules', { text, files, vxlanDecoding, ips, ours }, { signal, onProgress: onProgress(id) })) })));
  const done = reports.flatMap(({ capture, report }) => (report ? [{ capture, report }] : []));
  const { rows, rest } = rowsOf(done.map(({ report }) => report));
  const runs = await withSignatures(done, rows);
  if (signal.aborted) return;
  useRun.setState(({ version, cell, packet }) => ({
    running: false, runs, text, files, rest, version: version + 1, mistakes: runs[0]?.report.mistakes ?? [],
    ...(cell && stillThere(runs, cell) ? { cell, packet } : { cell: null, packet: null }),
  }));
  if (!useRun.getState().cell) chooseFirst(runs);
  showAlertsInList();
}

/** Indices of the rules that have a row: all of them, or of a large set those that said something at one capture at least. */
function rowsOf(reports: readonly RulesReport[]): { rows: readonly number[]; rest: Rest } {
  const all = reports[0]?.signatures ?? 0;
  if (all <= MOST_ROWS) return { rows: Array.from({ length: all }, (_, index) => index), rest: ALL_SHOWN };
  const told = [...new Set(reports.flatMap((report) => [...report.told]))].sort((a, b) => a - b);
  const rows = told.slice(0, MOST_ROWS);
  return { rows, rest: { all: false, shown: rows.length, told: told.length } };
}

/** The same runs with the signatures of these rows; a capture that is gone has none. */
async function withSignatures(runs: readonly { readonly capture: CaptureId; readonly report: RulesReport }[], rows: readonly number[]): Promise<CaptureRun[]> {
  const all = await Promise.all(runs.map(async ({ capture, report }) => ({ capture, report, signatures: await answer(capture, callCapture(capture, 'signatures', { indices: rows })) })));
  return all.flatMap(({ capture, report, signatures }) => (signatures ? [{ capture, report, signatures }] : []));
}

/** Gives a rule of a large set a row, so that it can be chosen. */
async function addRow(index: number): Promise<void> {
  const { runs, version } = useRun.getState();
  const rows = runs[0]?.signatures.map((signature) => signature.index) ?? [];
  if (runs.length === 0 || rows.includes(index)) return;
  const more = await withSignatures(runs, [...rows, index].sort((a, b) => a - b));
  if (useRun.getState().version === version && more.length > 0) useRun.setState({ runs: more });
}

/** Chooses the rule with this sid at the shown capture; false when the last run had none. */
export async function chooseSid(sid: number): Promise<boolean> {
  const { runs, cell } = useRun.getState();
  const capture = cell?.capture ?? (runs.find(({ capture: id }) => id === useCaptures.getState().shown) ?? runs[0])?.capture;
  const index = capture === undefined ? -1 : await answer(capture, callCapture(capture, 'findRule', { sid })) ?? -1;
  if (capture === undefined || index < 0) return false;
  await chooseCell({ signature: index, capture, level: cell?.level ?? 0 });
  return true;
}

/** So that Why has something to say at once: the first rule on the outermost level of the shown capture. */
function chooseFirst(runs: readonly CaptureRun[]): void {
  const run = runs.find(({ capture }) => capture === useCaptures.getState().shown) ?? runs[0];
  const signature = run?.signatures[0];
  if (run && signature) void chooseCell({ signature: signature.index, capture: run.capture, level: 0 });
}

const stillThere = (runs: readonly CaptureRun[], cell: Cell): boolean =>
  runs.some(({ capture, report, signatures }) => capture === cell.capture && signatures.some(({ index }) => index === cell.signature) && cell.level < report.levels);

/** The list's rows carry alert marks now, and its order may hang on them. */
function showAlertsInList(): void {
  useView.setState(({ version, sort }) => ({ version: version + 1, sort: sort && { ...sort } }));
}

let checks = 0;

/** Reads the rules without running them, so that mistakes show while they are typed. */
export async function checkRules(text: string, ours: boolean): Promise<void> {
  const mine = ++checks;
  const capture = useCaptures.getState().captures.find(({ state }) => state !== 'dead');
  if (!capture) return;
  try {
    const mistakes = await callCapture(capture.id, 'checkRules', { text, ours });
    if (mine === checks) useRun.setState((run) => ({ mistakes: [...mistakes, ...run.mistakes.filter(({ file }) => file !== '')] })); // files are read when they run
  } catch (error) {
    if (!(error instanceof FaultError)) throw error; // the capture was closed or is read again: the next key checks
  }
}

/** The rule of a cell at its capture. */
export const signatureOf = (runs: readonly CaptureRun[], cell: Cell | null): SignatureReport | undefined =>
  runs.find(({ capture }) => capture === cell?.capture)?.signatures.find(({ index }) => index === cell?.signature);

/** Chooses a cell, and for "Why" its first alert, or the packet that is given, or the capture's first. */
export async function chooseCell(cell: Cell, packet?: number): Promise<void> {
  await addRow(cell.signature);
  const hit = signatureOf(useRun.getState().runs, cell)?.hits[cell.level]?.firstPacket;
  useRun.setState(({ packet: before }) => ({ cell, packet: packet ?? (hit || before || 1) }));
}

export const choosePacket = (packet: number): void => useRun.setState({ packet });

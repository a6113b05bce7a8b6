// Running the rules of the editor over every open capture, and what came of it. The alerts stay in the captures' workers.

import { create } from 'zustand';
import { FaultError } from '../../core/base/fault.ts';
import type { RuleMistake, RulesReport } from '../../worker/protocol.ts';
import { captureOf, useCaptures, type CaptureId } from '../stores/captures.ts';
import { useRules } from '../stores/rules.ts';
import { tell } from '../stores/trouble.ts';
import { useView } from '../stores/view.ts';
import { callCapture } from '../stores/workers.ts';

export interface CaptureRun { readonly capture: CaptureId; readonly report: RulesReport }

/** A cell of the matrix. */
export interface Cell { readonly signature: number; readonly capture: CaptureId; readonly level: number }

interface RunState {
  readonly running: boolean;
  readonly runs: readonly CaptureRun[]; //       in the order of the captures
  readonly mistakes: readonly RuleMistake[]; //  of the text as it was last checked
  readonly text: string | null; //               the text that `runs` belong to, null before the first run
  readonly version: number; //                   grows with every run that ended
  readonly cell: Cell | null; //                 chosen in the matrix
  readonly packet: number | null; //             that "Why" looks at, in the cell's capture
}

export const useRun = create<RunState>()(() => ({ running: false, runs: [], mistakes: [], text: null, version: 0, cell: null, packet: null }));

// A capture that is closed takes its column with it.
useCaptures.subscribe(({ captures }) => {
  const { runs, cell } = useRun.getState();
  const open = new Set(captures.map(({ id }) => id));
  if (runs.every(({ capture }) => open.has(capture))) return;
  useRun.setState({ runs: runs.filter(({ capture }) => open.has(capture)), ...(cell && !open.has(cell.capture) ? { cell: null, packet: null } : {}) });
});

let stop = new AbortController();

/** Runs the rules over all open captures; a run that is still under way is given up. */
export async function runRules(): Promise<void> {
  stop.abort();
  const { signal } = (stop = new AbortController());
  const { text, vxlanDecoding, ips } = useRules.getState();
  const { captures } = useCaptures.getState();
  useRun.setState({ running: true });
  const runs = await Promise.all(captures.filter(({ state }) => state !== 'dead').map(async ({ id }): Promise<CaptureRun | null> => {
    try {
      return { capture: id, report: await callCapture(id, 'runRules', { text, vxlanDecoding, ips }, { signal }) };
    } catch (error) {
      if (error instanceof FaultError && error.fault.code !== 'cancelled') tell(captureOf(id)?.name ?? '', error.fault);
      return null;
    }
  }));
  if (signal.aborted) return;
  const done = runs.filter((run) => run !== null);
  useRun.setState(({ version, cell, packet }) => ({
    running: false, runs: done, text, version: version + 1, mistakes: done[0]?.report.mistakes ?? [],
    ...(cell && stillThere(done, cell) ? { cell, packet } : { cell: null, packet: null }),
  }));
  if (!useRun.getState().cell) chooseFirst(done);
  showAlertsInList();
}

/** So that Why has something to say at once: the first rule on the outermost level of the shown capture. */
function chooseFirst(runs: readonly CaptureRun[]): void {
  const run = runs.find(({ capture }) => capture === useCaptures.getState().shown) ?? runs[0];
  if (run && run.report.signatures.length > 0) chooseCell({ signature: 0, capture: run.capture, level: 0 });
}

const stillThere = (runs: readonly CaptureRun[], cell: Cell): boolean =>
  runs.some(({ capture, report }) => capture === cell.capture && cell.signature < report.signatures.length && cell.level < report.levels);

/** The list's rows carry alert marks now, and its order may hang on them. */
function showAlertsInList(): void {
  useView.setState(({ version, sort }) => ({ version: version + 1, sort: sort && { ...sort } }));
}

let checks = 0;

/** Reads the rules without running them, so that mistakes show while they are typed. */
export async function checkRules(text: string): Promise<void> {
  const mine = ++checks;
  const capture = useCaptures.getState().captures.find(({ state }) => state !== 'dead');
  if (!capture) return;
  try {
    const mistakes = await callCapture(capture.id, 'checkRules', { text });
    if (mine === checks) useRun.setState({ mistakes });
  } catch (error) {
    if (!(error instanceof FaultError)) throw error; // the capture was closed or is read again: the next key checks
  }
}

/** Chooses a cell, and for "Why" its first alert, or the packet that is given, or the capture's first. */
export function chooseCell(cell: Cell, packet?: number): void {
  const hit = useRun.getState().runs.find(({ capture }) => capture === cell.capture)?.report.signatures[cell.signature]?.hits[cell.level]?.firstPacket;
  useRun.setState(({ packet: before }) => ({ cell, packet: packet ?? (hit || before || 1) }));
}

export const choosePacket = (packet: number): void => useRun.setState({ packet });

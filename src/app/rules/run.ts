// Running the rules of the editor over every open capture, and what came of it. The alerts stay in the captures' workers.

import { create } from 'zustand';
import { FaultError } from '../../core/base/fault.ts';
import type { Calls, RuleFile, RuleMistake, RulesReport, SignatureReport } from '../../worker/protocol.ts';
import { captureOf, useCaptures, type CaptureId } from '../stores/captures.ts';
import { useRules } from '../stores/rules.ts';
import { tell } from '../stores/trouble.ts';
import { useView } from '../stores/view.ts';
import { callCapture } from '../stores/workers.ts';
import { helpersFor } from './helpers.ts';
import { ruleOf, ruleRows, type RuleRow } from './rule-rows.ts';

/** A capture's share of a run. What it says of single rules is asked for as they are looked at. */
export interface CaptureRun { readonly capture: CaptureId; readonly report: RulesReport }

/** A cell of the matrix. */
export interface Cell { readonly signature: number; readonly capture: CaptureId; readonly level: number }

/** Up to so many rules are listed whole; of a larger set those that matched somewhere, unless all are asked for. */
export const FEW_RULES = 100;

/** How far a run is, all captures together. */
interface Sofar { readonly packets: number; readonly alerts: number; /** That match. */ readonly workers: number }

/** What "Why" is about. */
interface Choice {
  readonly cell: Cell | null; //     of the matrix
  readonly rule: RuleRow | null; //  of the cell, at each capture
  readonly packet: number | null; // in the cell's capture
}
const NOTHING_CHOSEN: Choice = { cell: null, rule: null, packet: null };

interface RunState extends Choice {
  readonly running: boolean;
  readonly sofar: Sofar | null; //               while it runs; null before the first packets
  readonly runs: readonly CaptureRun[]; //       in the order of the captures
  readonly mistakes: readonly RuleMistake[]; //  of the text as it was last checked
  readonly text: string | null; //               the text, files and switched-off rules that `runs` belong to, null before the first run
  readonly files: readonly RuleFile[];
  readonly off: readonly number[];
  readonly version: number; //                   grows with every run that ended
  readonly tick: number; //                      grows as well whenever a run that is under way has more to show
}

export const useRun = create<RunState>()(() => ({ running: false, sofar: null, runs: [], mistakes: [], text: null, files: [], off: [], version: 0, tick: 0, ...NOTHING_CHOSEN }));

// A capture that is closed takes its column with it.
useCaptures.subscribe(({ captures }) => {
  const { runs, cell } = useRun.getState();
  const open = new Set(captures.map(({ id }) => id));
  if (runs.every(({ capture }) => open.has(capture))) return;
  useRun.setState({ runs: runs.filter(({ capture }) => open.has(capture)), ...(cell && !open.has(cell.capture) ? NOTHING_CHOSEN : {}) });
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

/** So often what was found is shown while a run is under way. */
const LIVE_MS = 300;
const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

let lastRun = 0;

/** Runs the rules over all open captures; a run that is still under way is given up. What is found is shown as it comes, and stays when the run is stopped. */
export async function runRules(): Promise<void> {
  stop.abort();
  const mine = ++lastRun;
  const { signal } = (stop = new AbortController());
  const request = useRules.getState();
  const { text, files, off, vxlanDecoding, ips, ours } = request;
  const open = useCaptures.getState().captures.filter(({ state }) => state !== 'dead');
  const captures = open.map(({ id }) => id);
  const helpers = helpersFor(open, request, mine);
  useRun.setState({ running: true, sofar: null });
  const onProgress = progressOf(signal);
  let isOver = false;
  const ended = Promise.all(captures.map((id, at) => {
    const { ports, end } = helpers[at]!;
    return answer(id, callCapture(id, 'runRules', { id: mine, text, files, off, vxlanDecoding, ips, ours, helpers: ports }, { signal, onProgress: onProgress(id), transfer: ports })).finally(end);
  })).finally(() => { isOver = true; });
  while (!isOver) {
    await Promise.race([ended, pause(LIVE_MS)]);
    const runs = await sofar(captures, mine);
    const before = useRun.getState();
    const choice = isOver || before.cell ? await chosenAgain(runs) : {};
    if (mine !== lastRun) return;
    const found = runs.length === 0 && open.length > 0 ? {} : { runs, text, files, off, mistakes: runs[0]?.report.mistakes ?? [], ...choice };
    useRun.setState(({ version, tick }) => ({ ...found, tick: tick + 1, ...(isOver ? { running: false, version: version + 1 } : {}) }));
  }
  showAlertsInList();
}

/** Stops the run that is under way. What it found stays. */
export const stopRules = (): void => stop.abort();

/** Adds up how far the captures are. */
function progressOf(signal: AbortSignal): (id: CaptureId) => (progress: Calls['runRules']['progress']) => void {
  const each = new Map<CaptureId, Sofar>();
  return (id) => ({ packetsDone, alerts, workers }) => {
    each.set(id, { packets: packetsDone, alerts, workers });
    const sum = (of: (one: Sofar) => number): number => [...each.values()].reduce((all, one) => all + of(one), 0);
    if (!signal.aborted) useRun.setState({ sofar: { packets: sum((one) => one.packets), alerts: sum((one) => one.alerts), workers: sum((one) => one.workers) } });
  };
}

/** What the run with this number has come to so far at each capture where it has begun. */
async function sofar(captures: readonly CaptureId[], id: number): Promise<CaptureRun[]> {
  const all = await Promise.all(captures.map(async (capture) => ({ capture, report: await answer(capture, callCapture(capture, 'rulesSofar', { id })) })));
  return all.flatMap(({ capture, report }) => (report ? [{ capture, report }] : []));
}

/** The same rule by its sid, wherever it stands now, at the same place. Else, so that Why has something to say at once, the first one that has a row. */
async function chosenAgain(runs: readonly CaptureRun[]): Promise<Choice> {
  const { cell, rule, packet } = useRun.getState();
  const run = runs.find(({ capture }) => capture === cell?.capture);
  const index = run && rule && cell && cell.level < run.report.levels ? await indexOf(run.capture, ruleOf(rule).sid) : -1;
  const again = run && cell && index >= 0 ? (cell.signature === index ? cell : { ...cell, signature: index }) : firstCell(runs);
  const found = again && (await rowsOf(runs, again))[0];
  return found ? { cell: again, rule: found, packet: index >= 0 && packet !== null ? packet : packetFor(again, found, packet) } : NOTHING_CHOSEN;
}

/** The first rule that has a row, on the outermost level of the shown capture. */
function firstCell(runs: readonly CaptureRun[]): Cell | null {
  const run = runs.find(({ capture }) => capture === useCaptures.getState().shown) ?? runs[0];
  if (!run || run.report.signatures === 0) return null;
  const told = Math.min(...runs.map(({ report }) => report.told[0] ?? Infinity));
  return { signature: run.report.signatures <= FEW_RULES || told === Infinity ? 0 : told, capture: run.capture, level: 0 };
}

const rowsOf = async (runs: readonly CaptureRun[], { capture, signature }: Cell): Promise<readonly RuleRow[]> => await answer(capture, ruleRows(runs, [signature])) ?? [];

/** The cell's first packet with an alert, else the one that was looked at. */
const packetFor = ({ capture, level }: Cell, rule: RuleRow, before: number | null): number => rule.get(capture)?.hits[level]?.firstPacket || before || 1;

const indexOf = async (capture: CaptureId, sid: number): Promise<number> => await answer(capture, callCapture(capture, 'findRule', { sid })) ?? -1;

/** The rule with this sid in the last run, at each of its captures; undefined when there was none. */
export async function ruleWithSid(sid: number): Promise<RuleRow | undefined> {
  const { runs } = useRun.getState();
  const [run] = runs;
  const index = run ? await indexOf(run.capture, sid) : -1;
  return run && index >= 0 ? (await rowsOf(runs, { signature: index, capture: run.capture, level: 0 }))[0] : undefined;
}

/** Chooses the rule with this sid at the shown capture; false when the last run had none. */
export async function chooseSid(sid: number): Promise<boolean> {
  const { runs, cell } = useRun.getState();
  const capture = cell?.capture ?? (runs.find(({ capture: id }) => id === useCaptures.getState().shown) ?? runs[0])?.capture;
  const index = capture === undefined ? -1 : await indexOf(capture, sid);
  if (capture === undefined || index < 0) return false;
  await chooseCell({ signature: index, capture, level: cell?.level ?? 0 });
  return true;
}

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

/** The chosen rule at the capture of its cell. */
export const chosenRule = ({ cell, rule }: Choice): SignatureReport | undefined => (cell ? rule?.get(cell.capture) : undefined);

let choices = 0;

/** Chooses a cell, and for "Why" its first alert, or the packet that is given, or the capture's first. */
export async function chooseCell(cell: Cell, packet?: number): Promise<void> {
  const mine = ++choices;
  const { runs, cell: last, rule: lastRule, version } = useRun.getState();
  const [rule] = lastRule && last?.signature === cell.signature ? [lastRule] : await rowsOf(runs, cell);
  if (rule && mine === choices && version === useRun.getState().version) useRun.setState(({ packet: before }) => ({ cell, rule, packet: packet ?? packetFor(cell, rule, before) }));
}

export const choosePacket = (packet: number): void => useRun.setState({ packet });

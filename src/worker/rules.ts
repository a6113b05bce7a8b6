// The rules of one capture's worker: the last run with its alerts, and why a signature fires on a packet or not.

import { FaultError } from '../core/base/fault.ts';
import { openCapture } from '../core/capture/capture-reader.ts';
import type { AlertRecord } from '../core/rules/match/alert-record.ts';
import { Matcher } from '../core/rules/match/matcher.ts';
import { parseRules } from '../core/rules/parse/parse-rules.ts';
import { eveLine } from '../core/rules/output/eve.ts';
import { fastLine } from '../core/rules/output/fast-log.ts';
import { runRules } from '../core/rules/run.ts';
import type { Signature } from '../core/rules/signature.ts';
import { whySilent } from '../core/rules/silent/silent.ts';
import { AlertOrder } from './alert-order.ts';
import { turn } from './breathe.ts';
import { NumberRanges } from './number-ranges.ts';
import { Helpers, type RoundOptions, runSideBySide } from './rule-lanes.ts';
import { alertReport, mistakeOf, ruleTotals, runReport, signatureReports } from './rule-reports.ts';
import { ruleOrder } from './rule-order.ts';
import { BY_TIME, type Pace } from './rule-pace.ts';
import { RuleRun } from './rule-run.ts';
import { settingsOf } from './rule-settings.ts';
import { RuleTexts } from './rule-texts.ts';
import type { AlertReport, AlertSort, Calls, Context, LogForm, NumbersFilter, RuleChoice, RuleMistake, RulesReport, RuleTotals, SignatureReport, SilentReport, WhyReport } from './protocol.ts';
import type { OpenSession, Session } from './session.ts';
import { whyReport } from './why.ts';

export class RuleDesk {
  readonly #session: Session;
  readonly #texts = new RuleTexts();
  readonly #order = new AlertOrder();
  #run: RuleRun | null = null;

  #helpers: Helpers | null = null;
  readonly #pace: Pace;

  constructor(session: Session, pace: Pace = BY_TIME) {
    this.#session = session;
    this.#pace = pace;
  }

  /** Mistakes of the editor's text alone. */
  check(text: string, ours: boolean): RuleMistake[] { return parseRules(text, { ours }).faults.map(mistakeOf); }

  /**
   * Takes the place of the last run once the rules have been read: from then on what was found can be asked for, and stays when the run is stopped. With ports of helpers their workers go on where that
   * pays, each with a part of the flows, unless the rules do not let them or the capture is still being read. Where one of them is gone, this one does it alone again.
   */
  async run({ id, helpers: ports, ...request }: Calls['runRules']['request'], { signal, progress }: Context<Calls['runRules']['progress']>): Promise<RulesReport> {
    const open = this.#session.opened;
    const run = new RuleRun(id, await this.#texts.read(request, signal), settingsOf(request), open.table.count);
    const helpers = ports.length > 0 && open.done ? new Helpers(ports, open, request, run, this.#pace) : null;
    this.#run = run;
    this.#helpers = helpers;
    this.#session.marks = run.marks;
    const told = (workers: number) => (): Promise<void> => { progress({ packetsDone: run.packets, alerts: run.results.total, workers }); return turn(); };
    try {
      if (await runAlone(open, run, helpers, { signal, onRound: told(1) })) {
        run.again();
        await runSideBySide(open, run, helpers!, { signal, onRound: told(ports.length) }).catch(async (error: unknown) => {
          if (signal.aborted || !helpers!.isGone) throw error;
          run.again();
          await runAlone(open, run, null, { signal, onRound: told(1) });
        });
      }
      run.isComplete = true;
      return runReport(open, run);
    } finally {
      helpers?.close();
    }
  }

  /** A worker that helps with the run of this number has died. */
  helpersGone(id: number): void { if (this.#run?.id === id) this.#helpers?.close(); }

  /** The run with this number so far; null when none with it has read its rules. */
  sofar(id: number): RulesReport | null { return this.#run?.id === id ? runReport(this.#session.opened, this.#run) : null; }

  signatures(indices: readonly number[]): SignatureReport[] { return signatureReports(this.#session.opened, this.#last(), indices); }

  totals(): RuleTotals { return ruleTotals(this.#last()); }

  order(choice: RuleChoice, others: readonly RuleTotals[]): Uint32Array { return ruleOrder(this.#last().parsed.signatures, [this.totals(), ...others], choice); }

  find(sid: number): number { return this.#last().parsed.signatures.findIndex((each) => each.sid === sid); }

  alerts(signature: number | null, sort: AlertSort | null, from: number, count: number): AlertReport[] {
    return this.#order.rows(this.#last().results.alerts, signature, sort).slice(from, from + count).map(alertReport);
  }

  /** The whole of one of Suricata's files, as far as alerts were kept. */
  log(form: LogForm, role: string): Blob {
    const line = this.#line(form, role);
    return new Blob(this.#last().results.alerts.map((alert) => `${line(alert)}\n`), { type: form === 'eve' ? 'application/json' : 'text/plain' });
  }

  /** Some of its lines. */
  lines(form: LogForm, role: string, from: number, count: number): string[] { return this.#last().results.alerts.slice(from, from + count).map(this.#line(form, role)); }

  /** Where the capture names an interface, that is where the alert was seen; else the capture's role says. */
  #line(form: LogForm, role: string): (alert: AlertRecord) => string {
    const { settings } = this.#last();
    const { table } = this.#session.opened;
    const inIface = ({ number }: AlertRecord): string => table.interfaces[table.at('iface', number - 1)]?.name || role;
    return form === 'eve' ? (alert) => eveLine(alert, { eve: settings.eve, inIface: inIface(alert) }) : (alert) => fastLine(alert, settings.ips);
  }

  async why(signature: number, number: number, signal: AbortSignal): Promise<WhyReport> {
    const run = this.#last();
    return whyReport(this.#session.opened, run.fresh(), signatureAt(run.parsed.signatures, signature), signature, number, signal);
  }

  /** A display filter for the packets of a cell, as far as their alerts were kept. */
  hitsFilter(signature: number, level: number): NumbersFilter {
    const ranges = new NumberRanges();
    for (const alert of this.#last().results.alerts) if (alert.signature.index === signature && alert.level === level) ranges.add(alert.number);
    return ranges.filter();
  }

  /** A display filter for the packets that the IPS stopped, or for those that it let through: where one is too long and so cut, the other must not be its opposite. */
  stoppedFilter(through: boolean): NumbersFilter {
    const { stopped, packets } = this.#last();
    return (through ? stopped.others(packets) : stopped).filter();
  }

  /** Reads the capture once more, for one rule. */
  async silent(signature: number, { signal, progress }: Context<Calls['silent']['progress']>): Promise<SilentReport> {
    const { parsed, settings } = this.#last();
    const reader = await openCapture(this.#session.opened.source);
    try {
      const onWindow = (packetsDone: number): Promise<void> => { progress({ packetsDone }); return turn(); };
      return await whySilent(reader, { signature: signatureAt(parsed.signatures, signature), others: parsed.signatures, settings }, { signal, onWindow });
    } finally {
      await reader.close();
    }
  }

  #last(): RuleRun {
    if (!this.#run) throw new FaultError({ code: 'cancelled', what: 'No rules have run over this capture yet', next: 'Press Run rules.' });
    return this.#run;
  }
}

/** Runs the rules with one matcher for all; true when helpers go on instead. Rejects with a FaultError when it is stopped; what was found stays in the run. */
async function runAlone({ source }: OpenSession, run: RuleRun, helpers: Helpers | null, { signal, onRound }: RoundOptions): Promise<boolean> {
  const matcher = new Matcher(run.parsed.signatures, run.settings);
  run.runsIn(matcher);
  const either = new AbortController();
  const stop = (): void => either.abort();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  let isOver = false; // for this one
  const onWindow = async (packets: number): Promise<void> => {
    run.isAt(packets);
    if (await helpers?.takeOver() === true) { isOver = true; stop(); }
    await onRound();
  };
  const reader = await openCapture(source);
  try {
    await runRules(reader, matcher, (alert) => { run.add(alert, alert); }, { signal: either.signal, onWindow, onStopped: (number) => { run.stop(number); } });
    return false;
  } catch (error) {
    if (!isOver || signal.aborted) throw error;
    return true;
  } finally {
    signal.removeEventListener('abort', stop);
    await reader.close();
  }
}

function signatureAt(signatures: readonly Signature[], index: number): Signature {
  const found = signatures[index];
  if (!found) throw new FaultError({ code: 'not-found', what: `There is no rule ${index + 1} in the last run`, next: 'Run the rules again.' });
  return found;
}

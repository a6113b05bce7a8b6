// The rules of one capture's worker: the last run with its alerts, and why a signature fires on a packet or not.

import { FaultError } from '../core/base/fault.ts';
import { openCapture } from '../core/capture/capture-reader.ts';
import type { AlertRecord } from '../core/rules/match/alert-record.ts';
import { Matcher } from '../core/rules/match/matcher.ts';
import { RuleProfile } from '../core/rules/match/profile.ts';
import { STOCK_SETTINGS, type RuleSettings } from '../core/rules/settings/settings.ts';
import { parseRules } from '../core/rules/parse/parse-rules.ts';
import { eveLine } from '../core/rules/output/eve.ts';
import { fastLine } from '../core/rules/output/fast-log.ts';
import { RuleResults } from '../core/rules/results.ts';
import { runRules } from '../core/rules/run.ts';
import type { Signature } from '../core/rules/signature.ts';
import { whySilent } from '../core/rules/silent/silent.ts';
import { AlertMarks } from './alert-marks.ts';
import { AlertOrder } from './alert-order.ts';
import { turn } from './breathe.ts';
import { NumberRanges } from './number-ranges.ts';
import { alertReport, mistakeOf, ruleTotals, runReport, signatureReports, type Run } from './rule-reports.ts';
import { ruleOrder } from './rule-order.ts';
import { RuleTexts } from './rule-texts.ts';
import type { AlertReport, AlertSort, Calls, Context, NumbersFilter, RuleChoice, RuleMistake, RulesReport, RulesRequest, RuleTotals, SignatureReport, SilentReport, WhyReport } from './protocol.ts';
import type { Session } from './session.ts';
import { whyReport } from './why.ts';

interface MarkedRun extends Run { readonly stopped: NumberRanges }

/** Suricata's own settings with the switches of the page. */
export const settingsOf = ({ vxlanDecoding, ips, ours }: Pick<RulesRequest, 'vxlanDecoding' | 'ips' | 'ours'>): RuleSettings => ({ ...STOCK_SETTINGS, ips, ours, tunnels: { ...STOCK_SETTINGS.tunnels, vxlan: vxlanDecoding } });

export class RuleDesk {
  readonly #session: Session;
  readonly #texts = new RuleTexts();
  readonly #order = new AlertOrder();
  #run: MarkedRun | null = null;

  constructor(session: Session) { this.#session = session; }

  /** Mistakes of the editor's text alone. */
  check(text: string, ours: boolean): RuleMistake[] { return parseRules(text, { ours }).faults.map(mistakeOf); }

  /** Replaces the last run once it has come to its end; one that is stopped changes nothing. */
  async run(request: RulesRequest, { signal, progress }: Context<Calls['runRules']['progress']>): Promise<RulesReport> {
    const open = this.#session.opened;
    const parsed = await this.#texts.read(request, signal);
    const matcher = new Matcher(parsed.signatures, settingsOf(request));
    matcher.profile = new RuleProfile(parsed.signatures.length, () => performance.now());
    const results = new RuleResults();
    const marks = new AlertMarks(open.table.count);
    const stopped = new NumberRanges();
    const onAlert = (alert: AlertRecord): void => {
      if (alert.number > open.table.count) return; // read on since the run began: the next run has it
      results.add(alert);
      marks.add(alert.number, alert.level, alert.signature.priority);
    };
    // Most of many alerts are only counted, and nothing more is made of them.
    matcher.onCounted = (signature, level, number, seconds, nanoseconds) => {
      if (number > open.table.count) return true;
      if (!results.countOnly(signature, level, number, seconds, nanoseconds)) return false;
      marks.add(number, level, signature.priority);
      return true;
    };
    const reader = await openCapture(open.source);
    try {
      const onWindow = (packetsDone: number): Promise<void> => { progress({ packetsDone, alerts: results.total }); return turn(); };
      const packets = await runRules(reader, matcher, onAlert, { signal, onWindow, onStopped: (number) => stopped.add(number) });
      const { flagged, twice } = marks.packets();
      this.#run = { parsed, matcher, results, packets, flagged, flaggedTwice: twice, blocked: stopped.count, stopped };
      this.#session.marks = marks;
      return runReport(open, this.#run);
    } finally {
      await reader.close();
    }
  }

  signatures(indices: readonly number[]): SignatureReport[] { return signatureReports(this.#session.opened, this.#last(), indices); }

  totals(): RuleTotals { return ruleTotals(this.#last()); }

  order(choice: RuleChoice, others: readonly RuleTotals[]): Uint32Array { return ruleOrder(this.#last().parsed.signatures, [this.totals(), ...others], choice); }

  find(sid: number): number { return this.#last().parsed.signatures.findIndex((each) => each.sid === sid); }

  alerts(signature: number | null, sort: AlertSort | null, from: number, count: number): AlertReport[] {
    return this.#order.rows(this.#last().results.alerts, signature, sort).slice(from, from + count).map(alertReport);
  }

  /** Where the capture names an interface, that is where the alert was seen; else the capture's role says. */
  log(form: 'fast' | 'eve', role: string): Blob {
    const { results, matcher } = this.#last();
    const { table } = this.#session.opened;
    const inIface = ({ number }: AlertRecord): string => table.interfaces[table.at('iface', number - 1)]?.name || role;
    const line = form === 'eve' ? (alert: AlertRecord): string => eveLine(alert, { eve: matcher.settings.eve, inIface: inIface(alert) }) : (alert: AlertRecord): string => fastLine(alert, matcher.settings.ips);
    return new Blob(results.alerts.map((alert) => `${line(alert)}\n`), { type: form === 'eve' ? 'application/json' : 'text/plain' });
  }

  async why(signature: number, number: number, signal: AbortSignal): Promise<WhyReport> {
    const { parsed, matcher } = this.#last();
    return whyReport(this.#session.opened, matcher, signatureAt(parsed.signatures, signature), signature, number, signal);
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
    const { parsed, matcher } = this.#last();
    const reader = await openCapture(this.#session.opened.source);
    try {
      const onWindow = (packetsDone: number): Promise<void> => { progress({ packetsDone }); return turn(); };
      return await whySilent(reader, { signature: signatureAt(parsed.signatures, signature), others: parsed.signatures, settings: matcher.settings }, { signal, onWindow });
    } finally {
      await reader.close();
    }
  }

  #last(): MarkedRun {
    if (!this.#run) throw new FaultError({ code: 'cancelled', what: 'No rules have run over this capture yet', next: 'Press Run rules.' });
    return this.#run;
  }
}

function signatureAt(signatures: readonly Signature[], index: number): Signature {
  const found = signatures[index];
  if (!found) throw new FaultError({ code: 'not-found', what: `There is no rule ${index + 1} in the last run`, next: 'Run the rules again.' });
  return found;
}

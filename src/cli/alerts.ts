import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { FaultError, faultText } from '../core/base/fault.ts';
import { counted } from '../core/format/number.ts';
import type { AlertRecord } from '../core/rules/match/alert-record.ts';
import { Matcher } from '../core/rules/match/matcher.ts';
import { eveLine, taggedLine } from '../core/rules/output/eve.ts';
import { fastLine } from '../core/rules/output/fast-log.ts';
import { parseRules, type RuleSource } from '../core/rules/parse/parse-rules.ts';
import { RuleResults } from '../core/rules/results.ts';
import { runRules } from '../core/rules/run.ts';
import { readSettings } from '../core/rules/settings/read-settings.ts';
import type { RuleSettings } from '../core/rules/settings/settings.ts';
import type { Signature } from '../core/rules/signature.ts';
import { readArguments, wrongArguments } from './arguments.ts';
import type { Command, CommandIo } from './command.ts';
import { LineFile } from './line-file.ts';
import { openFile } from './open-file.ts';
import { faultLine, readRuleFile, unevaluatedLines } from './rule-files.ts';
import { readYaml } from './suricata-yaml.ts';

const HELP = `vxlens alerts -r CAPTURE -S RULES -l DIR [-k none|all] [--set KEY=VALUE]… [--simulate-ips] [-c YAML] [--init-errors-fatal] [--exit-code]

Runs Suricata rules over a capture, on each packet and on what its VXLAN, Geneve, GRE, Teredo and IP tunnels carry, and appends the alerts to
DIR/eve.json and DIR/fast.log. A summary goes to standard output.

  -r CAPTURE           pcap or pcapng; - is standard input
  -S RULES             a rule file, or a threshold.config, which lays limits and suppressions upon the rules; may repeat
  -l DIR               where the logs go; - prints EVE to standard output instead
  -k none|all          whether TCP checksums are checked
  --set KEY=VALUE      a setting of suricata.yaml, as decoder.vxlan.enabled=no; may repeat
                       vxlens.keywords=yes adds VXLens's own: the rule keywords vxlan.vni, geneve.vni and tunnel.depth, flows
                       told apart by VNI, and a vxlan object in eve.json
  -c YAML              a suricata.yaml (its threshold-file is read too); stock settings without it
  --simulate-ips       drop and reject rules stop packets
  --init-errors-fatal  a rule that does not parse ends it, with 1
  --exit-code          1 when something alerted

Exit status: 0 done, though rules alerted, did not parse or the capture breaks off (each is told); 2 wrong arguments or unreadable input.
`;

const OPTIONS = {
  read: { type: 'string', short: 'r' }, rules: { type: 'string', short: 'S', multiple: true }, log: { type: 'string', short: 'l' }, checksums: { type: 'string', short: 'k' },
  set: { type: 'string', multiple: true }, config: { type: 'string', short: 'c' }, 'simulate-ips': { type: 'boolean' }, 'init-errors-fatal': { type: 'boolean' }, 'exit-code': { type: 'boolean' },
} as const;

/** What the arguments ask for. */
export interface AlertsRequest {
  readonly capture: string;
  readonly ruleFiles: readonly string[];
  readonly log: string;
  readonly settings: RuleSettings;
  readonly strict: boolean;
  readonly exitCode: boolean;
}

/** Throws a FaultError for arguments that are wrong. */
export function readRequest(args: readonly string[], io: CommandIo): AlertsRequest {
  const { values, positionals } = readArguments('alerts', args, OPTIONS);
  const need = <T>(value: T | undefined, what: string): T => {
    if (value === undefined) throw wrongArguments('alerts', `${what} is missing`);
    return value;
  };
  if (positionals.length > 0) throw wrongArguments('alerts', `“${positionals[0]!}” belongs to no option`);
  const sums = values.checksums ?? 'all';
  if (sums !== 'all' && sums !== 'none') throw wrongArguments('alerts', `-k ${sums} is neither -k none nor -k all`);
  const overrides = [...(values.checksums === undefined ? [] : [`stream.checksum-validation=${sums === 'all' ? 'yes' : 'no'}`]), ...(values.set ?? [])];
  const { settings, notes, faults } = readSettings(values.config === undefined ? null : readYaml(values.config), overrides);
  if (faults.length > 0) throw new FaultError({ code: 'unsupported', what: faults.join(' ').replace(/\.$/, ''), next: 'Settings are those of suricata.yaml, with dots between their names.' });
  for (const note of notes) io.err(note);
  return {
    capture: need(values.read, 'The capture, -r FILE,'), ruleFiles: need(values.rules, 'The rules, -S FILE,'), log: need(values.log, 'The folder for the logs, -l DIR,'),
    settings: { ...settings, ips: values['simulate-ips'] === true }, strict: values['init-errors-fatal'] === true, exitCode: values['exit-code'] === true,
  };
}

/** Entries of a threshold.config without effect that are told one by one. */
const MOST_NOTES = 20;

/** The threshold.config that the settings name. One that is not there is told, and the rules run without it, as by Suricata. */
function readThresholds({ thresholdFile }: RuleSettings, io: CommandIo): RuleSource[] {
  if (thresholdFile === '') return [];
  try {
    return [readRuleFile(thresholdFile)];
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    io.err(`threshold-file: ${faultText(error.fault)} The rules run without it.`);
    return [];
  }
}

/** Tells what does not parse and what is not evaluated; the signatures of all files as one list. */
function readRules({ ruleFiles, settings }: AlertsRequest, io: CommandIo): { signatures: readonly Signature[]; faults: number } {
  const { signatures, faults, moreFaults, notes } = parseRules([...ruleFiles.map(readRuleFile), ...readThresholds(settings, io)], { variables: settings.variables, ours: settings.ours });
  for (const fault of faults) io.err(faultLine(fault));
  if (moreFaults > 0) io.err(`${moreFaults.toLocaleString('en-US')} further rules have a mistake; vxlens rules check tells all of a smaller file.`);
  for (const note of notes.slice(0, MOST_NOTES)) io.err(note);
  if (notes.length > MOST_NOTES) io.err(`${(notes.length - MOST_NOTES).toLocaleString('en-US')} further entries of threshold.config change nothing.`);
  for (const line of unevaluatedLines(signatures)) io.err(line);
  return { signatures, faults: faults.length + moreFaults };
}

interface Sink { write(alert: AlertRecord): void; tagged(packet: AlertRecord): void; flush(): void | Promise<void>; close(): void | Promise<void> }

function openSink({ log, settings, capture }: AlertsRequest, io: CommandIo): Sink {
  const options = { eve: settings.eve, file: capture };
  if (log === '-') {
    let lines: string[] = [];
    const flush = async (): Promise<void> => {
      if (lines.length > 0) await io.out(`${lines.join('\n')}\n`);
      lines = [];
    };
    return { write: (alert) => { lines.push(eveLine(alert, options)); }, tagged: (packet) => { lines.push(taggedLine(packet, options)); }, flush, close: flush };
  }
  try {
    mkdirSync(log, { recursive: true });
  } catch (error) {
    throw new FaultError({ code: 'read-failed', what: `${log} cannot be made (${error instanceof Error ? error.message : String(error)})`, next: 'Name a folder that can be written.' });
  }
  const eve = new LineFile(join(log, 'eve.json'));
  const fast = new LineFile(join(log, 'fast.log'));
  const both = (act: (file: LineFile) => void): void => { act(eve); act(fast); };
  return {
    write(alert) { eve.line(eveLine(alert, options)); fast.line(fastLine(alert, settings.ips)); },
    tagged(packet) { eve.line(taggedLine(packet, options)); },
    flush: () => both((file) => file.flush()), close: () => both((file) => file.close()),
  };
}

const levelWords = (level: number): string => (level === 0 ? 'outer' : level === 1 ? 'inner' : `inner ${level}`);

function summary(results: RuleResults, packets: number, signatures: readonly Signature[]): string {
  const lines = [`${packets} packets, ${signatures.length} rules, ${results.total} alerts`];
  for (const { signature, level, count, first, last } of results.hits()) {
    lines.push(`${String(count).padStart(8)}  ${signature.gid}:${signature.sid}:${signature.rev}  ${levelWords(level)}  packets ${first.number} to ${last.number}  ${signature.msg}`);
  }
  return `${lines.join('\n')}\n`;
}

/** What the answer does not cover, so that nobody takes silence for an answer. */
function tellLimits({ unanswered, unwritten, settings }: Matcher, io: CommandIo): void {
  for (const { signature, level, count, first } of unanswered) {
    io.err(`sid ${signature.sid}: its regular expression was stopped on ${counted(count, 'packet')} (${levelWords(level)}), the first is ${first}, since it could have run without end; whether it matches there is not known.`);
  }
  const lost = unwritten.reduce((sum, { count }) => sum + count, 0);
  if (lost > 0) io.err(`${counted(lost, 'alert')} of ${counted(new Set(unwritten.map(({ signature }) => signature)).size, 'rule')} not written, since a packet has ${settings.maxAlerts} at most (--set packet-alert-max=N).`);
}

export const alerts: Command = {
  help: HELP,
  async run(args, io) {
    const request = readRequest(args, io);
    const { signatures, faults } = readRules(request, io);
    if (request.strict && faults > 0) return 1;
    const file = await openFile(request.capture);
    const { reader } = file;
    const sink = openSink(request, io);
    const results = new RuleResults(0);
    const matcher = new Matcher(signatures, request.settings);
    if (request.settings.eve.taggedPackets) matcher.onTagged = (packet) => { sink.tagged(packet); };
    const packets = await runRules(reader, matcher, (alert) => { results.add(alert); sink.write(alert); }, { onWindow: () => sink.flush() });
    await sink.close();
    await file.close();
    if (request.log !== '-') await io.out(summary(results, packets, signatures));
    tellLimits(matcher, io);
    if (reader.fault !== null) io.err(faultText(reader.fault));
    return request.exitCode && results.total > 0 ? 1 : 0;
  },
};

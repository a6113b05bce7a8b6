import type { CaptureReader } from '../capture/capture-reader.ts';
import { packBatch, unpackBatch } from '../rules/lanes/batch.ts';
import { divide } from '../rules/lanes/division.ts';
import { InSequence, type BatchSource } from '../rules/lanes/in-sequence.ts';
import { LaneRun, lanesOf, type Part } from '../rules/lanes/lane-run.ts';
import type { AlertRecord } from '../rules/match/alert-record.ts';
import { Matcher } from '../rules/match/matcher.ts';
import { eveLine, taggedLine } from '../rules/output/eve.ts';
import { fastLine } from '../rules/output/fast-log.ts';
import { runRules } from '../rules/run.ts';
import type { RuleSettings } from '../rules/settings/settings.ts';
import type { Signature } from '../rules/signature.ts';

/** A capture with rules for it; read anew by each who matches, as by workers that share nothing. */
export interface RuleRun { readonly reader: () => Promise<CaptureReader>; readonly signatures: () => readonly Signature[]; readonly settings: RuleSettings }

/** The lines of fast.log and eve.json, what tags keep, and the packets that are stopped, in the order in which they come. */
class Lines {
  readonly all: string[] = [];
  readonly #settings: RuleSettings;
  constructor(settings: RuleSettings) { this.#settings = settings; }
  readonly alert = (alert: AlertRecord): void => { this.all.push(fastLine(alert, this.#settings.ips), eveLine(alert, { eve: this.#settings.eve })); };
  readonly tagged = (packet: AlertRecord): void => { this.all.push(taggedLine(packet, { eve: this.#settings.eve })); };
}

export interface RunLines { readonly lines: readonly string[]; readonly stopped: readonly number[]; readonly packets: number; readonly unwritten: number }

const sum = (tallies: readonly { readonly count: number }[]): number => tallies.reduce((all, { count }) => all + count, 0);

/** What one matcher finds that follows all flows. */
export async function linesOfOne({ reader, signatures, settings }: RuleRun): Promise<RunLines> {
  const lines = new Lines(settings);
  const stopped: number[] = [];
  const matcher = new Matcher(signatures(), settings);
  matcher.onTagged = lines.tagged;
  const packets = await runRules(await reader(), matcher, lines.alert, { onStopped: (number) => stopped.push(number) });
  return { lines: lines.all, stopped, packets, unwritten: sum(matcher.unwritten) };
}

/** What so many find that follow flows side by side; null where the rules do not let them. */
export async function linesOfMany({ reader, signatures, settings }: RuleRun, many: number): Promise<RunLines | null> {
  const own = signatures();
  const division = divide(own, true);
  if (division === null) return null;
  const lines = new Lines(settings);
  const stopped: number[] = [];
  const runs: LaneRun[] = [];
  const source = async (part: Part): Promise<BatchSource> => {
    const theirs = signatures();
    const run = new LaneRun(await reader(), theirs, settings, divide(theirs, true)!, part, { tags: true, packets: 1 + 7 * runs.length });
    runs.push(run);
    return { next: async (records) => unpackBatch(structuredClone(packBatch(await run.next(records))), own) };
  };
  const parts: Part[] = Array.from({ length: many }, (_, i) => ({ lanes: lanesOf(i, many) }));
  if (division.across.size > 0) parts.push('across');
  const stage = new InSequence(settings);
  const packets = await stage.run(await Promise.all(parts.map(source)), { onAlert: ({ record }) => { lines.alert(record!); }, onTagged: ({ record }) => { lines.tagged(record!); }, onStopped: (number) => stopped.push(number) });
  return { lines: lines.all, stopped, packets, unwritten: sum(stage.unwritten) + runs.reduce((all, { matcher }) => all + sum(matcher.unwritten), 0) };
}

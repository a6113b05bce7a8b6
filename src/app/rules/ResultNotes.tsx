import { count, counted, listed } from '../../core/format/number.ts';
import { useCaptures, type OpenCapture } from '../stores/captures.ts';
import { useRun, type CaptureRun } from './run.ts';

const MOST_NAMED = 3; // rules with an expression that was stopped; the matrix marks all

/** What the numbers of the matrix do not cover, in sentences, so that nobody takes silence for an answer. */
export function ResultNotes() {
  const { runs, running } = useRun();
  const captures = useCaptures((state) => state.captures);
  const notes = runs.length === 0 ? [] : [...(running ? [] : partialNotes(runs, captures)), ...stoppedNotes(runs, captures), ...unwrittenNote(runs)];
  if (notes.length === 0) return null;
  return <ul className="result-notes" aria-label="Limits of these results">{notes.map((note) => <li key={note}>{note}</li>)}</ul>;
}

/** How far a run came that was stopped, at each capture where it did not come to the end. */
function partialNotes(runs: readonly CaptureRun[], captures: readonly OpenCapture[]): string[] {
  const partial = runs.filter(({ report }) => !report.isComplete);
  const where = partial.map(({ capture, report }) => `${count(report.packets)} of ${counted(report.captured, 'packet')} of ${captures.find(({ id }) => id === capture)?.name ?? ''}`);
  return partial.length === 0 ? [] : [`The run was stopped after ${listed(where)}. What was found until then stays; run the rules again for the rest.`];
}

/** One sentence a rule: on how many packets of which capture. */
function stoppedNotes(runs: readonly CaptureRun[], captures: readonly OpenCapture[]): string[] {
  const places = new Map<number, Map<string, number>>();
  for (const { capture, report } of runs) {
    const name = captures.find(({ id }) => id === capture)?.name ?? '';
    for (const { sid, packets } of report.unanswered) {
      const of = places.get(sid) ?? new Map<string, number>();
      places.set(sid, of.set(name, (of.get(name) ?? 0) + packets));
    }
  }
  const notes = [...places].map(([sid, of]) => `sid ${sid} is not known (?) on ${[...of].map(([name, packets]) => `${counted(packets, 'packet')} of ${name}`).join(', ')}: its regular expression was stopped, since it could have run without end.`);
  return notes.length <= MOST_NAMED ? notes : [...notes.slice(0, MOST_NAMED), `The regular expressions of ${notes.length - MOST_NAMED} more rules were stopped on some packets: a ? stands beside their numbers.`];
}

function unwrittenNote(runs: readonly CaptureRun[]): string[] {
  const unwritten = runs.reduce((sum, { report }) => sum + report.unwritten, 0);
  return unwritten === 0 ? [] : [`${counted(unwritten, 'more match', 'more matches')} with no alert, marked +: of one packet ${runs[0]!.report.maxAlerts} alerts are written at most, as in Suricata (packet-alert-max).`];
}

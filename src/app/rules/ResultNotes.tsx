import { counted } from '../../core/format/number.ts';
import { useCaptures } from '../stores/captures.ts';
import { columnName } from './levels.ts';
import { useRun } from './run.ts';

const MOST_NAMED = 3; // rules with an expression that was stopped; the matrix marks all

/** What the numbers of the matrix do not cover, in sentences, so that nobody takes silence for an answer. */
export function ResultNotes() {
  const notes = useNotes();
  if (notes.length === 0) return null;
  return <ul className="result-notes" aria-label="Limits of these results">{notes.map((note) => <li key={note}>{note}</li>)}</ul>;
}

function useNotes(): string[] {
  const { runs, rest } = useRun();
  const names = useCaptures(({ captures }) => captures);
  const report = runs[0]?.report;
  if (!report) return [];
  const notes: string[] = [];
  if (report.signatures > rest.shown && rest.shown + rest.of > 0) {
    notes.push(`Of ${report.signatures.toLocaleString('en-US')} rules those have a row that say something here${rest.of > rest.shown ? `, the first ${rest.shown} of ${rest.of.toLocaleString('en-US')}` : ''}. For another rule, write its sid under Why.`);
  }
  const stopped = runs.flatMap(({ capture, report: { unanswered, levels } }) => unanswered.map(({ sid, level, packets, first }) =>
    `sid ${sid}: its regular expression was stopped on ${counted(packets, 'packet')} of ${names.find(({ id }) => id === capture)?.name ?? ''} (${columnName(level, levels)}), the first is ${first}, since it could have run without end. Whether it matches there is not known.`));
  notes.push(...stopped.slice(0, MOST_NAMED));
  if (stopped.length > MOST_NAMED) notes.push(`A number with ? belongs to a regular expression that was stopped on some packets: whether it matches there is not known.`);
  if (report.inStreams > 0) {
    notes.push(`${counted(report.inStreams, 'rule looks', 'rules look')} for contents in TCP: in each packet here, in the reassembled stream in Suricata. A content that lies across two packets is not found.`);
  }
  return notes;
}

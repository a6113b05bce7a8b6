import { count as grouped } from '../../core/format/number.ts';
import { bareName } from '../shared/saving.ts';
import { captureOf, type CaptureId } from '../stores/captures.ts';
import { useRules } from '../stores/rules.ts';
import { callCapture } from '../stores/workers.ts';
import { showFiltered } from './CellSummary.tsx';
import { useRun } from './run.ts';

/** With IPS on: what each point of observation would have let through, and what not, to be seen in the list. */
export function IpsBar() {
  const runs = useRun((run) => run.runs);
  const ips = useRules((rules) => rules.ips);
  if (!ips || runs.length === 0) return null;
  return (
    <ul className="ips-bar" aria-label="What the IPS lets through">
      {runs.map(({ capture, report: { packets, blocked } }) => (
        <li key={capture} title={captureOf(capture)?.name}>
          <b>{bareName(captureOf(capture)?.name ?? '')}</b> {grouped(packets - blocked)} of {grouped(packets)} get through{' '}
          {blocked < packets && <Show capture={capture} through label="what gets through" />}
          {blocked > 0 && <>{grouped(blocked)} stopped <Show capture={capture} through={false} label="what is stopped" /></>}
        </li>
      ))}
    </ul>
  );
}

const Show = ({ capture, through, label }: { capture: CaptureId; through: boolean; label: string }) => (
  <button type="button" className="button quiet small" aria-label={`Show ${label} at ${captureOf(capture)?.name}`} onClick={() => void showFiltered(capture, callCapture(capture, 'stoppedFilter', { through }))}>Show</button>
);

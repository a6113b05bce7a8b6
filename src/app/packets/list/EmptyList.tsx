import { useShownCapture } from '../../stores/captures.ts';
import { applyFilter, useFilter } from '../../stores/filter.ts';
import { useView } from '../../stores/view.ts';
import { bytesText, counted } from '../../../core/format/number.ts';

/** Why there is no row, and what to do. */
export function EmptyList() {
  const capture = useShownCapture();
  const applied = useFilter((filter) => filter.applied);
  const looking = useView((view) => view.progress) !== null;
  if (!capture) return null;
  const { name, packets, state, inflated } = capture;
  if (packets === 0) {
    const why = state === 'waiting' ? `${name} waits until captures before it have been read. It is the next one now that it is shown.`
      : state === 'indexing' ? `Reading ${name}${inflated === null ? '' : `, which inflates to about ${bytesText(inflated)}`}. Rows appear as soon as the first packets are found.`
      : state === 'dead' ? `${name} could not be read. Close it and open it again, or open another capture.`
        : `${name} holds no packets: it ends behind its file header. Capture again, or open another file.`;
    return <p className="empty packet-empty">{why}</p>;
  }
  if (applied === '' || looking) return <p className="empty packet-empty">Looking through {counted(packets, 'packet')}…</p>;
  return (
    <p className="empty packet-empty">
      None of the {counted(packets, 'packet')} of {name} {state === 'indexing' ? 'read so far ' : ''}passes the filter <code className="mono">{applied}</code>. Change it, or
      {' '}<button type="button" className="link-button" onClick={() => applyFilter('')}>show all packets</button>.
    </p>
  );
}

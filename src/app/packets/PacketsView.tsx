import { useShownCapture } from '../stores/captures.ts';
import { useView } from '../stores/view.ts';

/** The rows of the shown capture. */
export function PacketsView() {
  const capture = useShownCapture();
  const rows = useView((view) => view.rows);
  return <p className="empty">{capture?.name}: {rows} of {capture?.packets} packets</p>;
}

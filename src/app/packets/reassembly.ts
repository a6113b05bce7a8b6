// Whether fragments and segments are put together: set once, for all captures.

import { FaultError } from '../../core/base/fault.ts';
import { useCaptures } from '../stores/captures.ts';
import { notify } from '../stores/notice.ts';
import { useSettings } from '../stores/settings.ts';
import { askAgain } from '../stores/view.ts';
import { callCapture } from '../stores/workers.ts';
import { refreshDetail } from './detail.ts';

export function toggleReassembly(): void {
  const on = !useSettings.getState().reassembly;
  useSettings.setState({ reassembly: on });
  notify(on ? 'Reassembly is on: fragments and segments are put together.' : 'Reassembly is off: every packet stands for itself.');
  void tellWorkers(on);
}

async function tellWorkers(on: boolean): Promise<void> {
  const told = useCaptures.getState().captures.map(async ({ id }) => {
    try { await callCapture(id, 'reassembly', { on }); } catch (error) { if (!(error instanceof FaultError)) throw error; } // one that is not read yet is told when it is
  });
  await Promise.all(told);
  askAgain();
  refreshDetail();
}

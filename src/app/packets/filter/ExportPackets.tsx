import { counted } from '../../../core/format/number.ts';
import { ExportMenu } from '../../shared/ExportMenu.tsx';
import { useView } from '../../stores/view.ts';
import { KINDS, saveDisplayed } from '../export.ts';

/** Saves what the list shows. */
export function ExportPackets() {
  const rows = useView((view) => view.rows);
  return <ExportMenu disabled={rows === 0} head={`${counted(rows, 'displayed packet')} as`} kinds={KINDS.map(({ kind, ...words }) => ({ ...words, save: () => saveDisplayed(kind) }))} />;
}

import { openReference } from '../stores/reference.ts';
import { useSelection } from '../stores/selection.ts';

/** Opens the reference at the selected field or layer; where nothing is selected, at what this is all about. */
export function openReferenceHere(): void {
  const { packet, field } = useSelection.getState();
  openReference(packet === null || field === '' ? 'vxlan' : field.replace(/~\d+$/, '').replace(/:.*$/s, ''));
}

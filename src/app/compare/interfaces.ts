// A capture of several interfaces, as several points of observation.

import { FaultError } from '../../core/base/fault.ts';
import { bareName } from '../shared/saving.ts';
import { captureOf, setRole, useCaptures, type OpenCapture } from '../stores/captures.ts';
import { tell } from '../stores/trouble.ts';
import { callCapture, openCaptures } from '../stores/workers.ts';
import { client } from './compare-run.ts';

/** The interfaces that packets came from. */
export const interfacesOf = (capture: OpenCapture | undefined): readonly { readonly id: number; readonly name: string }[] => capture?.summary?.interfaces.filter(({ packets }) => packets > 0) ?? [];

/** The capture that is shown, if it is of several interfaces. */
export function severalInterfaces(): OpenCapture | undefined {
  const shown = captureOf(useCaptures.getState().shown);
  return interfacesOf(shown).length > 1 ? shown : undefined;
}

/** Opens each interface of a capture as one of its own, named after both; the numbers of packets start anew in each. */
export async function openInterfaces(capture: OpenCapture): Promise<void> {
  try {
    const blob = await callCapture(capture.id, 'blob', {});
    const files = [];
    for (const { id, name } of interfacesOf(capture)) {
      const { file, format } = await client().call('interfaceFile', { capture: blob, id });
      files.push({ file, name: `${bareName(capture.name)}-${name === '' ? id : name}.${format}`, origin: null });
    }
    setRole(capture.id, 'Other'); // its parts are what is compared
    openCaptures(files);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    tell(capture.name, error.fault);
  }
}

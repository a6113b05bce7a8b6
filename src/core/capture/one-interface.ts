// One interface of a pcapng, as a person names it.

import { FaultError } from '../base/fault.ts';
import type { CaptureInterface } from './capture-reader.ts';

/** Whether an interface is the one that is wanted, by its name or its number; every one is where none is named. */
export const isWanted = ({ id, name, number }: CaptureInterface, wanted: string | undefined): boolean => wanted === undefined || wanted === name || wanted === String(number ?? id);

/** What to throw where no interface is the wanted one. */
export const noInterface = (wanted: string, known: readonly CaptureInterface[]): FaultError => new FaultError({
  code: 'not-found', what: `The capture has no interface "${wanted}"`,
  next: `It has: ${known.map(({ id, name, number }) => (name === '' ? String(number ?? id) : name)).join(', ') || 'none'}.`,
});

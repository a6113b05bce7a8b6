// Making a file and giving it to the person: one at a time. One that takes long tells how far it is and can be cancelled.

import { create } from 'zustand';
import { FaultError } from '../../core/base/fault.ts';
import { tell } from '../stores/trouble.ts';
import { saveBlob } from './save.ts';

/** What is being done, "Writing the table, 45 %"; null where nothing is, or where it is too short to be told. */
export const useSaving = create<{ readonly step: string | null }>()(() => ({ step: null }));

let stop = new AbortController();
export const cancelSaving = (): void => stop.abort();

export interface Making { readonly signal: AbortSignal; readonly tell: (step: string, done: number, total: number) => void }

/** Makes a file and saves it; one that is still being made is given up. What goes wrong is told as an alert. */
export async function save(make: (making: Making) => Promise<{ readonly file: Blob; readonly name: string }>): Promise<void> {
  stop.abort();
  const { signal } = (stop = new AbortController());
  const tellStep: Making['tell'] = (step, done, total) => { if (!signal.aborted) useSaving.setState({ step: `${step}, ${Math.floor((100 * done) / Math.max(1, total))} %` }); };
  try {
    const { file, name } = await make({ signal, tell: tellStep });
    if (!signal.aborted) saveBlob(file, name);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    if (error.fault.code !== 'cancelled') tell('Export', error.fault);
  } finally {
    if (stop.signal === signal) useSaving.setState({ step: null });
  }
}

/** A capture's name without its ending: "appliance-eth0", "appliance-eth0 (2)". */
export const bareName = (name: string): string => name.replace(/(\.(pcapng|pcap|cap))?(\.gz)?(?= \(\d+\)$|$)/i, '');

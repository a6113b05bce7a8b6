// What `?sample=NAME` and `?capture=ADDRESS` say to open: the build's own at once, another origin's after the person has confirmed it.

import { create } from 'zustand';
import type { Origin } from '../stores/captures.ts';
import { tellText } from '../stores/trouble.ts';
import { openCaptures } from '../stores/workers.ts';
import { fetchOrTell, openSample } from './open.ts';
import { loadSamples } from './samples.ts';

/** Addresses of other origins that wait for a yes or no; the first is asked about. */
export const useUnconfirmed = create<{ readonly addresses: readonly string[] }>()(() => ({ addresses: [] }));

/** True while something that the address asks for is on its way. */
export const useOpening = create<{ readonly count: number }>()(() => ({ count: 0 }));

async function whileOpening(work: () => Promise<void>): Promise<void> {
  useOpening.setState(({ count }) => ({ count: count + 1 }));
  try { await work(); } finally { useOpening.setState(({ count }) => ({ count: count - 1 })); }
}

/** Opens what the part of the address before the "#" asks for. */
export function openFromAddress(search: string): void {
  const asked = new URLSearchParams(search);
  for (const name of asked.getAll('sample')) void whileOpening(() => openSampleNamed(name));
  for (const address of asked.getAll('capture')) openAddress(address);
}

async function openSampleNamed(name: string): Promise<void> {
  const samples = await loadSamples();
  const sample = samples.find((known) => known.name === name);
  if (sample) return openSample(sample);
  const known = samples.map((each) => each.name).join(', ');
  tellText(`There is no sample "${name}" here. ${known === '' ? 'This build has no samples; open a capture of your own.' : `There are: ${known}.`}`);
}

function openAddress(text: string): void {
  const address = URL.canParse(text, document.baseURI) ? new URL(text, document.baseURI) : null;
  if (!address || !/^https?:$/.test(address.protocol)) tellText(`"${text}" is no address of a capture. Use one that starts with https:// or lies beside this page.`);
  else if (address.origin === location.origin) void whileOpening(() => openFetched(address, { key: 'capture', value: text }));
  else useUnconfirmed.setState(({ addresses }) => ({ addresses: [...addresses, address.href] }));
}

async function openFetched(address: URL, origin: Origin): Promise<void> {
  const name = decodeURI(address.pathname.split('/').pop() ?? '') || address.host;
  const blob = await fetchOrTell(address.href, name);
  if (blob) openCaptures([{ file: blob, name, origin }]);
}

/** The person's answer about the first address that waits. */
export function answer(yes: boolean): void {
  const [address] = useUnconfirmed.getState().addresses;
  useUnconfirmed.setState(({ addresses }) => ({ addresses: addresses.slice(1) }));
  if (yes && address !== undefined) void whileOpening(() => openFetched(new URL(address), { key: 'capture', value: address }));
}

// What `?sample=NAME` and `?capture=ADDRESS` say to open: the build's own at once, another origin's after the person has confirmed it.

import { create } from 'zustand';
import { tellText } from '../stores/trouble.ts';
import { openCaptures } from '../stores/workers.ts';
import { fetchOrTell, fetchSample } from './open.ts';
import { loadSamples, offered } from './samples.ts';

/** Addresses of other origins that wait for a yes or no; the first is asked about. */
export const useUnconfirmed = create<{ readonly addresses: readonly string[] }>()(() => ({ addresses: [] }));

/** True while something that the address asks for is on its way. */
export const useOpening = create<{ readonly count: number }>()(() => ({ count: 0 }));

async function whileOpening(work: () => Promise<void>): Promise<void> {
  useOpening.setState(({ count }) => ({ count: count + 1 }));
  try { await work(); } finally { useOpening.setState(({ count }) => ({ count: count - 1 })); }
}

/** Opens what the part of the address before the "#" asks for: everything is fetched at once, and opened in the order of the address. */
export function openFromAddress(search: string): void {
  let before: Promise<void> = Promise.resolve();
  const inOrder = (fetching: Promise<() => void>): void => {
    const previous = before;
    before = whileOpening(async () => { const open = await fetching; await previous; open(); });
  };
  const asked = new URLSearchParams(search);
  for (const name of asked.getAll('sample')) inOrder(sampleNamed(name));
  for (const text of asked.getAll('capture')) {
    const address = addressOf(text);
    if (address?.origin === location.origin) inOrder(captureAt(address, text));
    else if (address) useUnconfirmed.setState(({ addresses }) => ({ addresses: [...addresses, address.href] }));
  }
}

async function sampleNamed(name: string): Promise<() => void> {
  const samples = await loadSamples();
  const sample = samples.find((known) => known.name === name);
  if (sample) return fetchSample(sample);
  const known = offered(samples).map((each) => each.name).join(', ');
  return () => tellText(`There is no sample "${name}" here. ${known === '' ? 'This build has no samples; open a capture of your own.' : `There are: ${known}.`}`);
}

function addressOf(text: string): URL | null {
  const address = URL.canParse(text, document.baseURI) ? new URL(text, document.baseURI) : null;
  if (address && /^https?:$/.test(address.protocol)) return address;
  tellText(`"${text}" is no address of a capture. Use one that starts with https:// or lies beside this page.`);
  return null;
}

/** `text` is the address as it stands in the link, and will again. */
async function captureAt(address: URL, text: string): Promise<() => void> {
  const name = decodeURI(address.pathname.split('/').pop() ?? '') || address.host;
  const file = await fetchOrTell(address.href, name);
  return () => { if (file) openCaptures([{ file, name, origin: { key: 'capture', value: text } }]); };
}

/** The person's answer about the first address that waits. */
export function answer(yes: boolean): void {
  const [address] = useUnconfirmed.getState().addresses;
  useUnconfirmed.setState(({ addresses }) => ({ addresses: addresses.slice(1) }));
  if (yes && address !== undefined) void whileOpening(async () => (await captureAt(new URL(address), address))());
}

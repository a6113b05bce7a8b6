// The ways in: files from the dialog, a drop or the clipboard, a sample of the build, an address.

import { FaultError } from '../../core/base/fault.ts';
import { fetchFile } from '../../worker/client.ts';
import { isMirrorFile, loadMirrorFiles } from '../mirror/draft.ts';
import { isRuleFile, loadRuleFiles } from '../rules/load.ts';
import { useCaptures } from '../stores/captures.ts';
import { setSampleMirror } from '../stores/mirror.ts';
import { tell, tellText } from '../stores/trouble.ts';
import { showTab } from '../stores/view.ts';
import { openCaptures } from '../stores/workers.ts';
import { useAwaited } from '../url/sync.ts';
import type { Sample } from './samples.ts';

/** Opens captures beside those that are open; files of rules, which are told by their content, replace the rules, and those of a mirror's come into the dialog for them. */
export async function openFiles(given: readonly File[]): Promise<void> {
  const mirror = new Set<File>();
  for (const file of given) if (await isMirrorFile(file)) mirror.add(file);
  const files = given.filter((file) => !mirror.has(file));
  const rules = new Set<File>();
  for (const file of files) if (await isRuleFile(file)) rules.add(file);
  openCaptures(files.filter((file) => !rules.has(file)).map((file) => ({ file, name: file.name === '' ? 'pasted.pcap' : file.name, origin: null })));
  void loadMirrorFiles([...mirror]); // after the captures, one of which is the source
  if (rules.size === 0 || !await loadRuleFiles(rules)) return;
  if (rules.size === files.length) showTab('rules');
  if (useCaptures.getState().captures.length === 0) tellText(`${[...rules].map(({ name }) => name).join(', ')}: the rules are loaded. Open a capture to run them over.`);
}

/** Fetches the captures of a sample; calling what comes back opens them, and shows the one that the sample names unless a link names another. What cannot be fetched is told. */
export async function fetchSample({ name, captures, show, mirror }: Sample): Promise<() => void> {
  const part = (file: string): Promise<Blob | null> => fetchOrTell(`samples/${name}/${file}`, file);
  const [rules, ...fetched] = await Promise.all([mirror === undefined ? null : part(mirror).then((blob) => blob?.text() ?? null), ...captures.map(async ({ file }) => ({ name: file, file: await part(file) }))]);
  const origin = { key: 'sample', value: name } as const;
  const files = fetched.flatMap((each) => (each.file ? [{ name: each.name, file: each.file, origin }] : []));
  return () => {
    setSampleMirror(name, rules);
    openCaptures(files, useAwaited.getState().link?.show ?? show);
  };
}

export const openSample = async (sample: Sample): Promise<void> => (await fetchSample(sample))();

/** The file at an address, or null when its fault has been told. */
export async function fetchOrTell(address: string, name: string): Promise<Blob | null> {
  try {
    return await fetchFile(new URL(address, document.baseURI).href);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    if (error.fault.code !== 'cancelled') tell(name, error.fault);
    return null;
  }
}

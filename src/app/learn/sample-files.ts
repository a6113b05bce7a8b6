// The sample of a step: a capture's name is that of its file while nothing else has the same.

import { useCaptures, type CaptureId, type OpenCapture } from '../stores/captures.ts';
import { closeCapture } from '../stores/workers.ts';
import { fetchSample } from '../start/open.ts';
import { loadSamples, useSamples } from '../start/samples.ts';

const isOf = (sample: string) => ({ origin }: OpenCapture): boolean => origin?.key === 'sample' && origin.value === sample;

/** The files of a sample with the captures that were opened from them, as far as they are open. */
function filesOf(sample: string): readonly (readonly [file: string, capture: OpenCapture])[] {
  const files = useSamples.getState().samples.find(({ name }) => name === sample)?.captures ?? [];
  const open = useCaptures.getState().captures.filter(isOf(sample));
  // "a.pcap (2)" is still a.pcap of this sample
  return files.flatMap(({ file }) => open.filter(({ name }) => name === file || name.replace(/ \(\d+\)/, '') === file).slice(0, 1).map((capture) => [file, capture] as const));
}

export const idOfFile = (sample: string | undefined, file: string | undefined): CaptureId | null => (sample === undefined || file === undefined ? null : filesOf(sample).find(([name]) => name === file)?.[1].id ?? null);
export const fileOfId = (sample: string | undefined, id: CaptureId | null): string => (sample === undefined ? '' : filesOf(sample).find(([, capture]) => capture.id === id)?.[0] ?? '');

/** Has all captures of a sample open, and those of other samples closed: two of one name would puzzle a learner. What is the person's own stays. */
export async function haveSample(name: string): Promise<void> {
  const sample = (await loadSamples()).find((each) => each.name === name);
  if (!sample) return;
  for (const { id, origin } of useCaptures.getState().captures) if (origin?.key === 'sample' && origin.value !== name) closeCapture(id);
  if (filesOf(name).length === sample.captures.length) return;
  for (const { id } of useCaptures.getState().captures.filter(isOf(name))) closeCapture(id);
  (await fetchSample(sample))();
}

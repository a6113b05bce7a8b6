// The build's sample captures, as `samples/index.json` lists them: a static build adds its own there.

import { create } from 'zustand';
import { FaultError } from '../../core/base/fault.ts';
import { fetchFile } from '../../worker/client.ts';

export interface SampleCapture { readonly file: string }
export interface Sample {
  readonly name: string; //       of its folder, and in `?sample=`
  readonly title: string; //      in the menu
  readonly line: string; //       what it is good for, in one line
  readonly captures: readonly SampleCapture[];
  readonly mirror?: string; //     a file with the rules of the mirror, as the AWS CLI prints them
  readonly packets?: number; //   in all of them
  readonly show: string; //       the file whose packets are shown first
  readonly exercise?: true; //     of a lesson: opened by it or by its name, and not offered
  readonly layers?: readonly string[]; // hues of the glyph; outer, envelope, inner where absent
}

type SamplesState = { readonly state: 'loading' | 'ready' | 'failed'; readonly samples: readonly Sample[] };
export const useSamples = create<SamplesState>()(() => ({ state: 'loading', samples: [] }));

/** Those that a person is offered: the others come with the lesson that is about them. */
export const offered = (samples: readonly Sample[]): readonly Sample[] => samples.filter(({ exercise }) => exercise !== true);

let loading: Promise<readonly Sample[]> | null = null;

/** The list; fetched once. Empty where the build has none or it cannot be read: samples are never needed. */
export function loadSamples(): Promise<readonly Sample[]> {
  loading ??= fetchFile(new URL('samples/index.json', document.baseURI).href)
    .then(async (blob) => samplesOf(JSON.parse(await blob.text())))
    .then((samples) => { useSamples.setState({ state: 'ready', samples }); return samples; })
    .catch((error: unknown) => {
      if (!(error instanceof FaultError) && !(error instanceof SyntaxError)) throw error;
      useSamples.setState({ state: 'failed' });
      loading = null;
      return [];
    });
  return loading;
}

const isFile = (value: unknown): value is string => isText(value) && /^[\w][\w.-]*$/.test(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** What of a parsed index.json is a sample. An entry that is not, or that points out of its folder, is left out. */
export function samplesOf(json: unknown): Sample[] {
  if (!Array.isArray(json)) return [];
  return json.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { name, title, line, captures, show, packets, layers, mirror, exercise } = entry as Partial<Record<keyof Sample, unknown>>;
    if (!isText(name) || !isText(title) || !/^[\w-]+$/.test(name) || !Array.isArray(captures)) return [];
    const files = captures.filter(isFile).map((file) => ({ file }));
    const first = files[0];
    if (!first) return [];
    return [{
      name, title, line: isText(line) ? line : '', captures: files, show: isText(show) ? show : first.file,
      ...(typeof packets === 'number' ? { packets } : {}), ...(isFile(mirror) ? { mirror } : {}), ...(exercise === true ? { exercise } : {}), ...(Array.isArray(layers) ? { layers: layers.filter(isText) } : {}),
    }];
  });
}

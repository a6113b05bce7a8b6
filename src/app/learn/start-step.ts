// Puts in front of the learner what a step begins with.

import { beginSizes } from '../stores/arithmetic.ts';
import { useCompare } from '../stores/compare.ts';
import { showCapture } from '../stores/captures.ts';
import { applyFilter } from '../stores/filter.ts';
import { useRules } from '../stores/rules.ts';
import { useSelection } from '../stores/selection.ts';
import { useView } from '../stores/view.ts';
import type { Step } from './lesson.ts';
import { haveSample, idOfFile } from './sample-files.ts';

let begun = 0;

/** Once the step's captures are there; a step that is left meanwhile changes nothing more. */
export async function startStep({ start }: Step): Promise<void> {
  const mine = ++begun;
  useView.setState({ piece: null });
  if (start.sample !== undefined) await haveSample(start.sample);
  if (mine !== begun) return;
  const id = (file: string | undefined) => idOfFile(start.sample, file);
  const shown = id(start.capture);
  if (shown !== null) showCapture(shown);
  if (start.view !== 'arithmetic') useSelection.setState({ packet: start.packet ?? null, level: 0, field: start.field ?? '' });
  else beginSizes(); // the packet in view stays: its length can be taken
  applyFilter(start.filter ?? '');
  if (start.rules !== undefined) useRules.setState({ text: start.rules, files: [], ips: false, ours: false });
  if (start.decoding !== undefined) useRules.setState({ vxlanDecoding: start.decoding });
  useCompare.setState({ source: id(start.source), appliance: id(start.appliance), show: start.show ?? 'All', points: [], clock: null });
  useView.setState({ piece: start.view ?? null, sort: null });
}

// The sizes that the sliders of the arithmetic stand at, and the way there with a packet's length.

import { create } from 'zustand';
import type { Sizes } from '../arithmetic/arithmetic.ts';
import { goToStep } from './lesson.ts';
import { chooseTab, LEARN } from './view.ts';

const BEGIN: Sizes = { frame: 1514, source: 1500, target: 9001, ip: 4, tags: 0, kind: 'VXLAN', options: 0 };

export const LEAST_FRAME = 60, MOST_FRAME = 9015;

export const useSizes = create<Sizes>()(() => BEGIN);
export const setFrame = (frame: number): void => useSizes.setState({ frame: Math.min(MOST_FRAME, Math.max(LEAST_FRAME, frame)) });

/** The step of the lessons that is the arithmetic. */
const STEP = 'arithmetic';

let taken: number | null = null; // until the step begins

/** As every step finds them, but for the length of a frame that was taken there. */
export function beginSizes(): void {
  useSizes.setState(BEGIN);
  if (taken !== null) setFrame(taken);
  taken = null;
}

export function takeToArithmetic(frame: number): void {
  taken = frame;
  goToStep(STEP);
  chooseTab(LEARN);
}

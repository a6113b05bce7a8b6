// The packet that was taken to the envelope bench, until it is there.

import { create } from 'zustand';
import { goToStep } from './lesson.ts';
import { chooseTab, LEARN } from './view.ts';

export const useBenchPacket = create<{ readonly bytes: Uint8Array | null }>()(() => ({ bytes: null }));

/** The step of the lessons that is the bench. */
const STEP = 'bench';

export function takeToBench(bytes: Uint8Array): void {
  useBenchPacket.setState({ bytes });
  goToStep(STEP);
  chooseTab(LEARN);
}

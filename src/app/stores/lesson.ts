// Which step of which lesson is in front, and which were done. The lessons themselves are files of the build (`learn/lessons.ts`).

import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface LessonState {
  readonly step: string | null; //  null: the first one
  readonly answer: string; //       to the step's question
}

export const useLesson = create<LessonState>()(() => ({ step: null, answer: '' }));

interface DoneState { readonly done: readonly string[] }

/** Steps that were done in this browser, by their ids. */
export const useDone = create<DoneState>()(persist((): DoneState => ({ done: [] }), { name: 'vxlens.lessons', version: 1 }));

export const goToStep = (step: string | null): void => useLesson.setState({ step, answer: '' });
export const markDone = (step: string): void => { useDone.setState(({ done }) => (done.includes(step) ? { done } : { done: [...done, step] })); };

// The mirror's own rules: what the AWS CLI prints, as text. A mirror session is of one source interface, so they belong to a source: to the captures of one
// sample, or to one capture of the person's.

import { create } from 'zustand';
import type { OpenCapture } from './captures.ts';

export const useMirror = create<{ readonly rules: Readonly<Record<string, string>> }>()(() => ({ rules: {} }));

export const sampleKey = (sample: string): string => `sample ${sample}`;
const keyOf = ({ id, origin }: OpenCapture): string => (origin?.key === 'sample' ? sampleKey(origin.value) : `capture ${id}`);

/** The rules of a source's mirror; null where none were given. */
export const mirrorOf = (source: OpenCapture | undefined, { rules } = useMirror.getState()): string | null => (source === undefined ? null : rules[keyOf(source)] ?? null);

/** Gives a source's mirror its rules, or with null takes them away. */
export const setMirror = (source: OpenCapture, text: string | null): void => setRules(keyOf(source), text);

export function setRules(key: string, text: string | null): void {
  useMirror.setState(({ rules }) => {
    const others = Object.fromEntries(Object.entries(rules).filter(([other]) => other !== key));
    return { rules: text === null ? others : { ...others, [key]: text } };
  });
}

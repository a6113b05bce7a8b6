// The mirror's own rules: what the AWS CLI prints, as text. A mirror session is of one source interface, so they belong to a source: a sample brings those of its
// captures; what the person gives a capture comes before them, and '' says that there are none.

import { create } from 'zustand';
import { useCaptures, type OpenCapture } from './captures.ts';

interface MirrorState {
  readonly ofSample: Readonly<Record<string, string>>;
  readonly ofCapture: Readonly<Record<string, string>>; // by name, as links know captures
}

export const useMirror = create<MirrorState>()(() => ({ ofSample: {}, ofCapture: {} }));

const own = (rules: Readonly<Record<string, string>>, key: string): string | undefined => (Object.hasOwn(rules, key) ? rules[key] : undefined);

/** The rules of a source's mirror; null where there are none. */
export function mirrorOf(source: OpenCapture | undefined, { ofSample, ofCapture } = useMirror.getState()): string | null {
  if (source === undefined) return null;
  const text = own(ofCapture, source.name) ?? (source.origin?.key === 'sample' ? own(ofSample, source.origin.value) : undefined);
  return text === undefined || text === '' ? null : text;
}

/** What the person gave a source's mirror; undefined where nothing. */
export const ownMirrorOf = (source: OpenCapture | undefined): string | undefined => (source === undefined ? undefined : own(useMirror.getState().ofCapture, source.name));

/** Gives a source's mirror rules, none (''), or those that it came with (undefined). */
export const setMirror = ({ name }: OpenCapture, text: string | undefined): void => useMirror.setState(({ ofCapture }) => ({ ofCapture: changed(ofCapture, name, text) }));

/** The rules that a sample brings. */
export const setSampleMirror = (sample: string, text: string | null): void => useMirror.setState(({ ofSample }) => ({ ofSample: changed(ofSample, sample, text ?? undefined) }));

function changed(rules: Readonly<Record<string, string>>, key: string, text: string | undefined): Record<string, string> {
  const others = Object.fromEntries(Object.entries(rules).filter(([other]) => other !== key));
  return text === undefined ? others : { ...others, [key]: text };
}

// A capture takes its rules with it: another of the same name is another source.
useCaptures.subscribe(({ captures }, before) => {
  const gone = before.captures.filter(({ id }) => !captures.some((capture) => capture.id === id));
  for (const capture of gone) if (ownMirrorOf(capture) !== undefined) setMirror(capture, undefined);
});

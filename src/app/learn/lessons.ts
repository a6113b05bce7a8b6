// The build's lessons, as `lessons/index.json` lists them: a static build adds its own there, without a line of code.

import { create } from 'zustand';
import { FaultError } from '../../core/base/fault.ts';
import { fetchFile } from '../../worker/client.ts';
import type { Lesson, LessonFault, Step } from './lesson.ts';
import { readStep } from './read-step.ts';

interface LessonsState {
  readonly state: 'loading' | 'ready' | 'failed';
  readonly lessons: readonly Lesson[];
  readonly steps: Readonly<Record<string, Step>>; // by id
  readonly faults: readonly LessonFault[];
}

export const useLessons = create<LessonsState>()(() => ({ state: 'loading', lessons: [], steps: {}, faults: [] }));

const fileText = async (name: string): Promise<string> => (await fetchFile(new URL(`lessons/${name}`, document.baseURI).href)).text();

const isFile = (value: unknown): value is string => typeof value === 'string' && /^[\w][\w.-]*\.md$/.test(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** What of a parsed index.json is a lesson; the steps' files in their order. What points out of the folder is left out. */
export function lessonsOf(json: unknown): Lesson[] {
  if (!Array.isArray(json)) return [];
  return json.flatMap((entry: unknown) => {
    const { title, line, steps } = (typeof entry === 'object' && entry !== null ? entry : {}) as Partial<Record<'title' | 'line' | 'steps', unknown>>;
    return isText(title) && Array.isArray(steps) ? [{ title, line: isText(line) ? line : '', steps: steps.filter(isFile) }] : [];
  });
}

let loading: Promise<void> | null = null;

/** Reads the list and its files; once. A file that is missing or wrong is told, and the others are there. */
export function loadLessons(): Promise<void> {
  return (loading ??= load().catch((error: unknown) => {
    if (!(error instanceof FaultError) && !(error instanceof SyntaxError)) throw error;
    useLessons.setState({ state: 'failed', faults: [{ file: 'index.json', line: 1, what: error.message }] });
    loading = null;
  }));
}

async function load(): Promise<void> {
  const lessons = lessonsOf(JSON.parse(await fileText('index.json')));
  const files = [...new Set(lessons.flatMap(({ steps }) => steps))];
  const read = await Promise.all(files.map(async (file): Promise<ReturnType<typeof readStep>> => {
    try { return readStep(file, await fileText(file)); } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      return { faults: [{ file, line: 1, what: error.fault.what }] };
    }
  }));
  const steps = Object.fromEntries(read.flatMap((each) => ('step' in each ? [[each.step.id, each.step]] : [])));
  const known = (file: string): boolean => Object.hasOwn(steps, file.replace(/\.md$/, ''));
  useLessons.setState({
    state: 'ready', steps, faults: read.flatMap((each) => ('faults' in each ? each.faults : [])),
    lessons: lessons.map((lesson) => ({ ...lesson, steps: lesson.steps.filter(known).map((file) => file.replace(/\.md$/, '')) })).filter((lesson) => lesson.steps.length > 0),
  });
}

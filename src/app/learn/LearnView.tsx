import { ArrowLeft, ArrowRight, Check, Circle, RotateCcw } from 'lucide-react';
import { Suspense, useCallback, useEffect, useState } from 'react';
import { Room, Split, useWide } from '../shared/Split.tsx';
import { useCaptures } from '../stores/captures.ts';
import { goToStep, markDone, useDone, useLesson } from '../stores/lesson.ts';
import { setStatus, useView } from '../stores/view.ts';
import { CONDITIONS, sidsIn } from './conditions.ts';
import type { Lesson, Step } from './lesson.ts';
import { loadLessons, useLessons } from './lessons.ts';
import { PIECES } from './pieces.tsx';
import { Prose } from './Prose.tsx';
import { startStep } from './start-step.ts';
import { useSnapshot } from './use-snapshot.ts';
import './learn.css';

const BESIDE = 1100; // pixels from which the lesson stands beside what it is about

/** A lesson: its text, and beside it a live piece of the app that it is about. */
export function LearnView() {
  const { state, lessons, steps, faults } = useLessons();
  const asked = useLesson(({ step }) => step);
  useEffect(() => { void loadLessons(); }, []);
  const lesson = lessons.find((each) => asked !== null && each.steps.includes(asked)) ?? lessons[0];
  const step = steps[asked !== null && Object.hasOwn(steps, asked) ? asked : lesson?.steps[0] ?? ''];
  const wide = useWide(BESIDE);
  useEffect(() => { if (step) void startStep(step); }, [step]);
  useEffect(() => { setStatus(lesson && step ? [lesson.title, `step ${lesson.steps.indexOf(step.id) + 1} of ${lesson.steps.length}`] : []); }, [lesson, step]);
  if (state === 'loading') return <p className="empty" role="status">Reading the lessons …</p>;
  const broken = faults.length > 0 && <ul className="lesson-faults" aria-label="Mistakes in the lessons">{faults.map(({ file, line, what }) => <li key={`${file}.${line}.${what}`}><b className="mono">{file}, line {line}</b>: {what}. The other steps are there.</li>)}</ul>;
  if (!lesson || !step) return <div className="empty">{broken || 'There are no lessons in this build.'}</div>;
  const text = <section className="lesson" aria-label="Lesson">{broken}<Head lesson={lesson} step={step} /><StepText key={step.id} step={step} lesson={lesson} /></section>;
  const piece = <Piece />;
  return <Split id={wide ? 'learn' : 'learn-narrow'} orientation={wide ? 'horizontal' : 'vertical'} parts={[{ id: 'lesson', name: 'lesson', size: wide ? 30 : 40, least: wide ? '320px' : '160px', content: text }, { id: 'piece', name: 'what the lesson is about', size: wide ? 70 : 60, least: '240px', content: piece }]} />;
}

/** Which lesson, and where in it. */
function Head({ lesson, step }: { lesson: Lesson; step: Step }) {
  const { lessons, steps } = useLessons();
  const done = useDone((state) => state.done);
  return (
    <div className="lesson-head">
      <select aria-label="Lesson" className="select" value={lesson.title} onChange={({ target }) => goToStep(lessons.find(({ title }) => title === target.value)?.steps[0] ?? null)}>
        {lessons.map(({ title }) => <option key={title}>{title}</option>)}
      </select>
      <ol className="lesson-steps" aria-label="Steps">
        {lesson.steps.map((id, at) => (
          <li key={id}><button type="button" aria-current={id === step.id ? 'step' : undefined} className={done.includes(id) ? 'done' : ''} title={steps[id]?.title} aria-label={`${at + 1}. ${steps[id]?.title ?? id}${done.includes(id) ? ', done' : ''}`} onClick={() => goToStep(id)}>{at + 1}</button></li>
        ))}
      </ol>
    </div>
  );
}

function StepText({ step, lesson }: { step: Step; lesson: Lesson }) {
  const at = lesson.steps.indexOf(step.id);
  const [before, after] = [lesson.steps[at - 1], lesson.steps[at + 1]];
  return (
    <article className="lesson-text">
      <h2>{step.title}</h2>
      <Prose text={step.text} />
      {step.done.length > 0 && <Tasks step={step} />}
      <nav className="lesson-foot" aria-label="Steps beside this one">
        {before !== undefined && <button type="button" className="button" onClick={() => goToStep(before)}><ArrowLeft size={14} aria-hidden />Back</button>}
        <button type="button" className="button quiet" onClick={() => void startStep(step)}><RotateCcw size={14} aria-hidden />Begin this step again</button>
        <span className="spring" />
        {after !== undefined && <button type="button" className="button primary" onClick={() => goToStep(after)}>Next<ArrowRight size={14} aria-hidden /></button>}
      </nav>
    </article>
  );
}

/** What the learner is to do, each ticked as soon as it is so. */
function Tasks({ step }: { step: Step }) {
  const now = useSnapshot(step.start.sample, sidsIn(step));
  const answer = useLesson((lesson) => lesson.answer);
  const met = step.done.map(({ kind, value }) => CONDITIONS[kind]?.met(value, now) === true);
  const all = met.every(Boolean);
  const once = useDone(({ done }) => done.includes(step.id));
  useEffect(() => { if (all) markDone(step.id); }, [all, step.id]);
  return (
    <section className="lesson-tasks" aria-label="To do">
      <ul>
        {step.done.map(({ kind, value }, at) => (
          <li key={kind} className={met[at] ? 'met' : ''}>
            {met[at] ? <Check size={14} aria-label="Done:" /> : <Circle size={14} aria-label="To do:" />}
            {kind === 'answer' ? <label>Your answer <input className="text-input" value={answer} onChange={({ target }) => useLesson.setState({ answer: target.value })} /></label> : <span>{CONDITIONS[kind]?.say(value)}</span>}
          </li>
        ))}
      </ul>
      <p role="status">{all ? 'Done. Go on when you like.' : once ? 'You did this before.' : ''}</p>
    </section>
  );
}

/** The view that the step is about. */
function Piece() {
  const piece = useView((view) => view.piece);
  const open = useCaptures(({ captures }) => captures.length > 0);
  const view = PIECES.find(({ id }) => id === piece);
  const [room, setRoom] = useState<number | null>(null);
  const measure = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setRoom(entry?.contentRect.width ?? null));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  if (!view || !(open || view.alone)) return <p className="empty" role="status">{open ? 'This step is to be read.' : 'The captures of this step are being opened.'}</p>;
  return <div ref={measure} className="view lesson-piece" role="group" aria-label={view.label}>{room !== null && <Room value={room}><Suspense><view.View /></Suspense></Room>}</div>;
}

// The draft of a mirror's rules while the dialog is open.

import { create } from 'zustand';
import { FaultError, faultText } from '../../core/base/fault.ts';
import type { MirrorSummary, RuleText } from '../../worker/compare-protocol.ts';
import { chosenSides, client } from '../compare/compare-run.ts';
import { isUnfinished, useCaptures, type OpenCapture } from '../stores/captures.ts';
import { mirrorOf, setMirror } from '../stores/mirror.ts';
import { tellText } from '../stores/trouble.ts';
import { showTab } from '../stores/view.ts';
import { newRule, rulesJson, type RuleSet } from './rules-json.ts';
import { addedSession, withoutSession, withSession, type SessionText } from './sessions-json.ts';

interface DraftState extends MirrorSummary {
  readonly source: OpenCapture | null; // whose mirror it is; null: the dialog is closed
  readonly text: string; //               the same as JSON; '' where nothing is told
  readonly trouble: string | null; //     why it cannot be used
}

const NOTHING: MirrorSummary & { text: string; trouble: null } = { rules: [], filters: [], others: [], said: [], notes: [], text: '', trouble: null };

export const useDraft = create<DraftState>()(() => ({ ...NOTHING, source: null }));

interface NamedText { readonly name: string; readonly text: string }

/** Opens the dialog with the rules that the source's mirror has now. */
export function openDraft(): void {
  const { source } = chosenSides();
  if (!source) return tellText('Mirror rules belong to a source: open its capture, then the rules again.');
  useDraft.setState({ ...NOTHING, source });
  const text = mirrorOf(source);
  if (text !== null) void read([{ name: 'The rules', text }], text);
}

export const closeDraft = (): void => useDraft.setState({ source: null });

/** Files that belong together, in any order; the dialog is opened for them where it is not. */
export async function loadMirrorFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  if (useDraft.getState().source === null) { await settled(); openDraft(); }
  if (useDraft.getState().source === null) return;
  const texts = await Promise.all(files.map(async (file) => ({ name: file.name === '' ? 'What was pasted' : file.name, text: await file.text() })));
  await read(texts, null);
}

/** Once no capture is being read any more: which one is the source is known then. */
function settled(): Promise<void> {
  const isSettled = (): boolean => !useCaptures.getState().captures.some(isUnfinished);
  return new Promise((resolve) => {
    if (isSettled()) { resolve(); return; }
    const stop = useCaptures.subscribe(() => { if (isSettled()) { stop(); resolve(); } });
  });
}

/** The draft as typed JSON. */
export function editText(text: string): void {
  useDraft.setState({ text });
  if (text.trim() === '') useDraft.setState(NOTHING);
  else void read([{ name: 'The JSON', text }], text);
}

export function editRules(change: Partial<RuleSet>): void {
  useDraft.setState(change);
  const draft = useDraft.getState();
  const text = draft.rules.length + draft.others.length === 0 ? '' : rulesJson(draft);
  useDraft.setState(text === '' ? NOTHING : { text });
  if (text !== '') void ask([{ name: 'The table', text }], ({ said, notes }) => ({ said, notes }));
}

export const editRule = (at: number, change: Partial<RuleText>): void => editRules({ rules: useDraft.getState().rules.map((rule, i) => (i === at ? { ...rule, ...change } : rule)) });
export const deleteRule = (at: number): void => editRules({ rules: useDraft.getState().rules.filter((_, i) => i !== at) });
export function addRule(direction: RuleText['direction']): void {
  const { rules, filters } = useDraft.getState();
  editRules({ rules: [...rules, newRule(rules, direction, filters[0]?.id ?? '')] });
}

export const editSession = (at: number, change: Partial<SessionText>): void => editRules({ others: withSession(useDraft.getState().others, at, change) });
export const deleteSession = (at: number): void => editRules({ others: withoutSession(useDraft.getState().others, at) });
export function addSession(): void {
  const { others, filters } = useDraft.getState();
  editRules({ others: addedSession(others, filters[0]?.id ?? '') });
}

/** Gives the draft to the source's mirror; '' takes its rules away. */
export function giveRules(text: string): void {
  const { source } = useDraft.getState();
  if (source) setMirror(source, text);
  closeDraft();
  showTab('compare');
}

/** Fills the draft from files; with `text` null it becomes one JSON of all. */
const read = (files: readonly NamedText[], text: string | null): Promise<void> => ask(files, (summary) => ({ ...summary, text: text ?? rulesJson(summary) }));

let asked = 0;

/** Has the worker read it; a later question makes an earlier answer worthless. */
async function ask(files: readonly NamedText[], then: (summary: MirrorSummary) => Partial<DraftState>): Promise<void> {
  const mine = ++asked;
  try {
    const summary = await client().call('mirror', { files });
    if (mine === asked) useDraft.setState({ ...then(summary), trouble: null });
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    if (mine === asked) useDraft.setState({ trouble: faultText(error.fault), said: [], notes: [] });
  }
}

const HEAD = 1 << 16;

/** Whether a file that was dropped or pasted is JSON of a mirror: by its content. */
export async function isMirrorFile(file: File): Promise<boolean> {
  const head = await file.slice(0, HEAD).text().catch(() => '');
  return /^\uFEFF?\s*[[{]/.test(head) && /"TrafficMirror|"(In|E)gressFilterRules"/.test(head);
}

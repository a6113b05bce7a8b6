// What can be done with the text of the rules besides typing: print it one way, save it, and add a rule made from a packet.

import { FaultError } from '../../core/base/fault.ts';
import { readableCapture, useShownCapture, captureOf, useCaptures } from '../stores/captures.ts';
import { useRules } from '../stores/rules.ts';
import { useSelection } from '../stores/selection.ts';
import { tell } from '../stores/trouble.ts';
import { showTab } from '../stores/view.ts';
import { callCapture } from '../stores/workers.ts';
import { saveBlob } from '../shared/save.ts';
import { editorControl } from './editor/caret.ts';
import { filesIn } from './rule-files.ts';

async function told<T>(name: string, asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    if (error.fault.code !== 'cancelled') tell(name, error.fault);
    return null;
  }
}

/** Prints every rule one way; what was typed meanwhile is not lost. */
export async function formatText(): Promise<void> {
  const capture = readableCapture();
  const { text } = useRules.getState();
  const printed = capture && await told(capture.name, callCapture(capture.id, 'formatRules', { text }));
  if (typeof printed === 'string' && useRules.getState().text === text) useRules.setState({ text: printed });
}

/** The editor's text as a file, under the name of the file that it was read from where it is one. */
export function saveRules(): void {
  const { text } = useRules.getState();
  const files = filesIn(text);
  saveBlob(new Blob([text], { type: 'text/plain' }), files.length === 1 ? files[0]! : 'vxlens.rules');
}

/** Sids of one's own begin here: what is below belongs to rule sets. */
const FIRST_SID = 1_000_001;

/** The next number that no rule of the editor has. */
export function nextSid(text: string): number {
  const taken = [...text.matchAll(/\bsid\s*:\s*(\d{1,9})/g)].map(([, sid]) => Number(sid));
  return Math.max(FIRST_SID - 1, ...taken.filter((sid) => sid < 2_000_000)) + 1;
}

/** Adds a rule that fires on the selected packet, on the level that is looked at, and shows it. */
export async function addRuleFromPacket(): Promise<void> {
  const capture = captureOf(useCaptures.getState().shown);
  const { packet, level, field } = useSelection.getState();
  if (!capture || packet === null) return;
  const { text, vxlanDecoding } = useRules.getState();
  const request = { packet, level: field === '' ? INNERMOST : level, sid: nextSid(text), vxlanDecoding };
  const rule = await told(capture.name, callCapture(capture.id, 'ruleFromPacket', request));
  if (rule === null) return;
  const before = useRules.getState().text.replace(/\s*$/, '');
  const next = `${before}${before === '' ? '' : '\n'}${rule}\n`;
  useRules.setState({ text: next });
  showTab('rules');
  showWhenThere(next, next.length - rule.length - 1);
}

/** The editor may be loaded first, and is given its new text with the next drawing. */
function showWhenThere(text: string, at: number, tries = 60): void {
  requestAnimationFrame(() => { if (editorControl()?.reveal(text, at) !== true && tries > 0) showWhenThere(text, at, tries - 1); });
}

/** More levels than there are: the innermost one is meant. */
const INNERMOST = 99;

/** The number of the packet that a rule would be made from, null for none. */
export function usePacketForRule(): number | null {
  const capture = useShownCapture();
  const packet = useSelection((selection) => selection.packet);
  return capture ? packet : null;
}

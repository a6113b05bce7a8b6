// Rule files: into the editor, or beside it where they are too large to be edited.

import { FaultError } from '../../core/base/fault.ts';
import { plainText } from '../../core/base/plain-text.ts';
import type { RuleFile } from '../../worker/protocol.ts';
import { useRules } from '../stores/rules.ts';
import { tell } from '../stores/trouble.ts';
import { type NamedText, withFiles } from './rule-files.ts';

/** Of all texts in the editor together; it would not answer to each key at once beyond. */
const MOST_TYPED = 2 ** 20;
/** Looked at of a larger file, to tell text from other data. */
const HEAD = 2 ** 16;

/** Asks for rule files with the browser's own dialog; must follow a press or a key. */
export function chooseRuleFiles(): void {
  const input = document.querySelector<HTMLInputElement>('input[aria-label="Rule files"]');
  input?.click();
}

/** The text of a file, or of its head; null when it is none, which is told. */
async function textOf(name: string, part: Blob): Promise<string | null> {
  try {
    return plainText(new Uint8Array(await part.arrayBuffer()));
  } catch (error) {
    tell(name, error instanceof FaultError ? error.fault : { code: 'read-failed', what: 'The file cannot be read: it was changed, moved or removed since it was chosen', next: 'Choose it again.' });
    return null;
  }
}

const RULE = /^[ \t]*((alert|pass|drop|reject(src|dst|both)?)[ \t]+\S+|(threshold|event_filter|rate_filter|suppress)[ \t]+gen_id)[ \t]+\S/m;

/** Whether a file that was dropped or pasted is one of rules, or a threshold.config: by its content, and where that is nothing but comments by its name. */
export async function isRuleFile(file: File): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer().catch(() => new ArrayBuffer(1))); // what cannot be read is for others to tell
  return !head.includes(0) && (RULE.test(new TextDecoder().decode(head)) || /\.rules$|^threshold\.conf(ig)?$/i.test(file.name));
}

/** Adds the files' rules: those of small ones to the editor's text, under their names; large ones stay beside it. What is no text is told and left out; false when nothing remains. */
export async function loadRuleFiles(given: Iterable<File>): Promise<boolean> {
  const texts: NamedText[] = [];
  const files: RuleFile[] = [];
  let typed = useRules.getState().text.length;
  for (const file of given) {
    const small = typed + file.size <= MOST_TYPED;
    const text = await textOf(file.name, small ? file : file.slice(0, HEAD));
    if (text === null) continue;
    if (small) { texts.push({ name: file.name, text }); typed += file.size; } else files.push({ name: freeName(file.name, files), file });
  }
  const some = texts.length + files.length > 0;
  if (some) useRules.setState(({ text, files: loaded }) => ({ files: [...loaded.filter(({ name }) => !files.some((file) => file.name === name)), ...files], text: texts.length > 0 ? withFiles(text, texts) : text }));
  return some;
}

/** Two files of one name are told apart by a number. */
function freeName(name: string, files: readonly RuleFile[]): string {
  const taken = files.filter((file) => file.name === name || file.name.startsWith(`${name} (`)).length;
  return taken === 0 ? name : `${name} (${taken + 1})`;
}

/** Switches a rule of a loaded file off, or on again; it counts from the next run on. */
export const switchFileRule = (sid: number, on: boolean): void =>
  useRules.setState(({ off }) => ({ off: on ? off.filter((each) => each !== sid) : [...off.filter((each) => each !== sid), sid].sort((a, b) => a - b) }));

export const unloadRuleFile = (name: string): void => useRules.setState(({ files }) => ({ files: files.filter((file) => file.name !== name) }));

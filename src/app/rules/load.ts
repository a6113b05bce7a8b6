// Rule files into the editor.

import { useRules } from '../stores/rules.ts';
import { tellText } from '../stores/trouble.ts';

const MOST_BYTES = 16 << 20; // of a rule file: the editor and the parser answer at once up to here

/** Asks for rule files with the browser's own dialog; must follow a press or a key. */
export function chooseRuleFiles(): void {
  const input = document.querySelector<HTMLInputElement>('input[aria-label="Rule files"]');
  input?.click();
}

/** Replaces the editor's text by the files, one after the other. A file that is too large is told and left out. */
export async function loadRuleFiles(files: Iterable<File>): Promise<void> {
  const texts: string[] = [];
  for (const file of files) {
    if (file.size > MOST_BYTES) {
      tellText(`${file.name} has ${(file.size / 2 ** 20).toFixed(0)} MB, and ${MOST_BYTES >> 20} MB of rules are read here at most. Nothing of it was loaded; the rules in the editor stay. Split the file, or use the command line: vxlens alerts -r FILE -S RULES -l DIR.`);
    } else texts.push(await file.text());
  }
  if (texts.length > 0) useRules.setState({ text: texts.join('\n') });
}

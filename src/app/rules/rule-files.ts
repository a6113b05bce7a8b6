// Several rule files in one editor: each stands under a line with its name, which the editor folds it by.

import { STARTER_RULES } from './starter.ts';

const LINE = /^# file: (.+?)[ \t]*$/gm;

export interface NamedText { readonly name: string; readonly text: string }

/** Names of the files whose rules are in the text. */
export const filesIn = (text: string): string[] => [...text.matchAll(LINE)].map(([, name]) => name!);

/** The text before any file's line, with '' for a name, and each file's. */
function sections(text: string): NamedText[] {
  const marks = [...text.matchAll(LINE)];
  const first = marks[0]?.index ?? text.length;
  return [{ name: '', text: text.slice(0, first) }, ...marks.map((mark, at) => ({ name: mark[1]!, text: text.slice(mark.index + mark[0].length + 1, marks[at + 1]?.index ?? text.length) }))];
}

const withEnd = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
const titled = ({ name, text }: NamedText): string => withEnd(`# file: ${name}\n${text}`);

/** The editor's text with these files in it: one that is there already is replaced, the others follow. The rules that the page begins with give way. */
export function withFiles(before: string, files: readonly NamedText[]): string {
  const kept = before === STARTER_RULES || before.trim() === '' ? [] : sections(before);
  const parts = kept.map((section) => (section.name === '' ? section : files.find(({ name }) => name === section.name) ?? section));
  const added = files.filter(({ name }) => !kept.some((section) => section.name === name));
  return [...parts, ...added].map((section) => (section.name === '' ? withEnd(section.text) : titled(section))).join('');
}

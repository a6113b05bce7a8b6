// Several rule files in one editor: each stands under a line with its name, which the editor folds it by.

import { FILE_LINE } from './editor/rule-at.ts';
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

/** Where a line of the editor's text stands in the file that it was read from, both from 1; '' for text before any file. */
export function placeInFile(text: string, line: number): { readonly file: string; readonly line: number } {
  const before = text.split('\n', line - 1);
  const head = before.findLastIndex((each) => FILE_LINE.test(each));
  return head < 0 ? { file: '', line } : { file: FILE_LINE.exec(before[head]!)![1]!, line: line - head - 1 };
}

/** "web.rules:12": a line of a loaded file, or, with '' for a file, of the editor's text. What stands there in no file has the editor for a name. */
export function placeText(text: string, file: string, line: number): string {
  const place = file === '' ? placeInFile(text, line) : { file, line };
  return `${place.file || 'editor'}:${place.line}`;
}

/** A message that names another line of the text says where that is in its file. */
export const inItsFile = (text: string, message: string): string => message.replace(/(?<=is there already, )in line (\d+)(?: of the editor)?(?=\.)/, (_, line: string) => `at ${placeText(text, '', Number(line))}`);

const withEnd = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
const titled = ({ name, text }: NamedText): string => withEnd(`# file: ${name}\n${text}`);

/** The editor's text with these files in it: one that is there already is replaced, the others follow. The rules that the page begins with give way. */
export function withFiles(before: string, files: readonly NamedText[]): string {
  const kept = before === STARTER_RULES || before.trim() === '' ? [] : sections(before);
  const parts = kept.map((section) => (section.name === '' ? section : files.find(({ name }) => name === section.name) ?? section));
  const added = files.filter(({ name }) => !kept.some((section) => section.name === name));
  return [...parts, ...added].map((section) => (section.name === '' ? withEnd(section.text) : titled(section))).join('');
}

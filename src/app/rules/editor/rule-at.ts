// Which lines of the editor are a rule, and which a rule that is switched off. Only lines are told apart here; what they say, the worker reads.

import type { Text } from '@codemirror/state';

/** A rule's lines, whole: [from..to) in the document, `first` its first line, from 1. */
export interface RuleLines { readonly from: number; readonly to: number; readonly first: number; readonly last: number; readonly text: string; readonly off: boolean }

const COMMENT = /^\s*#/;
/** A comment that was a rule, as rule sets ship those that are not in use. */
const OFF = /^\s*#+\s*(?:alert|pass|drop|reject(?:src|dst|both)?)\s+\S+\s+\S/;
const CONTINUES = /\\\s*$/;
/** So many lines of one rule are looked at. */
const MOST_LINES = 500;

/** Lines at the head of each file's rules; the words after the colon are its name. */
export const FILE_LINE = /^# file: (.+?)\s*$/;

const continues = (doc: Text, line: number): boolean => line >= 1 && CONTINUES.test(doc.line(line).text);

/** The rule that a line belongs to; null for an empty line and for a comment that is none. */
export function ruleAtLine(doc: Text, line: number): RuleLines | null {
  const off = COMMENT.test(doc.line(line).text);
  let first = line;
  while (line - first < MOST_LINES && continues(doc, first - 1) && COMMENT.test(doc.line(first - 1).text) === off) first--;
  if (off && !OFF.test(doc.line(first).text)) return null;
  if (!off && doc.line(first).text.trim() === '') return null;
  let last = line;
  while (last < doc.lines && last - line < MOST_LINES && continues(doc, last) && (!off || COMMENT.test(doc.line(last + 1).text))) last++;
  const [from, to] = [doc.line(first).from, doc.line(last).to];
  return { from, to, first, last, off, text: doc.sliceString(from, to) };
}

/** What turns a rule off, as a comment, or on again. */
export function toggled(doc: Text, { first, last, off }: RuleLines): { from: number; to: number; insert: string }[] {
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const line = doc.line(first + i);
    if (!off) return { from: line.from, to: line.from, insert: '# ' };
    const mark = /^\s*#+ ?/.exec(line.text)?.[0].length ?? 0;
    return { from: line.from, to: line.from + mark, insert: '' };
  });
}

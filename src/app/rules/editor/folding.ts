// What can be folded: the rules of a file, and a rule of several lines.

import { codeFolding, foldGutter, foldService } from '@codemirror/language';
import type { EditorState, Extension } from '@codemirror/state';
import { FILE_LINE, ruleAtLine } from './rule-at.ts';

function foldAt({ doc }: EditorState, lineStart: number): { from: number; to: number } | null {
  const line = doc.lineAt(lineStart);
  if (FILE_LINE.test(line.text)) {
    let last = line.number;
    while (last < doc.lines && !FILE_LINE.test(doc.line(last + 1).text)) last++;
    return last > line.number ? { from: line.to, to: doc.line(last).to } : null;
  }
  if (!/\\\s*$/.test(line.text)) return null;
  const rule = ruleAtLine(doc, line.number);
  return rule && rule.first === line.number && rule.last > rule.first ? { from: line.to, to: rule.to } : null;
}

export const folding: Extension = [codeFolding({ placeholderText: '…' }), foldGutter({ openText: '⌄', closedText: '›' }), foldService.of(foldAt)];

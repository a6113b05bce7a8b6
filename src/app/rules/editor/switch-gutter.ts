// A mark beside each rule that switches it off and on: a rule that is off is a comment, as rule sets have it, so that the text says it all.

import type { Extension } from '@codemirror/state';
import { type EditorView, gutter, GutterMarker } from '@codemirror/view';
import { ruleAtLine, type RuleLines, toggled } from './rule-at.ts';

class SwitchMark extends GutterMarker {
  readonly off: boolean;
  constructor(off: boolean) { super(); this.off = off; }
  override eq(other: SwitchMark): boolean { return other.off === this.off; }
  override toDOM(): Node {
    const mark = document.createElement('span');
    mark.className = `rule-switch ${this.off ? 'off' : 'on'}`;
    mark.title = this.off ? 'This rule is off; press to switch it on' : 'Press to switch this rule off';
    return mark;
  }
}
const MARKS = { on: new SwitchMark(false), off: new SwitchMark(true) };

/** Switches the rule of a line, or those of the selection, off or on: all as the first of them is turned. */
export function switchRules(view: EditorView, lines?: readonly [number, number]): boolean {
  const { doc, selection } = view.state;
  const [from, to] = lines ?? [doc.lineAt(selection.main.from).number, doc.lineAt(selection.main.to).number];
  const found: RuleLines[] = [];
  for (let line = from; line <= to; line++) {
    const rule = ruleAtLine(doc, line);
    if (rule) { found.push(rule); line = rule.last; }
  }
  const changes = found.filter(({ off }) => off === found[0]!.off).flatMap((rule) => toggled(doc, rule));
  if (changes.length > 0) view.dispatch({ changes, userEvent: 'input.toggle' });
  return changes.length > 0;
}

export const switchGutter: Extension = gutter({
  class: 'cm-switch-gutter',
  lineMarker(view, block) {
    const line = view.state.doc.lineAt(block.from).number;
    const rule = ruleAtLine(view.state.doc, line);
    return rule && rule.first === line ? MARKS[rule.off ? 'off' : 'on'] : null;
  },
  initialSpacer: () => MARKS.on,
  domEventHandlers: {
    mousedown(view, block) {
      const line = view.state.doc.lineAt(block.from).number;
      return switchRules(view, [line, line]);
    },
  },
});

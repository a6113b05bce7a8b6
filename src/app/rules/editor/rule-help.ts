// Completion and documentation in the editor: both ask the worker of a capture, which reads them from the keywords' own records.

import { autocompletion, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import type { Extension, Text } from '@codemirror/state';
import { hoverTooltip, type Tooltip } from '@codemirror/view';
import { FaultError } from '../../../core/base/fault.ts';
import type { KeywordHelp, RuleHelp } from '../../../worker/protocol.ts';
import { readableCapture } from '../../stores/captures.ts';
import { useRules } from '../../stores/rules.ts';
import { callCapture } from '../../stores/workers.ts';
import { ruleAtLine, type RuleLines } from './rule-at.ts';

/** Null where there is no rule, no capture whose worker could be asked, or it cannot answer now. */
export async function helpAt(doc: Text, pos: number): Promise<(RuleHelp & { readonly rule: RuleLines }) | null> {
  const rule = ruleAtLine(doc, doc.lineAt(pos).number);
  const capture = readableCapture();
  if (!rule || rule.off || !capture) return null;
  try {
    return { rule, ...await callCapture(capture.id, 'ruleHelp', { text: rule.text, caret: pos - rule.from, ours: useRules.getState().ours }) };
  } catch (error) {
    if (error instanceof FaultError) return null;
    throw error;
  }
}

/** After these a word may begin that somebody would like to see offered. */
const BEGINS = /[:,$[!|]$/;

async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const { doc } = context.state;
  const help = await helpAt(doc, context.pos);
  if (!help || context.aborted || help.words.length === 0) return null;
  const from = help.rule.from + help.from;
  if (!context.explicit && from === context.pos && !BEGINS.test(doc.sliceString(Math.max(0, from - 1), from))) return null;
  const options = help.words.map(({ text, detail, insert }): Completion => ({ label: text, detail, apply: insert === text ? text : applied(doc, help.rule.from + help.to, insert) }));
  return { from, to: help.rule.from + help.to, options, validFor: /^\$?[\w.-]*$/ };
}

/** A colon or semicolon that stands there already is not typed twice. */
const applied = (doc: Text, end: number, insert: string): string => (/^\s*[:;]/.test(doc.sliceString(end, end + 4)) ? insert.replace(/[:;]"?$/, '') : insert);

/** The documentation of a keyword as elements: nothing of a rule becomes markup. */
function documentation({ name, form, summary, note }: KeywordHelp): HTMLElement {
  const box = document.createElement('div');
  box.className = 'rule-doc';
  const parts: readonly (readonly [tag: string, text: string])[] = [['code', form === '' ? name : form], ['p', summary], ['p', note]];
  for (const [tag, text] of parts) if (text !== '') box.appendChild(document.createElement(tag)).textContent = text;
  return box;
}

const hover = hoverTooltip(async (view, pos): Promise<Tooltip | null> => {
  const help = await helpAt(view.state.doc, pos);
  return help?.help ? { pos: help.rule.from + help.from, end: help.rule.from + help.to, above: true, create: () => ({ dom: documentation(help.help!) }) } : null;
});

export const ruleHelp: Extension = [autocompletion({ override: [complete], icons: false, maxRenderedOptions: 60 }), hover];

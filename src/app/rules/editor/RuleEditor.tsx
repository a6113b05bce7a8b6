import { completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, foldKeymap, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { EditorState, type Extension, type Text } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import type { RuleMistake } from '../../../worker/protocol.ts';
import { setEditor, useCaret } from './caret.ts';
import { completionList } from './completion-list.ts';
import { folding } from './folding.ts';
import { ruleAtLine } from './rule-at.ts';
import { ruleHelp } from './rule-help.ts';
import { ruleLanguage } from './rule-language.ts';
import { switchGutter, switchRules } from './switch-gutter.ts';
import './rule-editor.css';

interface Props {
  readonly text: string;
  readonly mistakes: readonly RuleMistake[];
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
}

/** Ink only, weight and shade: the hues belong to packets. */
const shades = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--ink-3)' },
  { tag: tags.keyword, fontWeight: '700' },
  { tag: tags.propertyName, color: 'var(--ink-3)' },
  { tag: tags.variableName, color: 'var(--ink-2)', fontStyle: 'italic' },
  { tag: tags.string, color: 'var(--ink)' },
  { tag: tags.operator, color: 'var(--ink-2)' },
]);

const nonce = (): string => document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';

/** The lines of the rules are followed by what is said below the editor. */
function followCaret({ doc, selection }: EditorState): void {
  const rule = ruleAtLine(doc, doc.lineAt(selection.main.head).number);
  useCaret.setState({ rule, caret: rule ? selection.main.head - rule.from : 0 });
}

const EXTENSIONS: Extension = [
  lineNumbers(), switchGutter, folding, history(), drawSelection(), highlightActiveLine(), bracketMatching(), lintGutter(), ruleHelp, completionList,
  ruleLanguage, syntaxHighlighting(shades),
  keymap.of([{ key: 'Mod-/', run: (view) => switchRules(view) }, ...completionKeymap, ...lintKeymap, ...foldKeymap, ...defaultKeymap, ...historyKeymap]),
  EditorView.contentAttributes.of({ 'aria-label': 'Rules', spellcheck: 'false', autocapitalize: 'off', autocorrect: 'off' }),
  EditorView.domEventHandlers({ drop: (event) => hasFiles(event.dataTransfer), paste: (event) => hasFiles(event.clipboardData) }), // files are the page's to take
];

/** The text box "Rules", as an editor: mistakes stand in the line they are in. */
export default function RuleEditor({ text, mistakes, onChange, onRun }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const firstText = useRef(text);
  const calls = useRef({ onChange, onRun });
  useEffect(() => { calls.current = { onChange, onRun }; });

  useEffect(() => {
    const editor = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: firstText.current,
        extensions: [
          EditorView.cspNonce.of(nonce()), keymap.of([{ key: 'Mod-Enter', run: () => { calls.current.onRun(); return true; } }]), EXTENSIONS,
          EditorView.updateListener.of((update) => {
            if (update.docChanged) calls.current.onChange(update.state.doc.toString());
            if (update.docChanged || update.selectionSet) followCaret(update.state);
          }),
        ],
      }),
    });
    view.current = editor;
    setEditor({ reveal: (wanted, at) => reveal(editor, wanted, at), goTo: (line, column) => show(editor, placeOf(editor.state.doc, line, column)) });
    followCaret(editor.state);
    return () => { editor.destroy(); view.current = null; setEditor(null); };
  }, []); // the editor owns its text from then on; another text is given to it below

  useEffect(() => { if (view.current) giveText(view.current, text); }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (editor) editor.dispatch(setDiagnostics(editor.state, mistakes.map((mistake) => diagnosticOf(editor.state.doc, mistake))));
  }, [mistakes, text]);

  return <div ref={host} className="rule-editor" />;
}

/** Another text that begins and ends as the one before is a change in its middle, so that cursor, folds and history stay. */
function giveText(editor: EditorView, text: string): void {
  const before = editor.state.doc.toString();
  if (before === text) return;
  const most = Math.min(before.length, text.length);
  let head = 0;
  while (head < most && before[head] === text[head]) head++;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === text[text.length - 1 - tail]) tail++;
  editor.dispatch({ changes: { from: head, to: before.length - tail, insert: text.slice(head, text.length - tail) } });
}

function reveal(editor: EditorView, text: string, at: number): boolean {
  if (editor.state.doc.toString() !== text) return false;
  show(editor, at);
  return true;
}

function show(editor: EditorView, at: number): void {
  editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
  editor.focus();
}

/** The character at a line and column, both from 1. */
function placeOf(doc: Text, line: number, column: number): number {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(at.from + Math.max(column - 1, 0), at.to);
}

const hasFiles = (data: DataTransfer | null): boolean => data?.types.includes('Files') ?? false;

function diagnosticOf(doc: Text, { line, column, length, message }: RuleMistake): Diagnostic {
  const from = placeOf(doc, line, column);
  return { from, to: Math.min(from + Math.max(length, 1), doc.length), severity: 'error', message };
}

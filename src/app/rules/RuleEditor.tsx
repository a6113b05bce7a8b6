import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { EditorState, type Text } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import type { RuleMistake } from '../../worker/protocol.ts';
import { ruleLanguage } from './rule-language.ts';
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
          EditorView.cspNonce.of(nonce()), lineNumbers(), history(), drawSelection(), highlightActiveLine(), bracketMatching(), lintGutter(),
          ruleLanguage, syntaxHighlighting(shades),
          keymap.of([{ key: 'Mod-Enter', run: () => { calls.current.onRun(); return true; } }, ...defaultKeymap, ...historyKeymap]),
          EditorView.contentAttributes.of({ 'aria-label': 'Rules', spellcheck: 'false', autocapitalize: 'off', autocorrect: 'off' }),
          EditorView.domEventHandlers({ drop: (event) => hasFiles(event.dataTransfer), paste: (event) => hasFiles(event.clipboardData) }), // files are the page's to take
          EditorView.updateListener.of((update) => {
            if (update.docChanged) calls.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => { editor.destroy(); view.current = null; };
  }, []); // the editor owns its text from then on; another text is given to it below

  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== text) editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (editor) editor.dispatch(setDiagnostics(editor.state, mistakes.map((mistake) => diagnosticOf(editor.state.doc, mistake))));
  }, [mistakes, text]);

  return <div ref={host} className="rule-editor" />;
}

const hasFiles = (data: DataTransfer | null): boolean => data?.types.includes('Files') ?? false;

function diagnosticOf(doc: Text, { line, column, length, message }: RuleMistake): Diagnostic {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const from = Math.min(at.from + Math.max(column - 1, 0), at.to);
  return { from, to: Math.min(from + Math.max(length, 1), doc.length), severity: 'error', message };
}

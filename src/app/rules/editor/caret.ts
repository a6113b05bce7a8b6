// Where the editor's cursor is, for what stands below it, and a way for commands to reach the editor that is on screen.

import { create } from 'zustand';
import type { RuleLines } from './rule-at.ts';

interface CaretState { readonly rule: RuleLines | null; readonly caret: number } // characters from the rule's start

export const useCaret = create<CaretState>()(() => ({ rule: null, caret: 0 }));

/** What others may do with the editor that is on screen. */
export interface EditorControl {
  /** Puts the cursor at a place of this text and shows it; false when the editor has another text. */
  readonly reveal: (text: string, at: number) => boolean;
  /** Puts the cursor at a line and column, both from 1, and shows it; the nearest place where there is no such one. */
  readonly goTo: (line: number, column: number) => void;
}

let control: EditorControl | null = null;
export const setEditor = (editor: EditorControl | null): void => { control = editor; };
export const editorControl = (): EditorControl | null => control;

// What can stand beside the text of a step: the views of captures, and what is about no capture.

import { lazy } from 'react';
import { CAPTURE_VIEWS, type View } from '../capture-views.tsx';

const Bench = lazy(async () => ({ default: (await import('../bench/BenchView.tsx')).BenchView }));
const Arithmetic = lazy(async () => ({ default: (await import('../arithmetic/ArithmeticView.tsx')).ArithmeticView }));

export const PIECES: readonly View[] = [...CAPTURE_VIEWS, { id: 'bench', label: 'Envelope bench', View: Bench, main: ['.bench [role=treeitem]'], alone: true }, { id: 'arithmetic', label: 'The arithmetic', View: Arithmetic, main: ['.arithmetic input'], alone: true }];

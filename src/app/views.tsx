// The views, in the order of their tabs. Only what works is here.

import { lazy } from 'react';
import { CAPTURE_VIEWS, type View } from './capture-views.tsx';

const Learn = lazy(async () => ({ default: (await import('./learn/LearnView.tsx')).LearnView }));

export const VIEWS: readonly View[] = [...CAPTURE_VIEWS, { id: 'learn', label: 'Learn', View: Learn, main: ['.lesson-text button'], alone: true }];

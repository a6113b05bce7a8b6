import type { Keyword } from './keyword.ts';

/** It chooses which keyword is evaluated first and never changes what matches. */
export const prefilter: Keyword = { names: ['prefilter'], summary: 'Evaluates the keyword before it first; never changes what matches.', form: 'prefilter;', value: 'none', read: () => {} };

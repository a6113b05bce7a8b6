import { contentModifier } from './content-modifier.ts';

export const nocase = contentModifier({
  name: 'nocase', summary: 'The content before it may stand in capital or small letters.', form: 'nocase;', value: 'none',
  apply: (content) => { content.nocase = true; },
});

import { contentModifier, refuseWith } from './content-modifier.ts';

export const endswith = contentModifier({
  name: 'endswith', summary: 'The content before it stands at the very end of the buffer.', form: 'endswith;', value: 'none',
  apply(content, option) {
    refuseWith(option, content, ['endswith']);
    content.endswith = true;
  },
});

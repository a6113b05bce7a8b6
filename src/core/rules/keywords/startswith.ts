import { contentModifier, refuseWith } from './content-modifier.ts';

export const startswith = contentModifier({
  name: 'startswith', summary: 'The content before it stands at the very start of the buffer.', form: 'startswith;', value: 'none',
  apply(content, option) {
    refuseWith(option, content, ['startswith', 'depth', 'offset', 'within', 'distance']);
    content.startswith = true;
  },
});

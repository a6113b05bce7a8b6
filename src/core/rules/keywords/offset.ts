import { contentModifier, readAmount, refuseWith } from './content-modifier.ts';

export const offset = contentModifier({
  name: 'offset', summary: 'The content before it stands at this byte of the buffer or later.', form: 'offset:N;', value: 'required',
  apply(content, option, rule) {
    refuseWith(option, content, ['offset', 'distance', 'within', 'startswith']);
    content.offset = readAmount(option, rule, 0);
  },
});

import { contentModifier, readAmount, refuseWith } from './content-modifier.ts';

export const distance = contentModifier({
  name: 'distance', summary: 'The content before it starts at least this many bytes after the end of the match before.', form: 'distance:N;', value: 'required',
  apply(content, option, rule) {
    refuseWith(option, content, ['distance', 'offset', 'depth', 'startswith']);
    content.distance = readAmount(option, rule, -1_048_576);
  },
});

import { RuleError } from '../rule-error.ts';
import { contentModifier, readAmount, refuseWith } from './content-modifier.ts';

export const depth = contentModifier({
  name: 'depth', summary: 'The content before it lies whole in this many bytes, counted from offset.', form: 'depth:N;', value: 'required',
  apply(content, option, rule) {
    refuseWith(option, content, ['depth', 'distance', 'within', 'startswith']);
    const amount = readAmount(option, rule, 0);
    if (amount.variable < 0 && amount.value < content.pattern.length) {
      throw new RuleError(`A depth of ${amount.value} is less than the ${content.pattern.length} bytes of the content`, option.valueAt, option.value?.length ?? 1, 'Make it the length of the content at least.');
    }
    content.depth = amount;
  },
});

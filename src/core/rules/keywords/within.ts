import { RuleError } from '../rule-error.ts';
import { contentModifier, readAmount, refuseWith } from './content-modifier.ts';

export const within = contentModifier({
  name: 'within', summary: 'The content before it lies whole within this many bytes after the match before and distance.', form: 'within:N;', value: 'required',
  apply(content, option, rule) {
    refuseWith(option, content, ['within', 'offset', 'depth', 'startswith']);
    const amount = readAmount(option, rule, -1_048_576);
    if (amount.variable < 0 && amount.value < content.pattern.length) {
      throw new RuleError(`A within of ${amount.value} is less than the ${content.pattern.length} bytes of the content`, option.valueAt, option.value?.length ?? 1, 'Make it the length of the content at least.');
    }
    content.within = amount;
  },
});

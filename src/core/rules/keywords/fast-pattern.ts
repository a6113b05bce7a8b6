import { RuleError } from '../rule-error.ts';
import { contentModifier } from './content-modifier.ts';

/** It chooses what is searched first and never changes what matches. */
export const fastPattern = contentModifier({
  name: 'fast_pattern', summary: 'Searches the content before it first; never changes what matches.', form: 'fast_pattern[:only|:OFFSET,LENGTH];', value: 'optional',
  apply(content, option) {
    if (option.value !== null && !/^(only|\d+\s*,\s*\d+)$/.test(option.value)) {
      throw new RuleError(`“${option.value}” is no form of fast_pattern`, option.valueAt, option.value.length, 'Write fast_pattern; or fast_pattern:only; or fast_pattern:OFFSET,LENGTH;.');
    }
    content.fastPattern = true;
  },
});

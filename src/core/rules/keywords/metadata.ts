import type { Keyword } from './keyword.ts';

export const metadata: Keyword = {
  names: ['metadata'], summary: 'Pairs of key and value that an alert carries along.', form: 'metadata:KEY VALUE[, KEY VALUE];', value: 'required',
  read(option, rule) {
    for (const pair of (option.value ?? '').replace(/^"(.*)"$/, '$1').split(',')) {
      const [, key = '', value = ''] = /^\s*(\S+)\s*(.*?)\s*$/.exec(pair) ?? [];
      if (key !== '') rule.metadata.push({ key, value });
    }
  },
};

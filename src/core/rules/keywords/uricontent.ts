import { appBuffer } from '../app-layer/all-buffers.ts';
import { readContent } from './content.ts';
import type { Keyword } from './keyword.ts';

const uri = appBuffer('http.uri');

export const uricontent: Keyword = {
  names: ['uricontent'], summary: 'Bytes that must occur in the normalised URI, or with ! must not: the older form of http.uri with a content.', form: 'uricontent:[!]"TEXT|HEX HEX|";', value: 'required',
  read(option, rule) { rule.partIn(uri, readContent(option)); },
};

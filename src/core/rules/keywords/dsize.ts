import { numberKeyword } from './number-keyword.ts';

export const dsize = numberKeyword({
  names: ['dsize'], summary: 'The length of the payload compares.', label: 'the length of the payload', max: 65_535, width: 0,
  value: (p) => (p.ipVersion === 0 ? -1 : p.payloadLength),
  place: (p) => p.payload,
});

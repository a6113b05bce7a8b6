import { u16 } from '../../bytes/read.ts';
import { numberKeyword } from './number-keyword.ts';

export const ipId = numberKeyword({
  names: ['id'], summary: 'The identification of the IPv4 header compares.', label: 'the IPv4 identification', max: 65_535, width: 2,
  value: (p) => (p.ipVersion === 4 ? u16(p.bytes, p.ip + 4) : -1),
  place: (p) => p.ip + 4,
});

import { u8 } from '../../bytes/read.ts';
import { numberKeyword } from './number-keyword.ts';

export const tos = numberKeyword({
  names: ['tos'], summary: 'The type of service byte of IPv4 (DSCP and ECN) compares.', label: 'the type of service', max: 255, width: 1, bareHex: true,
  value: (p) => (p.ipVersion === 4 ? u8(p.bytes, p.ip + 1) : -1),
  place: (p) => p.ip + 1,
});

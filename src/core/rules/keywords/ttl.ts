import { u8 } from '../../bytes/read.ts';
import { numberKeyword } from './number-keyword.ts';

export const ttl = numberKeyword({
  names: ['ttl'], summary: 'The time to live of IPv4 or the hop limit of IPv6 compares.', label: 'the time to live', max: 255, width: 1,
  value: (p) => (p.ipVersion === 0 ? -1 : u8(p.bytes, p.ip + (p.ipVersion === 4 ? 8 : 7))),
  place: (p) => p.ip + (p.ipVersion === 4 ? 8 : 7),
});

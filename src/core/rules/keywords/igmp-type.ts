import { u8 } from '../../bytes/read.ts';
import { numberKeyword } from './number-keyword.ts';

export const igmpType = numberKeyword({
  names: ['igmp.type'], summary: 'The type of an IGMP message compares.', label: 'the IGMP type', max: 255, width: 1,
  value: (p) => (p.protocol === 2 && p.transport >= 0 ? u8(p.bytes, p.transport) : -1),
  place: (p) => p.transport,
});

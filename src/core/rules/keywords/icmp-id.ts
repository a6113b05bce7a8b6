import { u16 } from '../../bytes/read.ts';
import { numberKeyword } from './number-keyword.ts';
import { hasEchoHeader } from './icmp-echo.ts';

export const icmpId = numberKeyword({
  names: ['icmp_id'], summary: 'The identifier of an ICMP message that has one, as an echo has, compares.', label: 'the ICMP identifier', max: 65_535, width: 2,
  value: (p) => (hasEchoHeader(p) ? u16(p.bytes, p.transport + 4) : -1),
  place: (p) => p.transport + 4,
});

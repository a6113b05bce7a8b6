import { u16 } from '../../bytes/read.ts';
import { hasEchoHeader } from './icmp-echo.ts';
import { numberKeyword } from './number-keyword.ts';

export const icmpSeq = numberKeyword({
  names: ['icmp_seq'], summary: 'The sequence number of an ICMP message that has one, as an echo has, compares.', label: 'the ICMP sequence number', max: 65_535, width: 2,
  value: (p) => (hasEchoHeader(p) ? u16(p.bytes, p.transport + 6) : -1),
  place: (p) => p.transport + 6,
});

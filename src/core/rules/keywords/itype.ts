import { u8 } from '../../bytes/read.ts';
import { numberKeyword } from './number-keyword.ts';

export const itype = numberKeyword({
  names: ['itype'], summary: 'The ICMP or ICMPv6 type compares.', label: 'the ICMP type', max: 255, width: 1,
  value: (p) => (p.isIcmp && p.transport >= 0 ? u8(p.bytes, p.transport) : -1),
  place: (p) => p.transport,
});

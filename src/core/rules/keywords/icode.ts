import { u8 } from '../../bytes/read.ts';
import { numberKeyword } from './number-keyword.ts';

export const icode = numberKeyword({
  names: ['icode'], summary: 'The ICMP or ICMPv6 code compares.', label: 'the ICMP code', max: 255, width: 1,
  value: (p) => (p.isIcmp && p.transport >= 0 ? u8(p.bytes, p.transport + 1) : -1),
  place: (p) => p.transport + 1,
});

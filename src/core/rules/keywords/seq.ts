import { u32 } from '../../bytes/read.ts';
import { numberKeyword } from './number-keyword.ts';

export const seq = numberKeyword({
  names: ['tcp.seq', 'seq'], summary: 'The TCP sequence number compares.', label: 'the TCP sequence number', max: 4_294_967_295, width: 4,
  value: (p) => (p.isTcp ? u32(p.bytes, p.transport + 4) : -1),
  place: (p) => p.transport + 4,
});

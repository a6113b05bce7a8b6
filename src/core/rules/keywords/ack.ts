import { u32 } from '../../bytes/read.ts';
import { numberKeyword } from './number-keyword.ts';

export const ack = numberKeyword({
  names: ['tcp.ack', 'ack'], summary: 'The TCP acknowledgment number compares.', label: 'the TCP acknowledgment number', max: 4_294_967_295, width: 4,
  value: (p) => (p.isTcp ? u32(p.bytes, p.transport + 8) : -1),
  place: (p) => p.transport + 8,
});

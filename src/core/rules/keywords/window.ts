import { u16 } from '../../bytes/read.ts';
import { numberKeyword } from './number-keyword.ts';

export const window = numberKeyword({
  names: ['tcp.window', 'window'], summary: 'The window of the TCP header compares, as it is written there.', label: 'the TCP window', max: 65_535, width: 2,
  value: (p) => (p.isTcp ? u16(p.bytes, p.transport + 14) : -1),
  place: (p) => p.transport + 14,
});

import { u8 } from '../../bytes/read.ts';
import { numberKeyword } from './number-keyword.ts';
import { tcpOption } from './tcp-option.ts';

export const tcpWscale = numberKeyword({
  names: ['tcp.wscale'], summary: 'The window scale that TCP offers compares.', label: 'the window scale', max: 255, width: 1,
  value(p) {
    const at = tcpOption(p, 3);
    return at < 0 || u8(p.bytes, at + 1) !== 3 ? -1 : u8(p.bytes, at + 2);
  },
  place: (p) => tcpOption(p, 3) + 2,
});

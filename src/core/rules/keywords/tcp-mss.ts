import { u16, u8 } from '../../bytes/read.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { numberKeyword } from './number-keyword.ts';
import { tcpOption } from './tcp-option.ts';

const place = (p: PacketView): number => tcpOption(p, 2);

export const tcpMss = numberKeyword({
  names: ['tcp.mss'], summary: 'The maximum segment size that TCP offers compares.', label: 'the maximum segment size', max: 65_535, width: 2,
  value(p) {
    const at = place(p);
    return at < 0 || u8(p.bytes, at + 1) !== 4 ? -1 : u16(p.bytes, at + 2);
  },
  place: (p) => place(p) + 2,
});

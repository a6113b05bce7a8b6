import { u16 } from '../../bytes/read.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { numberKeyword } from './number-keyword.ts';
import { fragmentHeader } from './fragbits.ts';

/** In units of eight bytes, as the header has it. */
const value = (p: PacketView): number => {
  if (p.ipVersion === 4) return u16(p.bytes, p.ip + 6) & 0x1fff;
  const at = fragmentHeader(p);
  return at < 0 ? -1 : u16(p.bytes, at + 2) >> 3;
};

export const fragoffset = numberKeyword({
  names: ['fragoffset'], summary: 'The fragment offset compares, in units of eight bytes.', label: 'the fragment offset', max: 65_535, width: 2,
  value, place: (p) => (p.ipVersion === 4 ? p.ip + 6 : fragmentHeader(p) + 2),
});

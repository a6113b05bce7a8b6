import { u32, u8 } from '../../bytes/read.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { ICMPV6 } from '../packet/packet-view.ts';
import { numberKeyword } from './number-keyword.ts';

const PACKET_TOO_BIG = 2; // RFC 4443 section 3.2

export const icmpv6Mtu = numberKeyword({
  names: ['icmpv6.mtu'], summary: 'The MTU that an ICMPv6 “packet too big” tells compares.', label: 'the MTU told', max: 4_294_967_295, width: 4,
  value: (p: PacketView) => (p.protocol === ICMPV6 && p.transport >= 0 && u8(p.bytes, p.transport) === PACKET_TOO_BIG ? u32(p.bytes, p.transport + 4) : -1),
  place: (p) => p.transport + 4,
});

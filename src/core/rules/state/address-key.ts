import { u32 } from '../../bytes/read.ts';
import type { PacketView } from '../packet/packet-view.ts';

/** Whom something that is remembered belongs to. */
export type Side = 'source' | 'destination' | 'pair';

const one = (p: PacketView, at: number): string => {
  let key = p.ipVersion === 4 ? '4' : '6';
  for (let i = 0; i < (p.ipVersion === 4 ? 4 : 16); i += 4) key += `.${u32(p.bytes, at + i)}`;
  return key;
};

/** A text that stands for an address of an IP packet, or for both in either order. The same address inside and outside a tunnel is the same host. */
export function addressKey(p: PacketView, side: Side): string {
  if (side === 'source') return one(p, p.sourceAddress);
  if (side === 'destination') return one(p, p.destinationAddress);
  const [a, b] = [one(p, p.sourceAddress), one(p, p.destinationAddress)];
  return a < b ? `${a}-${b}` : `${b}-${a}`;
}

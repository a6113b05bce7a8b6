// A way that packets came, in words.

import { ipv4Text, ipv6Text } from '../format/address.ts';
import type { Path } from './sightings.ts';

/** An address of a way, from its hexadecimal digits. */
export const addressText = (hex: string): string => {
  const bytes = Array.from({ length: hex.length / 2 }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16));
  return bytes.length === 4 ? ipv4Text(bytes) : ipv6Text(bytes);
};

/** "with VNI 333 from 172.31.9.144 to 172.31.4.131". */
export function pathText({ vnis, ends: [from, to] }: Pick<Path, 'vnis' | 'ends'>): string {
  const known = vnis.filter((vni) => vni >= 0);
  const ends = from !== undefined && to !== undefined ? ` from ${addressText(from)} to ${addressText(to)}` : '';
  return `${known.length === 0 ? 'in an envelope' : `with VNI ${known.join(' in VNI ')}`}${ends}`;
}

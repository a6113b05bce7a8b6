// What sentences of the result are made of.

import { ETHERTYPE, PROTOCOL } from '../mirror/headers.ts';
import { FATE, type FateName } from './fates.ts';
import type { SightingColumns } from './sightings.ts';

export interface Sentence {
  readonly text: string;
  /** What the list is to be narrowed to for it; null where there is nothing to see. */
  readonly fate: FateName | null;
}

/** A sentence. */
export const say = (text: string, fate: FateName | null = null): Sentence => ({ text, fate });

/** Rows whose packets have this fate, in order. */
export function rowsWith(fates: Uint16Array, fate: FateName): number[] {
  const rows: number[] = [];
  for (let row = 0; row < fates.length; row++) if ((fates[row]! & FATE[fate]) !== 0) rows.push(row);
  return rows;
}

/** How often each value comes, most often first. */
export function tally<T>(values: Iterable<T>): [T, number][] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, p], [, q]) => q - p);
}

const PROTOCOL_NAMES: ReadonlyMap<number, string> = new Map([[PROTOCOL.icmp, 'ICMP'], [PROTOCOL.tcp, 'TCP'], [PROTOCOL.udp, 'UDP'], [PROTOCOL.gre, 'GRE'], [PROTOCOL.icmpv6, 'ICMPv6']]);

/** "ARP", "TCP": what a packet is, for people. */
export function kindOf(c: SightingColumns, row: number): string {
  if (c.type[row] === ETHERTYPE.arp) return 'ARP';
  const name = PROTOCOL_NAMES.get(c.protocol[row]!);
  return name ?? (c.type[row] === ETHERTYPE.ipv4 ? 'IPv4' : c.type[row] === ETHERTYPE.ipv6 ? 'IPv6' : 'of another kind');
}

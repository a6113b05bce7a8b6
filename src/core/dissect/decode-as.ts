// Decode As: protocols with other places than those they are declared with, by rules as tshark has them after -d.

import type { Protocol } from './protocol.ts';

/** "udp.port==8472,vxlan", read: the keys [first..last] of a table lead to a protocol. */
export interface PlaceRule { readonly table: string; readonly first: number; readonly last: number; readonly protocol: string }

const RULE = /^([a-z0-9_.]+)==(\d+)(?:-(\d+)|:(\d+))?,([a-z0-9_.-]+)$/i;
const MOST = 65_536;

/** The rule, or what is wrong with it. Keys also as a range, 8472-8480, or as the first and how many, 8472:9. */
export function readPlaceRule(text: string, protocols: readonly Protocol[]): PlaceRule | { readonly wrong: string } {
  const m = RULE.exec(text);
  if (!m) return { wrong: 'is no rule: write it as -d udp.port==8472,vxlan' };
  const [table, first, protocol] = [m[1]!, Number(m[2]), m[5]!];
  const last = m[3] ? Number(m[3]) : first + Number(m[4] ?? 1) - 1;
  if (!tablesOf(protocols).has(table)) return { wrong: `${table} is no place to find protocols at, ${[...tablesOf(protocols)].join(', ')} are` };
  if (last < first || last - first >= MOST || last >= MOST) return { wrong: `the range is not within 0 to ${MOST - 1}` };
  return { table, first, last, protocol };
}

/** The protocols with other places. Earlier rules give way to later ones; a protocol that is not in the list leaves its place empty. */
export const placed = (protocols: readonly Protocol[], rules: readonly PlaceRule[]): readonly Protocol[] => rules.reduce(applied, protocols);

function applied(protocols: readonly Protocol[], { table, first, last, protocol }: PlaceRule): readonly Protocol[] {
  const keys = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return protocols.map((p) => {
    const others = (p.over?.[table] ?? []).filter((key) => key < first || key > last);
    const own = p.name === protocol ? [...others, ...keys] : others;
    return own.length === 0 && !p.over?.[table] ? p : { ...p, over: { ...p.over, [table]: own } };
  });
}

const tablesOf = (protocols: readonly Protocol[]): ReadonlySet<string> =>
  new Set(protocols.flatMap((p) => (typeof p.next === 'object' ? [p.next.table] : [])).filter((name) => name.includes('.') || name === 'ethertype'));

// Packets that were cut between two rungs of the ladder are alike up to the lower one only. Where that leaves a choice, their bytes up to the cut are
// read again and hashed: the same rules, at the length that the copies really have.

import type { ByteSource } from '../bytes/byte-source.ts';
import { Content } from './content-hash.ts';
import { addKeyed, GroupList, joined, keyedRows, type KeyedRows } from './groups.ts';
import { Frames } from './frames.ts';
import type { Scan } from './scan.ts';
import type { Watch } from './watch.ts';

/** Splits groups of likely copies by what their bytes say, up to the shortest of each group. Groups that come out without either side are left out. */
export async function refined(groups: GroupList, a: Scan, aSource: ByteSource, b: Scan, bSource: ByteSource, watch: Watch): Promise<GroupList> {
  const left = assigned(groups, (group) => groups.a(group)), right = assigned(groups, (group) => groups.b(group));
  const reach = new Uint32Array(groups.count).fill(0xffff_ffff);
  for (const [scan, { rows, group }] of [[a, left], [b, right]] as const) {
    for (let i = 0; i < rows.length; i++) reach[group[i]!] = Math.min(reach[group[i]!]!, scan.columns.have[rows[i]!]! - scan.columns.net[rows[i]!]!);
  }
  const split = joined(await hashed(left, reach, a, aSource, watch), await hashed(right, reach, b, bSource, watch));
  const out = new GroupList();
  for (let g = 0; g < split.count; g++) {
    if (split.bStart[g] !== split.bStart[g + 1]) out.add(split.aRows.subarray(split.aStart[g], split.aStart[g + 1]), split.bRows.subarray(split.bStart[g], split.bStart[g + 1]));
  }
  return out;
}

interface Assigned { readonly rows: Uint32Array; readonly group: Uint32Array }

/** All rows of one side in the order of their capture, with the group of each. A row is in one group only. */
function assigned(groups: GroupList, side: (group: number) => Uint32Array): Assigned {
  const all: { row: number; group: number }[] = [];
  for (let group = 0; group < groups.count; group++) for (const row of side(group)) all.push({ row, group });
  all.sort((p, q) => p.row - q.row);
  return { rows: Uint32Array.from(all, ({ row }) => row), group: Uint32Array.from(all, ({ group }) => group) };
}

async function hashed({ rows, group }: Assigned, reach: Uint32Array, scan: Scan, source: ByteSource, watch: Watch): Promise<KeyedRows> {
  const c = scan.columns;
  const keys = keyedRows(rows.length);
  const content = new Content();
  const frames = new Frames(source, scan);
  try {
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      if (i % 4096 === 0) watch.check();
      if (!frames.has(row) && !await frames.load(row)) continue; // what cannot be read cannot be paired
      const { bytes, at, net } = frames.place;
      content.read(bytes, at, at + net, at + net + reach[group[i]!]!, at + c.wire[row]!, c.type[row]!);
      addKeyed(keys, row, content.whole1 ^ group[i]!, content.whole2);
    }
  } finally { await frames.close(); }
  return keys;
}

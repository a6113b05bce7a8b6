// Packets of which a snaplen left too little to say what they are: cut before the end of the innermost IP header.

import { count, counted } from '../format/number.ts';
import { ETHERTYPE } from '../mirror/headers.ts';
import type { CompareResult } from './compare.ts';
import { compared, NONE } from './matching.ts';
import type { Notice } from './report.ts';
import type { Scan } from './scan.ts';
import { isCutEarly, STRANGER } from './strangers.ts';

const ETHERNET = 14, IPV4 = 20, IPV6 = 40, TCP = 20;
const ENVELOPE = ETHERNET + IPV4 + 8 + 8; // VXLAN over IPv4

/** Of each capture that has such packets; `nothing` is true where that is all there is to it. */
export function earlyCuts(result: CompareResult): { notices: Notice[]; nothing: boolean } {
  const { matching: { a, b, pairOf, directOf }, findings: { strangers: { kinds } } } = result;
  const source = cutRows(a, (row) => pairOf[row] === NONE && directOf[row] === NONE && isCutEarly(a.columns, row));
  const appliance = cutRows(b, (row) => kinds[row] === STRANGER.short);
  const cuts = [['source', a, source, 0], ['appliance', b, appliance, ENVELOPE]] as const;
  return {
    notices: cuts.flatMap(([side, scan, cut, envelope]) => (cut.rows.length === 0 ? [] : [{ kind: 'cut' as const, text: text(side, scan, cut, envelope) }])),
    nothing: cuts.some(([, , cut]) => cut.rows.length > cut.of / 2),
  };
}

interface CutRows { readonly rows: readonly number[]; readonly of: number }

function cutRows({ columns, count: all }: Scan, isCut: (row: number) => boolean): CutRows {
  const rows: number[] = [];
  let of = 0;
  for (let row = 0; row < all; row++) {
    if (!compared(columns.marks[row]!)) continue;
    of++;
    if (isCut(row)) rows.push(row);
  }
  return { rows, of };
}

function text(side: string, { columns: c }: Scan, { rows, of }: CutRows, envelope: number): string {
  let kept = 0, needed = 0;
  for (const row of rows) {
    kept = Math.max(kept, c.frame[row]! + c.have[row]!);
    const ip = c.type[row] === ETHERTYPE.ipv6 ? IPV6 : IPV4;
    needed = Math.max(needed, c.depth[row]! > 0 ? c.frame[row]! + c.net[row]! + ip : envelope + ETHERNET + IPV4);
  }
  return `The ${side}’s capture kept ${counted(kept, 'byte')} of a packet at most (snaplen): ${count(rows.length)} of ${counted(of, 'packet')} end${rows.length === 1 ? 's' : ''} before the ${envelope > 0 ? 'inner ' : ''}IP header does, so that nothing says which ${rows.length === 1 ? 'packet it is, and it is' : 'packets they are, and they are'} not paired. `
    + `A snaplen of ${count(needed)} reaches the end of that header, ${count(needed + TCP)} that of TCP, by which more are told apart.`;
}

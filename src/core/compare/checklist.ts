// Where nothing came through the mirror: what to look at, chosen by what the captures show.

import { count, counted, listed } from '../format/number.ts';
import type { CompareResult } from './compare.ts';
import { earlyCuts } from './early-cuts.ts';
import { compared, NONE } from './matching.ts';
import { PROTOCOL } from '../mirror/headers.ts';

/** Sentences, the most telling first; none where anything came. */
export function checklist(result: CompareResult): string[] {
  const { matching: { a, b, pairOf }, relation, vni, findings: { lookalikes } } = result;
  if (a.count === 0 || b.count === 0 || pairOf.some((copy) => copy !== NONE)) return [];
  if (earlyCuts(result).nothing) return []; // told as such
  const vnis = vniCounts(result);
  const seen = listed([...vnis].sort(([, p], [, q]) => q - p).slice(0, 6).map(([id, n]) => `${id < 0 ? 'no VNI' : `VNI ${id}`} (${count(n)})`));
  if (vni !== null && vnis.size > 0 && !vnis.has(vni)) return [`No envelope has VNI ${vni}; those that came have ${seen}. Is it the session’s virtual network ID?`];
  const said: string[] = [];
  for (const [port, packets] of lookalikes) said.push(`${counted(packets, 'UDP packet')} to port ${port} ${packets === 1 ? 'looks' : 'look'} like VXLAN, though the mirror’s port is 4789: an interface made without dstport 4789, as Linux’s default 8472, listens to another one.`);
  if (vnis.size > 0) said.push(`The appliance received envelopes with ${seen}, but none holds a packet of this source: another session’s, another source’s, or of another time. Is this the source’s capture, and were both taken at the same time?`);
  else if (relation !== 'unwrapped' && lookalikes.size === 0) said.push(...silent(result));
  return said;
}

/** Not one envelope came. */
function silent({ matching: { b } }: CompareResult): string[] {
  const { columns: c } = b;
  const udp = [...c.protocol.subarray(0, b.count)].some((protocol) => protocol === PROTOCOL.udp);
  return [
    'Not one envelope is in the appliance’s capture. Look at, in this order:',
    `the appliance’s security group and network ACL, which must let UDP 4789 in from the source${udp ? '' : ' (no UDP came at all)'};`,
    'the target: a load balancer needs a listener for UDP 4789, and without one the session fails without an error; without cross-zone balancing it needs a healthy target in the source’s zone;',
    'the filter: without rules nothing is mirrored, and each direction needs its own;',
    'the capture itself: taken at the interface that is the mirror’s target, without a capture filter that leaves UDP 4789 out, while traffic flowed.',
  ];
}

function vniCounts({ matching: { b } }: CompareResult): Map<number, number> {
  const counts = new Map<number, number>();
  for (let row = 0; row < b.count; row++) {
    if (!compared(b.columns.marks[row]!) || b.columns.depth[row] === 0) continue;
    const id = b.paths[b.columns.path[row]!]!.vnis.at(-1) ?? -1;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

// Why a packet has its fate, in a sentence or two: what was compared, and what came of it.

import { ipv4Text, ipv6Text } from '../format/address.ts';
import { count, counted, listed } from '../format/number.ts';
import type { CompareResult } from './compare.ts';
import { between, onSourceClock } from './delay.ts';
import { FATE } from './fates.ts';
import { changedFields, DIFFERENCE } from './frame-difference.ts';
import { judgementWords } from './judgement.ts';
import { NONE, ROLE } from './matching.ts';
import { CameCounts, causesOf } from './miss-causes.ts';
import type { Why } from './report.ts';
import type { Path } from './sightings.ts';
import { duration } from './timeline.ts';

export class Evidence {
  readonly #result: CompareResult;
  #came: CameCounts | null = null;
  #known: Set<number> | null = null;

  constructor(result: CompareResult) { this.#result = result; }

  /** Of a source packet's row. */
  ofSource(row: number): Why {
    const { matching: { pairOf, directOf }, fatesA } = this.#result;
    if (pairOf[row] !== NONE) return { evidence: this.#copy(row, pairOf[row]!), causes: [] };
    this.#came ??= new CameCounts(this.#result);
    const causes = (fatesA[row]! & (FATE.lost | FATE.onlyAtSource | FATE.filtered)) === 0 ? [] : causesOf(this.#came.missOf(row));
    if (directOf[row] !== NONE) return { evidence: `The appliance’s packet ${directOf[row]! + 1} is this packet itself, without an envelope: it was on the appliance’s own wire, not mirrored.`, causes };
    return { evidence: `${this.#nothing(row)}${this.#rule(row)}`, causes };
  }

  /** Of a packet that only the appliance has. */
  ofAppliance(row: number): Why {
    const { a, b } = this.#result.matching;
    const path = b.paths[b.columns.path[row]!]!;
    if (path.vnis.length === 0) return { evidence: 'No source packet has this content, and it came without an envelope: traffic of the appliance’s own, or of others on its wire.', causes: [] };
    const way = pathText(path);
    const known = this.#ways().has(b.columns.path[row]!);
    if (!known) return { evidence: `No source packet has this content. It came ${way}, the way of no packet of this source: another session’s, or another source’s.`, causes: [] };
    const time = onSourceClock(this.#result, row, this.#result.clock);
    const end = between(a.columns, this.#result.first, a.columns, a.count - 1);
    const when = time < 0 ? `${duration(-time)} before the source’s capture begins` : time > end ? `${duration(time - end)} after the source’s capture ends` : 'while the source was captured: the source’s capture missed it, or the frame is another interface’s';
    return { evidence: `No source packet has this content, though it came the source’s own way (${way}), ${when}.`, causes: [] };
  }

  /** The ways that the source's packets came. */
  #ways(): ReadonlySet<number> {
    const { b, pairOf } = this.#result.matching;
    if (this.#known === null) {
      this.#known = new Set();
      for (const copy of pairOf) if (copy !== NONE) this.#known.add(b.columns.path[copy]!);
    }
    return this.#known;
  }

  #nothing(row: number): string {
    const { matching: { a, b } } = this.#result;
    const of = this.#came!.ofFlow(row);
    const flow = of > 0 ? `, though ${counted(of, 'other packet')} of its flow did` : '';
    return `None of the appliance’s ${counted(b.count, 'packet')} has the content of this one${a.columns.top[row] === 0xff ? ', of which too little was captured to find it' : ''}: it did not come${flow}.`;
  }

  #rule(row: number): string {
    const { judgement } = this.#result;
    return judgement === null ? '' : ` By the mirror’s own rules: ${judgementWords(judgement, row)}.`;
  }

  #copy(row: number, copy: number): string {
    const { matching: { b, split, merged }, fatesA, differences } = this.#result;
    const fates = fatesA[row]!, marks = differences[copy]!;
    const path = b.paths[b.columns.path[copy]!]!;
    const where = path.vnis.length > 0 ? ` ${pathText(path)}` : ' without an envelope,';
    const said: string[] = [];
    if (split.has(row)) said.push(`Packet ${copy + 1} of the appliance is the first segment of this one${where}: its sequence number and its bytes agree; the network card split it.`);
    else if (merged.has(row)) said.push(`Packet ${copy + 1} of the appliance carries the payload of this one among others${where}.`);
    else said.push(`Packet ${copy + 1} of the appliance came${where} with ${this.#likeness(row, copy, marks)}.`);
    if ((fates & FATE.unexpected) !== 0) said.push(`It should not have come.${this.#rule(row)}`);
    if ((fates & FATE.truncated) !== 0) said.push(this.#cut(row, copy));
    if ((fates & FATE.changed) !== 0) said.push(this.#changed(row, marks));
    if ((fates & FATE.duplicated) !== 0) said.push(this.#copies(row));
    if ((fates & FATE.reordered) !== 0) said.push(this.#order(row, copy));
    const group = this.#result.matching.ambiguous.find(({ a }) => a.includes(row));
    if (group) said.push(`It is one of ${group.a.length} identical packets of which some are missing: that it is this one is told by order and time alone.`);
    return said.join(' ');
  }

  #likeness(row: number, copy: number, marks: number): string {
    const { matching: { a, b } } = this.#result;
    const both = Math.min(a.columns.have[row]! - a.columns.net[row]!, b.columns.have[copy]! - b.columns.net[copy]!);
    if ((marks & DIFFERENCE.part) !== 0) return `the same first ${counted(both, 'byte')} from the network header on, as many as both captures have`;
    if ((marks & ~DIFFERENCE.link) === 0) return `the same ${counted(a.columns.have[row]!, 'byte')}, ${(marks & DIFFERENCE.link) === 0 ? 'from the link header to the last' : 'from the network header on'}`;
    return 'the same content';
  }

  /** Three cuts are told apart: by the capture, by the mirror to fit an MTU, by the session's packet length. */
  #cut(row: number, copy: number): string {
    const { matching: { a, b } } = this.#result;
    const carried = b.columns.wire[copy]! - b.columns.net[copy]! + a.columns.net[row]!;
    const kept = b.columns.have[copy]! < b.columns.wire[copy]! ? ` The appliance’s capture kept ${count(b.columns.have[copy]!)} of them (snaplen), a cut of its own.` : '';
    return `The envelope carries ${count(carried)} of ${counted(a.columns.wire[row]!, 'byte')}, and its own lengths say so too: the mirror cut the packet before it put it in.${kept}`;
  }

  #changed(row: number, marks: number): string {
    const { columns: c } = this.#result.matching.a;
    return `What a path may change differs: ${listed(changedFields(marks, c.type[row]!, c.protocol[row]!))}; all the rest is the same.`;
  }

  #copies(row: number): string {
    const { ownerOf, roleOf, pairOf, b } = this.#result.matching;
    const copies: number[] = [];
    for (let at = 0; at < roleOf.length; at++) if (roleOf[at] === ROLE.duplicate && ownerOf[at] === row) copies.push(at);
    const last = copies.at(-1)!;
    return `It came again as ${listed(copies.slice(0, 8).map((at) => String(at + 1)))}, ${duration(between(b.columns, pairOf[row]!, b.columns, last))} after the first.`;
  }

  #order(row: number, copy: number): string {
    const { pairOf } = this.#result.matching;
    let overtook = 0, fell = 0;
    for (let at = row + 1; at < pairOf.length; at++) if (pairOf[at]! < copy) fell++;
    for (let at = 0; at < row; at++) if (pairOf[at] !== NONE && pairOf[at]! > copy) overtook++;
    return fell > 0 ? `It came after ${counted(fell, 'packet')} that ${fell === 1 ? 'was' : 'were'} sent later.` : `It came before ${counted(overtook, 'packet')} that ${overtook === 1 ? 'was' : 'were'} sent earlier.`;
  }
}

const address = (hex: string): string => {
  const bytes = Array.from({ length: hex.length / 2 }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16));
  return bytes.length === 4 ? ipv4Text(bytes) : ipv6Text(bytes);
};

/** "with VNI 333 from 172.31.9.144 to 172.31.4.131". */
export function pathText({ vnis, ends: [from, to] }: Path): string {
  const known = vnis.filter((vni) => vni >= 0);
  const ends = from && to ? ` from ${address(from)} to ${address(to)}` : '';
  return `${known.length === 0 ? 'in an envelope' : `with VNI ${known.join(' in VNI ')}`}${ends}`;
}

// Why a packet has its fate, in a sentence or two: what was compared, and what came of it.

import { count, counted, listed } from '../format/number.ts';
import type { CompareResult } from './compare.ts';
import { between } from './delay.ts';
import { FATE } from './fates.ts';
import { changedFields, DIFFERENCE } from './frame-difference.ts';
import { judgementWords } from './judgement.ts';
import { NONE, ROLE } from './matching.ts';
import { CameCounts, causesOf } from './miss-causes.ts';
import { pathText } from './path-text.ts';
import type { Why } from './report.ts';
import { strangerEvidence } from './said-of-strangers.ts';
import { outsideText, sentOutside } from './spans.ts';
import { waysOf } from './strangers.ts';
import { duration } from './timeline.ts';

/** With any of these, or seen direct, a packet has no mirrored copy. */
const MISSED = FATE.lost | FATE.onlyAtSource | FATE.filtered | FATE.direct;

export class Evidence {
  readonly #result: CompareResult;
  #came: CameCounts | null = null;
  #ways: ReadonlySet<number> | null = null;

  constructor(result: CompareResult) { this.#result = result; }

  /** Of a source packet's row. */
  ofSource(row: number): Why {
    const { matching: { pairOf, directOf }, fatesA } = this.#result;
    if (pairOf[row] !== NONE) return { evidence: this.#copy(row, pairOf[row]!), causes: [] };
    this.#came ??= new CameCounts(this.#result);
    const causes = (fatesA[row]! & MISSED) === 0 ? [] : causesOf(this.#came.missOf(row));
    if (directOf[row] !== NONE) return { evidence: `The appliance’s packet ${directOf[row]! + 1} is this packet itself, without an envelope: it was on the appliance’s own wire, not mirrored.${this.#besides(row)}`, causes };
    return { evidence: `${this.#nothing(row)}${this.#rewritten(row)}${this.#rule(row)}`, causes };
  }

  /** Of a packet that only the appliance has. */
  ofAppliance(row: number): Why {
    this.#ways ??= waysOf(this.#result.matching);
    return { evidence: strangerEvidence(this.#result, row, this.#ways), causes: [] };
  }

  /** Of a packet that was seen itself: that its copy did not come, where one was to be expected. */
  #besides(row: number): string {
    if ((this.#result.fatesA[row]! & FATE.lost) === 0) return this.#rule(row);
    const of = this.#came!.ofFlow(row);
    return ` A mirrored copy did not come${of > 0 ? `, though those of ${counted(of, 'other packet')} of its flow did` : ''}.${this.#rule(row)}`;
  }

  #nothing(row: number): string {
    const { matching: { a, b } } = this.#result;
    const of = this.#came!.ofFlow(row), outside = sentOutside(this.#result, row);
    const flow = of > 0 ? `, though ${counted(of, 'other packet')} of its flow did` : '';
    return `None of the appliance’s ${counted(b.count, 'packet')} has the content of this one${a.columns.top[row] === 0xff ? ', of which too little was captured to find it' : ''}: ${outside === null ? `it did not come${flow}` : `it was sent ${outsideText('appliance', outside)}`}.`;
  }

  /** Of a packet without a copy: that its payload came under other addresses. */
  #rewritten(row: number): string {
    for (const [other, { row: own, fields }] of this.#result.findings.strangers.rewrites) {
      if (own === row) return ` The appliance’s packet ${other + 1} has its payload, but ${listed(fields)} changed, as an address translation (NAT) changes them: no copy.`;
    }
    return '';
  }

  #rule(row: number): string {
    const { judgement } = this.#result;
    return judgement === null ? '' : ` By the mirror’s own rules: ${judgementWords(judgement, row)}.`;
  }

  #copy(row: number, copy: number): string {
    const { matching: { b, pairOf, split, merged, ambiguous }, fatesA, differences } = this.#result;
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
    const group = ambiguous.find(({ a }) => a.includes(row));
    if (group) said.push(`It is one of ${group.a.length} identical packets ${group.a.some((other) => pairOf[other] === NONE) ? 'of which some are missing' : 'that came so close together that they may have changed places'}: that it is this one is told by order and time alone.`);
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

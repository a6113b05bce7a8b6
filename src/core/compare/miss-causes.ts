// Why a packet may be missing at the appliance: the causes that Traffic Mirroring documents, and what speaks for and against each.

import { KIND, KINDS } from '../mirror/kinds.ts';
import type { CompareResult } from './compare.ts';
import { FATE } from './fates.ts';
import { NONE } from './matching.ts';
import type { Cause } from './report.ts';
import { sentOutside, type Outside } from './spans.ts';
import { duration } from './timeline.ts';

/** What is known about one missing packet. */
export interface Miss {
  readonly kind: number; //            one of KIND
  readonly ofFlow: number; //          packets of its flow that came
  readonly ofService: number; //       and of its service: the same ends, one port left open
  readonly anyCame: boolean;
  readonly run: number; //             missing packets in a row, it among them
  readonly oneWay: 'ingress' | 'egress' | null;
  readonly judged: 'accepted' | 'left out' | null; // by the mirror's own rules, where they are given
  readonly outside: Outside | null; // sent while the appliance's capture did not run
  /** Seen on the appliance's wire, and no copy of it was to be expected: it was not missed, it has no mirrored copy. */
  readonly direct: boolean;
}

interface Known {
  readonly when: (miss: Miss) => boolean;
  readonly text: (miss: Miss) => string;
  readonly not: (miss: Miss) => string;
  /** Why a packet that was seen direct has no mirrored copy; absent where it explains a loss only. */
  readonly direct?: (miss: Miss) => string;
}

const flowCame = ({ ofFlow }: Miss): boolean => ofFlow > 0;
const WAYS = { ingress: 'outbound', egress: 'inbound' } as const; // what is missing, by what came

/** Most telling first. */
const CAUSES: readonly Known[] = [
  {
    when: ({ kind, ofFlow }) => KINDS[kind]!.never && ofFlow === 0,
    text: ({ kind }) => `Never mirrored: ${KINDS[kind]!.name} is left out whatever the filter says.`,
    not: ({ kind }) => (KINDS[kind]!.never ? 'Never mirrored: others of its flow came.' : 'Never mirrored (ARP, DHCP, NTP, instance metadata, Windows activation): it is none of these.'),
    direct: ({ kind }) => `No mirrored copy: ${KINDS[kind]!.name} is never mirrored, whatever the filter says.`,
  },
  {
    when: ({ kind, judged, ofFlow, ofService }) => !KINDS[kind]!.never && (judged === 'left out' || (judged === null && ofFlow === 0 && ofService === 0)),
    text: ({ judged, oneWay, kind }) => (judged === 'left out' ? 'The mirror’s filter: it leaves this packet out.'
      : oneWay !== null ? `The mirror’s filter: nothing ${WAYS[oneWay]} came, so it may have no rules for that direction.`
        : kind === KIND.dns ? 'The mirror’s filter: traffic of the VPC’s name server needs a rule or the network service amazon-dns.' : 'The mirror’s filter: nothing of this flow or service came, so no rule may accept it.'),
    not: ({ kind, judged, ofFlow }) => (KINDS[kind]!.never ? 'The mirror’s filter: it is not asked about this kind.' : judged === 'accepted' ? 'The mirror’s filter: it accepts this packet.' : `The mirror’s filter: it decides alike for a flow, and ${ofFlow > 0 ? 'others of this flow' : 'others of this service'} came.`),
    direct: ({ judged }) => (judged === 'left out' ? 'No mirrored copy: the mirror’s filter leaves this packet out.' : 'No mirrored copy: nothing of this flow or service was mirrored, so no rule of the filter may accept it.'),
  },
  {
    when: ({ ofFlow, oneWay, kind }) => ofFlow === 0 && oneWay !== 'ingress' && !KINDS[kind]!.never,
    text: () => 'Dropped at the source: what an inbound security group or network ACL refuses is not mirrored, if this packet is inbound.',
    not: (miss) => (flowCame(miss) ? 'Dropped at the source by a security group: others of its flow passed.' : 'Dropped at the source by a security group: those decide about IP, and about inbound packets only.'),
  },
  {
    when: ({ anyCame, kind }) => anyCame && !KINDS[kind]!.never,
    text: ({ run }) => `Production priority: at the limit of the source’s bandwidth or packet rate mirrored packets are dropped${run > 1 ? `, and ${run} in a row are missing here` : ''} (NetworkPacketsSkipMirrorOut counts them).`,
    not: ({ kind }) => (KINDS[kind]!.never ? 'Production priority: it would not have been mirrored in the first place.' : 'Production priority: that drops some packets, and nothing came at all.'),
  },
  {
    when: ({ anyCame, kind }) => anyCame && !KINDS[kind]!.never,
    text: () => 'Lost on the way, or dropped by the appliance’s own capture: UDP is not sent again.',
    not: ({ kind }) => (KINDS[kind]!.never ? 'Lost on the way: it would not have been sent.' : 'Lost on the way: that loses some packets, and nothing came at all.'),
  },
];

/** The documented causes, those that fit first. Of a packet that was seen direct only those that fit: it was not missed. Outside the appliance's capture there is but one. */
export function causesOf(miss: Miss): Cause[] {
  if (miss.outside !== null) return [{ text: `The appliance’s capture: this packet was sent ${miss.outside.when} it ${miss.outside.when === 'before' ? 'began' : 'ended'}, ${beside(miss.outside)}.`, fits: true }];
  if (miss.direct) return CAUSES.flatMap(({ when, direct }) => (direct !== undefined && when(miss) ? [{ text: direct(miss), fits: true }] : []));
  const causes = CAUSES.map(({ when, text, not }): Cause => (when(miss) ? { text: text(miss), fits: true } : { text: not(miss), fits: false }));
  return [...causes.filter(({ fits }) => fits), ...causes.filter(({ fits }) => !fits)];
}

/** "4.2 s after its last packet". */
const beside = ({ when, by }: Outside): string => `${duration(by)} ${when} its ${when === 'before' ? 'first' : 'last'} packet`;

/** How many packets of each flow and service came; asked for by the packets that did not. */
export class CameCounts {
  readonly #counts = new Map<number, number>();
  readonly #result: CompareResult;
  readonly any: boolean;

  constructor(result: CompareResult) {
    this.#result = result;
    const { matching: { a: { columns: c, count }, pairOf } } = result;
    let any = false;
    for (let row = 0; row < count; row++) {
      if (pairOf[row] === NONE) continue;
      any = true;
      for (const key of c.flow[row] === c.service[row] ? [c.flow[row]!] : [c.flow[row]!, c.service[row]!]) this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
    this.any = any;
  }

  ofFlow(row: number): number { return this.#counts.get(this.#result.matching.a.columns.flow[row]!) ?? 0; }

  missOf(row: number): Miss {
    const { matching: { a, directOf }, fatesA, findings: { kinds, oneWay }, judgement } = this.#result;
    const outside = sentOutside(this.#result, row);
    const missing = (at: number): boolean => ((fatesA[at] ?? 0) & FATE.lost) !== 0 && sentOutside(this.#result, at) === null;
    let first = row, last = row;
    while (missing(first - 1)) first--;
    while (missing(last + 1)) last++;
    return {
      kind: kinds[row]!, ofFlow: this.ofFlow(row), ofService: this.#counts.get(a.columns.service[row]!) ?? 0, anyCame: this.any, run: last - first + 1, oneWay, outside,
      judged: judgement === null ? null : judgement.accept[row] === 1 ? 'accepted' : 'left out', direct: directOf[row] !== NONE && !missing(row),
    };
  }
}

// A VPC mirror filter, evaluated as the Traffic Mirroring guide says: rules of one direction, seen from the source interface, from the lowest number to
// the highest; the first that matches decides; nothing is mirrored where none does (docs.aws.amazon.com/vpc/latest/mirroring, "Filters").

import { u16, u8 } from '../bytes/read.ts';
import { holds, type Cidr } from './cidr.ts';
import { ETHERTYPE, linkPlace, newTransport, PROTOCOL, transportPlace, type NetworkPlace } from './headers.ts';
import { KIND, kindOfIp, neverOfIp } from './kinds.ts';

export type Direction = 'ingress' | 'egress';

/** As the guide calls them. */
export const DIRECTION_WORDS = { ingress: 'inbound', egress: 'outbound', unknown: 'neither inbound nor outbound' } as const;

export interface PortRange { readonly from: number; readonly to: number }

export interface MirrorRule {
  readonly number: number;
  readonly accept: boolean;
  /** IP protocol number; null for all. */
  readonly protocol: number | null;
  readonly source: Cidr | null;
  readonly destination: Cidr | null;
  readonly sourcePorts: PortRange | null;
  readonly destinationPorts: PortRange | null;
}

export interface MirrorFilter {
  readonly id: string;
  /** Sorted by number. */
  readonly ingress: readonly MirrorRule[];
  readonly egress: readonly MirrorRule[];
  /** Whether traffic of the VPC's name server is mirrored whatever the rules say. */
  readonly dns: boolean;
}

/** Why a packet is mirrored or not, apart from a rule. */
export const CAUSE = { rule: 0, none: 1, notIp: 2, never: 3, dns: 4, elsewhere: 5 } as const;

/** Which way a packet goes at the source interface; `unknown` where neither end is the source. */
export type DirectionOf = (b: Uint8Array, start: number, place: NetworkPlace) => Direction | 'unknown';

/** Evaluates packets, one after another. Read the fields right after `judge`. */
export class MirrorJudge {
  /** Whether the filter lets the packet through. */
  accept = false;
  /** The number of the rule that decided; -1 where none did. */
  rule = -1;
  /** One of CAUSE. */
  cause: number = CAUSE.none;
  direction: Direction | 'unknown' = 'unknown';
  readonly #filter: MirrorFilter;
  readonly #directionOf: DirectionOf;
  readonly #place: NetworkPlace = { net: 0, type: 0 };
  readonly #transport = newTransport();

  constructor(filter: MirrorFilter, directionOf: DirectionOf) { this.#filter = filter; this.#directionOf = directionOf; }

  /** Judges b[start..end), a packet of the source. */
  judge(b: Uint8Array, start: number, end: number, linkType: number): void {
    this.accept = false;
    this.rule = -1;
    this.direction = 'unknown';
    const place = this.#place, t = this.#transport;
    if (!linkPlace(b, start, end, linkType, place) || !transportPlace(b, place.net, end, place.type, t)) { this.cause = CAUSE.notIp; return; }
    const ports = t.fragment === 0 && t.at + 4 <= end && (t.protocol === PROTOCOL.tcp || t.protocol === PROTOCOL.udp);
    const from = ports ? u16(b, t.at) : -1, to = ports ? u16(b, t.at + 2) : -1;
    const width = place.type === ETHERTYPE.ipv4 ? 4 : 16;
    const source = place.net + (width === 4 ? 12 : 8), destination = source + width;
    this.direction = this.#directionOf(b, start, place);
    const kind = kindOfIp(b, place.net, end, place.type, t);
    if (neverOfIp(kind)) { this.cause = CAUSE.never; return; }
    if (this.#filter.dns && (kind === KIND.dns || (width === 4 && (from === DNS || to === DNS) && (isSecond(b, source) || isSecond(b, destination))))) { this.accept = true; this.cause = CAUSE.dns; return; }
    this.cause = CAUSE.none;
    if (this.direction === 'unknown') return;
    for (const rule of this.#filter[this.direction]) {
      if (rule.protocol !== null && rule.protocol !== t.protocol) continue;
      if (rule.source !== null && !holds(rule.source, b, source, width)) continue;
      if (rule.destination !== null && !holds(rule.destination, b, destination, width)) continue;
      if (!within(rule.sourcePorts, from) || !within(rule.destinationPorts, to)) continue;
      this.cause = CAUSE.rule;
      this.rule = rule.number;
      this.accept = rule.accept;
      return;
    }
  }
}

/** A packet without ports, as a fragment that is not the first, has none in any range. */
const within = (range: PortRange | null, port: number): boolean => range === null || (port >= range.from && port <= range.to);

const DNS = 53;

/** The second address of a private network: where the VPC's name server is when its prefix is not known. That of 169.254.169.253 and fd00:ec2::253 is a kind. */
function isSecond(b: Uint8Array, at: number): boolean {
  const first = u8(b, at), second = u8(b, at + 1);
  return (first === 10 || (first === 172 && second >> 4 === 1) || (first === 192 && second === 168)) && u8(b, at + 3) === 2;
}

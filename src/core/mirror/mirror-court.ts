// Several sessions of one source: "The first session with a matching filter is the one that mirrors the packets", and "Each packet is mirrored once".

import { CAUSE, DIRECTION_WORDS, MirrorJudge, type Direction, type DirectionOf, type MirrorFilter } from './mirror-filter.ts';

/** What was decided about a packet. */
export interface Decision { readonly accept: boolean; readonly rule: number; readonly cause: number; readonly direction: Direction | 'unknown' }

/** Judges packets by the filters of sessions, in their order. */
export class MirrorCourt {
  /** The session's place in the order that mirrors the packet; -1 where none does. */
  session = -1;
  /** What that session's filter decided, or the first one's where none lets the packet through. */
  decision: Decision;
  readonly #judges: readonly MirrorJudge[];

  constructor(filters: readonly MirrorFilter[], directionOf: DirectionOf) {
    this.#judges = filters.map((filter) => new MirrorJudge(filter, directionOf));
    this.decision = this.#judges[0]!;
  }

  /** Judges b[start..end), a packet of the source. */
  judge(b: Uint8Array, start: number, end: number, linkType: number): void {
    for (let i = 0; i < this.#judges.length; i++) {
      const judge = this.#judges[i]!;
      judge.judge(b, start, end, linkType);
      if (!judge.accept) continue;
      this.session = i;
      this.decision = judge;
      return;
    }
    this.session = -1;
    this.decision = this.#judges[0]!;
  }
}

/** Why a packet is mirrored or not, as a clause: "outbound rule 40 takes it". */
export function decisionWords({ accept, rule, cause, direction }: Decision): string {
  switch (cause) {
    case CAUSE.rule: return `${DIRECTION_WORDS[direction]} rule ${rule} ${accept ? 'takes it' : 'leaves it out'}`;
    case CAUSE.none: return direction === 'unknown' ? 'neither end is the source interface' : `no ${DIRECTION_WORDS[direction]} rule matches`;
    case CAUSE.notIp: return 'no IP packet, such as ARP: never mirrored';
    case CAUSE.never: return 'DHCP, NTP, instance metadata or Windows activation: never mirrored';
    default: return 'the network service amazon-dns takes it';
  }
}

/** Counts decisions without making text of each. */
export class DecisionTally {
  readonly #seen = new Map<number, { packets: number; readonly decision: Decision }>();

  count({ accept, rule, cause, direction }: Decision): void {
    const key = ((rule + 1) * 8 + cause) * 4 + (direction === 'ingress' ? 0 : direction === 'egress' ? 1 : 2);
    const known = this.#seen.get(key);
    if (known === undefined) this.#seen.set(key, { packets: 1, decision: { accept, rule, cause, direction } });
    else known.packets++;
  }

  /** The reasons, the most frequent first. */
  list(): [reason: string, packets: number][] {
    const reasons = new Map<string, number>();
    for (const { decision, packets } of this.#seen.values()) reasons.set(decisionWords(decision), (reasons.get(decisionWords(decision)) ?? 0) + packets);
    return [...reasons].sort(([, p], [, q]) => q - p);
  }
}

// Several sessions of one source: "The first session with a matching filter is the one that mirrors the packets", and "Each packet is mirrored once".

import { CAUSE, DIRECTION_WORDS, MirrorJudge, type Direction, type DirectionOf, type MirrorFilter } from './mirror-filter.ts';

/** What was decided about a packet. */
export interface Decision { readonly accept: boolean; readonly rule: number; readonly cause: number; readonly direction: Direction | 'unknown' }

/** Judges packets by the filters of an interface's sessions, in their order. */
export class MirrorCourt implements Decision {
  /** The place of the session that mirrors the packet, and is one of those asked for; -1 where none does. */
  session = -1;
  accept = false;
  rule = -1;
  cause: number = CAUSE.none;
  direction: Direction | 'unknown' = 'unknown';
  readonly #sessions: readonly { readonly ours: boolean; readonly judge: MirrorJudge }[];

  constructor(sessions: readonly { readonly filter: MirrorFilter; readonly ours: boolean }[], directionOf: DirectionOf) {
    this.#sessions = sessions.map(({ filter, ours }) => ({ ours, judge: new MirrorJudge(filter, directionOf) }));
  }

  /** Judges b[start..end), a packet of the source. Where no session takes it, the decision is that of the first one that is asked for. */
  judge(b: Uint8Array, start: number, end: number, linkType: number): void {
    this.session = -1;
    let said = false;
    for (let i = 0; i < this.#sessions.length; i++) {
      const { ours, judge } = this.#sessions[i]!;
      judge.judge(b, start, end, linkType);
      if (judge.accept) {
        this.session = ours ? i : -1;
        this.#decide(judge, ours ? judge.cause : CAUSE.elsewhere, ours);
        return;
      }
      if (ours && !said) { this.#decide(judge, judge.cause, false); said = true; }
    }
  }

  #decide({ rule, direction }: MirrorJudge, cause: number, accept: boolean): void {
    this.accept = accept;
    this.rule = rule;
    this.cause = cause;
    this.direction = direction;
  }
}

/** Why a packet is mirrored or not, as a clause: "outbound rule 40 takes it". */
export function decisionWords({ accept, rule, cause, direction }: Decision): string {
  switch (cause) {
    case CAUSE.rule: return `${DIRECTION_WORDS[direction]} rule ${rule} ${accept ? 'takes it' : 'leaves it out'}`;
    case CAUSE.none: return direction === 'unknown' ? 'neither end is the source interface' : `no ${DIRECTION_WORDS[direction]} rule matches`;
    case CAUSE.notIp: return 'no IP packet, such as ARP: never mirrored';
    case CAUSE.never: return 'DHCP, NTP, instance metadata or Windows activation: never mirrored';
    case CAUSE.elsewhere: return 'another session takes it first';
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

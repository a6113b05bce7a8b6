// What an appliance would have seen of a source's packet: filtered, in the segments that its network card makes of it, cut, and each in its envelope.

import { Envelope } from './envelope.ts';
import { flowHash, portOf } from './flow-port.ts';
import { ETHERNET_LINK, linkPlace, type NetworkPlace } from './headers.ts';
import { MirrorCourt, type Decision } from './mirror-court.ts';
import { NetworkCard } from './network-card.ts';
import type { SegmentSizes } from './segment-sizes.ts';
import type { WhatIfPlan } from './what-if-plan.ts';

export type Outcome = 'mirrored' | 'left out' | 'no Ethernet frame';

/** One source interface under its mirror. Feed it packets in order; where `take` has answered 'mirrored', each `next` that answers true has made a copy. */
export class WhatIf {
  /** The copy: bytes[0..end), of `wire` bytes; the same memory for each. */
  bytes = new Uint8Array(1 << 14);
  end = 0;
  wire = 0;
  /** Which of the plan's sessions mirrored it. */
  session = -1;
  /** Copies that the packet gives: more than one for a super-frame, which leaves in segments. */
  frames = 0;
  /** Whether bytes of the frame were left out on purpose. */
  cut = false;
  readonly #plan: WhatIfPlan;
  readonly #court: MirrorCourt;
  readonly #card: NetworkCard;
  readonly #envelopes: readonly Envelope[];
  readonly #place: NetworkPlace = { net: 0, type: 0 };
  #ident = 0;
  #made = 0;
  #hash = 0;
  #captured = 0;

  constructor(plan: WhatIfPlan, sizes: SegmentSizes) {
    this.#plan = plan;
    this.#court = new MirrorCourt(plan.mirrorings, plan.directionOf);
    this.#card = new NetworkCard(sizes, plan.sourceMtu);
    this.#envelopes = plan.mirrorings.map(({ envelope }) => new Envelope(envelope));
  }

  /** Bytes that the longest of the envelopes adds. */
  get growth(): number { return Math.max(...this.#envelopes.map(({ length }) => length)); }

  /** Why the last packet was mirrored or left out. */
  get decision(): Decision { return this.#court; }

  /** Whether the packet is larger than the source's MTU, and no TCP: how it left is not to be seen. */
  get isTooLarge(): boolean { return this.#card.isTooLarge; }

  /** Takes b[start..end), a packet of `origlen` bytes, which must stay as it is until the next. Never throws. */
  take(b: Uint8Array, start: number, end: number, origlen: number, linkType: number): Outcome {
    this.#made = this.frames = 0;
    if (linkType !== ETHERNET_LINK) return 'no Ethernet frame';
    this.#court.judge(b, start, end, linkType);
    const { session } = this.#court;
    this.session = session;
    if (session < 0) return 'left out';
    linkPlace(b, start, end, linkType, this.#place);
    this.#hash = flowHash(b, this.#place.net, end, this.#place.type);
    this.#captured = end - start;
    this.frames = this.#card.take(b, start, end, Math.max(origlen, end - start), this.#place);
    return 'mirrored';
  }

  /** Makes the packet's next copy; false where there is none left. */
  next(): boolean {
    if (this.#made >= this.frames) return false;
    const envelope = this.#envelopes[this.session]!, card = this.#card, { most } = this.#plan.mirrorings[this.session]!;
    const room = envelope.length + this.#captured;
    if (this.bytes.length < room) this.bytes = new Uint8Array(room * 2);
    card.frame(this.#made++, this.bytes, envelope.length, most);
    this.end = envelope.length + card.captured;
    this.wire = envelope.length + card.wire;
    this.cut = card.isCut;
    envelope.put(this.bytes, card.captured, card.wire, portOf(this.#hash), this.#hash, this.#ident++);
    return true;
  }
}

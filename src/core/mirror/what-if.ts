// What an appliance would have seen of a source's packet: filtered, cut, and in its envelope.

import { Envelope } from './envelope.ts';
import { flowHash, portOf } from './flow-port.ts';
import { ETHERNET_LINK, linkPlace, type NetworkPlace } from './headers.ts';
import { MirrorCourt, type Decision } from './mirror-court.ts';
import type { WhatIfPlan } from './what-if-plan.ts';

export type Outcome = 'mirrored' | 'left out' | 'no Ethernet frame';

/** One source interface under its mirror. Feed it packets in order; read the copy right after `take` has answered 'mirrored'. */
export class WhatIf {
  /** The copy: bytes[0..end), of `wire` bytes; the same memory for each packet. */
  bytes = new Uint8Array(1 << 14);
  end = 0;
  wire = 0;
  /** Which of the plan's sessions mirrored it. */
  session = -1;
  /** Whether bytes of the frame were left out on purpose. */
  cut = false;
  readonly #plan: WhatIfPlan;
  readonly #court: MirrorCourt;
  readonly #envelopes: readonly Envelope[];
  readonly #place: NetworkPlace = { net: 0, type: 0 };
  #ident = 0;

  constructor(plan: WhatIfPlan) {
    this.#plan = plan;
    this.#court = new MirrorCourt(plan.mirrorings, plan.directionOf);
    this.#envelopes = plan.mirrorings.map(({ envelope }) => new Envelope(envelope));
  }

  /** Bytes that the longest of the envelopes adds. */
  get growth(): number { return Math.max(...this.#envelopes.map(({ length }) => length)); }

  /** Why the last packet was mirrored or left out. */
  get decision(): Decision { return this.#court; }

  /** Takes b[start..end), a packet of `origlen` bytes. Never throws. */
  take(b: Uint8Array, start: number, end: number, origlen: number, linkType: number): Outcome {
    if (linkType !== ETHERNET_LINK) return 'no Ethernet frame';
    this.#court.judge(b, start, end, linkType);
    const { session } = this.#court;
    this.session = session;
    if (session < 0) return 'left out';
    const { most } = this.#plan.mirrorings[session]!;
    const envelope = this.#envelopes[session]!;
    const whole = Math.max(origlen, end - start);
    const wire = Math.min(whole, most), captured = Math.min(end - start, wire);
    linkPlace(b, start, end, linkType, this.#place);
    const hash = flowHash(b, this.#place.net, end, this.#place.type);
    this.end = envelope.length + captured;
    this.wire = envelope.length + wire;
    this.cut = wire < whole;
    if (this.bytes.length < this.end) this.bytes = new Uint8Array(this.end * 2);
    this.bytes.set(b.subarray(start, start + captured), envelope.length);
    envelope.put(this.bytes, captured, wire, portOf(hash), hash, this.#ident++);
    return 'mirrored';
  }
}

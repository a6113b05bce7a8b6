import type { PacketView } from '../packet/packet-view.ts';
import { addressKey } from './address-key.ts';
import { BoundedMap } from './bounded-map.ts';

// Packets that follow an alert and are kept with it (detect-tag.c, detect-engine-tag.c): of the session, or of a host, for so many packets, seconds or bytes, the alerting packet counted.

export interface Tag {
  readonly scope: 'session' | 'host';
  readonly metric: 'packets' | 'seconds' | 'bytes';
  readonly amount: number;
  readonly side: 'source' | 'destination';
}

export const NO_TAGS: readonly Tag[] = [];

/** A tag that runs: of which rule, since when, what it has taken, how often the rule matched again, and whether the packet that started it has been passed over. */
interface Mark { readonly rule: number; readonly tag: Tag; start: number; packets: number; bytes: number; again: number; begun: boolean }

/** Flows and hosts with tags that are kept at once; beyond, those tagged longest ago are forgotten. */
const MOST = 1 << 14;
/** Tags of one flow or host (DETECT_TAG_MAX_TAGS). */
const MOST_OF_ONE = 50;
/** Matches of one rule, the first counted, that start its tag anew (DETECT_TAG_MATCH_LIMIT). */
const MOST_STARTS = 10;

export class Tags {
  /** Whether any rule ever tagged something: others need not look. */
  #any = false;
  readonly #marks = new BoundedMap<Mark[]>(MOST);

  /** Starts a rule's tag with the packet that alerted, or begins the count of one that runs anew. */
  start(rule: number, tag: Tag, p: PacketView): void {
    const key = keyOf(tag.scope, tag.side, p);
    if (key === '') return;
    const marks = this.#marks.get(key) ?? [];
    const running = marks.find((mark) => mark.rule === rule);
    if (running !== undefined) {
      if (++running.again < MOST_STARTS) { running.start = p.seconds; running.packets = running.bytes = 0; }
      return;
    }
    if (marks.length === MOST_OF_ONE) return;
    this.#any = true;
    marks.push({ rule, tag, start: p.seconds, packets: 0, bytes: 0, again: 0, begun: false });
    this.#marks.set(key, marks);
  }

  /** Counts a packet in the tags that it belongs to; answers whether it is kept with any. The packet that started one is counted and not kept. */
  take(p: PacketView): boolean {
    if (!this.#any || p.ipVersion === 0) return false;
    let kept = false;
    for (const key of [keyOf('session', 'source', p), keyOf('host', 'source', p), keyOf('host', 'destination', p)]) {
      const marks = this.#marks.get(key);
      if (marks === undefined) continue;
      const running = marks.filter((mark) => runs(mark, p));
      for (const mark of running) { kept ||= mark.begun; mark.begun = true; }
      if (running.length === 0) this.#marks.delete(key); else if (running.length < marks.length) this.#marks.set(key, running);
    }
    return kept;
  }
}

/** Counts a packet and answers whether the tag still runs. */
function runs(mark: Mark, p: PacketView): boolean {
  mark.packets++;
  mark.bytes += p.end - p.start;
  const { metric, amount } = mark.tag;
  return metric === 'packets' ? mark.packets <= amount : metric === 'bytes' ? mark.bytes <= amount : p.seconds - mark.start <= amount;
}

const keyOf = (scope: Tag['scope'], side: Tag['side'], p: PacketView): string =>
  scope === 'session' ? (p.flow === null ? '' : `flow ${p.flow.id}`) : `host ${addressKey(p, side)}`;

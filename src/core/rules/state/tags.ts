import type { PacketView } from '../packet/packet-view.ts';
import { addressKey } from './address-key.ts';
import { BoundedMap } from './bounded-map.ts';

// Packets that follow an alert and are kept with it (detect-tag.c): of the session, or of a host, for so many packets, seconds or bytes.

export interface Tag {
  readonly scope: 'session' | 'host';
  readonly metric: 'packets' | 'seconds' | 'bytes';
  readonly amount: number;
  readonly side: 'source' | 'destination';
}

interface Mark { readonly tag: Tag; readonly start: number; packets: number; bytes: number }

const MOST = 1 << 14;

export class Tags {
  /** Whether any rule ever tagged something: others need not look. */
  #any = false;
  readonly #marks = new BoundedMap<Mark>(MOST);

  /** Starts a tag with the packet that alerted; one that runs is not started anew by the same rule. */
  start(index: number, tag: Tag, p: PacketView): void {
    const key = keyOf(tag.scope, tag.side, p);
    if (key === '') return;
    this.#any = true;
    const name = `${key}/${tag.scope === 'session' ? index : ''}`;
    if (this.#marks.get(name) === undefined) this.#marks.set(name, { tag, start: p.seconds, packets: 0, bytes: 0 });
    (this.#rules.get(key) ?? this.#addKey(key)).add(name);
  }

  readonly #rules = new Map<string, Set<string>>();

  #addKey(key: string): Set<string> {
    const names = new Set<string>();
    if (this.#rules.size === MOST) this.#rules.delete(this.#rules.keys().next().value!);
    this.#rules.set(key, names);
    return names;
  }

  /** Whether the packet belongs to a tag that runs; counts it. Packets that alert themselves are not asked for. */
  covers(p: PacketView): boolean {
    if (!this.#any || p.ipVersion === 0) return false;
    let covered = false;
    for (const key of [keyOf('session', 'source', p), keyOf('host', 'source', p), keyOf('host', 'destination', p)]) {
      const names = this.#rules.get(key);
      if (names === undefined) continue;
      for (const name of names) if (this.#take(name, p)) covered = true; else names.delete(name);
      if (names.size === 0) this.#rules.delete(key);
    }
    return covered;
  }

  #take(name: string, p: PacketView): boolean {
    const mark = this.#marks.get(name);
    if (mark === undefined) return false;
    mark.packets++;
    mark.bytes += p.end - p.start;
    const { metric, amount } = mark.tag;
    const runs = metric === 'packets' ? mark.packets <= amount : metric === 'bytes' ? mark.bytes <= amount : p.seconds - mark.start <= amount;
    if (!runs) this.#marks.delete(name);
    return runs;
  }
}

const keyOf = (scope: Tag['scope'], side: Tag['side'], p: PacketView): string =>
  scope === 'session' ? (p.flow === null ? '' : `flow ${p.flow.id}`) : `host ${addressKey(p, side)}`;

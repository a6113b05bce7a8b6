import type { PacketView } from '../packet/packet-view.ts';
import { addressKey, type Side } from './address-key.ts';
import { BoundedMap } from './bounded-map.ts';

/** Bits kept at once; beyond, those set longest ago are forgotten. */
const MOST = 1 << 17;

/** Named bits of hosts and of pairs of hosts, each with a time until which it holds: what xbits and hostbits set. Bits of one host are the same for both keywords (detect-xbits.c). */
export class HostBits {
  readonly #until = new BoundedMap<number>(MOST);

  has(p: PacketView, side: Side, name: string): boolean {
    const until = this.#until.get(`${addressKey(p, side)}/${name}`);
    return until !== undefined && until >= p.seconds + p.nanoseconds / 1e9;
  }

  set(p: PacketView, side: Side, name: string, seconds: number): void { this.#until.set(`${addressKey(p, side)}/${name}`, p.seconds + p.nanoseconds / 1e9 + seconds); }

  unset(p: PacketView, side: Side, name: string): void { this.#until.delete(`${addressKey(p, side)}/${name}`); }
}

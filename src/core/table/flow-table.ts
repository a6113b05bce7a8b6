import { secretMultiplier, Slots } from './slots.ts';

/** Conversations a capture may have; packets of later ones have none. */
export const MAX_FLOWS = 1 << 22;
/** Where a number of a flow is expected; in the column it is NO_FLOW. */
export const NO_ROOM = -1;
const FIRST = 1 << 9;

const SYN = 0x02;
const ACK = 0x10;

const FIRST_DOWN = 1; //   the flow's first packet went from the higher end to the lower
const BASE_UP = 2; //      the first sequence number is known of the direction from the lower end to the higher
const BASE_DOWN = 4;

const flowColumns = (rows: number) => ({
  low: new Uint32Array(rows), //       address numbers; ends are put in order by address number, then by port
  high: new Uint32Array(rows),
  ports: new Int32Array(rows), //      of low << 16 | of high
  tag: new Int32Array(rows), //        path << 8 | IP protocol
  base: new Int32Array(rows * 2), //  TCP: the number that counts as 0, from low to high and from high to low
  state: new Uint8Array(rows),
});

/**
 * Conversations: two ends (address and port), an IP protocol and a way in through envelopes, numbered in the order of sight, both directions one. A TCP
 * connection that starts over on the same ports is another one, as in Wireshark. Finding one allocates nothing.
 */
export class FlowTable {
  count = 0;
  /** Of the last `find`: whether it goes against the flow's first packet. */
  reversed = false;
  #columns = flowColumns(FIRST);
  readonly #slots = new Slots(); // flow number + 1
  readonly #byHigh = secretMultiplier();
  readonly #byPorts = secretMultiplier();
  readonly #byTag = secretMultiplier();
  #slot = 0; //     of the last find that found one
  #down = false; // the last find's packet went from the higher end to the lower

  /** The number of a packet's conversation; NO_ROOM when there are too many. */
  find(source: number, destination: number, sourcePort: number, destinationPort: number, protocol: number, path: number): number {
    const down = source > destination || (source === destination && sourcePort > destinationPort);
    const low = down ? destination : source;
    const high = down ? source : destination;
    const ports = down ? (destinationPort << 16) | sourcePort : (sourcePort << 16) | destinationPort;
    const tag = (path << 8) | protocol;
    const c = this.#columns;
    const { pairs, mask, shift, multiplier } = this.#slots;
    const key = (low + Math.imul(high, this.#byHigh) + Math.imul(ports, this.#byPorts) + Math.imul(tag, this.#byTag)) | 0;
    let slot = Math.imul(key, multiplier) >>> shift;
    this.#down = down;
    for (let id = pairs[slot * 2 + 1]!; id !== 0; id = pairs[slot * 2 + 1]!) {
      const flow = id - 1;
      if (pairs[slot * 2] === key && c.ports[flow] === ports && c.low[flow] === low && c.high[flow] === high && c.tag[flow] === tag) {
        this.#slot = slot;
        this.reversed = ((c.state[flow]! & FIRST_DOWN) !== 0) !== down;
        return flow;
      }
      slot = (slot + 1) & mask;
    }
    if (this.count === MAX_FLOWS) { this.reversed = false; return NO_ROOM; }
    this.#slots.put(slot, key, this.count + 1);
    return this.#add(low, high, ports, tag);
  }

  /**
   * Notes the sequence numbers of the TCP header at `at` (14 bytes of it are there), of the packet that was just found; the packet's flow. A SYN from
   * another first number starts a new one. Where the start was not seen, the first number seen counts as 1, and the other side's follows from the
   * acknowledgment: Wireshark's rule for relative numbers.
   */
  tcp(flow: number, b: DataView, at: number): number {
    const flags = b.getUint8(at + 13);
    const mine = this.#down ? BASE_DOWN : BASE_UP;
    const theirs = this.#down ? BASE_UP : BASE_DOWN;
    const sequence = b.getInt32(at + 4);
    let current = flow;
    let c = this.#columns;
    const opens = (flags & (SYN | ACK)) === SYN;
    if (opens && (c.state[flow]! & mine) !== 0 && c.base[flow * 2 + (this.#down ? 1 : 0)] !== sequence) {
      if (this.count === MAX_FLOWS) return flow;
      current = this.#add(c.low[flow]!, c.high[flow]!, c.ports[flow]!, c.tag[flow]!);
      this.#slots.renumber(this.#slot, current + 1);
      c = this.#columns;
    }
    const state = c.state[current]!;
    if ((state & (BASE_UP | BASE_DOWN)) === (BASE_UP | BASE_DOWN)) return current;
    if ((state & mine) === 0) c.base[current * 2 + (this.#down ? 1 : 0)] = (flags & SYN) !== 0 ? sequence : sequence - 1;
    const acknowledges = (flags & ACK) !== 0;
    if (acknowledges && (state & theirs) === 0) c.base[current * 2 + (this.#down ? 0 : 1)] = b.getInt32(at + 8) - 1;
    c.state[current] = state | mine | (acknowledges ? theirs : 0);
    return current;
  }

  /** The number that TCP counts from 0 in the direction of the flow's first packet, or against it; -1 when it was never seen. */
  base(flow: number, reversed: boolean): number {
    const state = this.#columns.state[flow]!;
    const down = ((state & FIRST_DOWN) !== 0) !== reversed;
    return (state & (down ? BASE_DOWN : BASE_UP)) === 0 ? -1 : this.#columns.base[flow * 2 + (down ? 1 : 0)]! >>> 0;
  }

  /** Who sent the flow's first packet, and to whom: address numbers, ports (0 without), IP protocol and path. */
  ends(flow: number): { source: number; destination: number; sourcePort: number; destinationPort: number; ipProtocol: number; path: number } {
    const { low, high, ports, tag, state } = this.#columns;
    const down = (state[flow]! & FIRST_DOWN) !== 0;
    const [lowPort, highPort] = [ports[flow]! >>> 16, ports[flow]! & 0xffff];
    return {
      source: down ? high[flow]! : low[flow]!, destination: down ? low[flow]! : high[flow]!,
      sourcePort: down ? highPort : lowPort, destinationPort: down ? lowPort : highPort,
      ipProtocol: tag[flow]! & 255, path: tag[flow]! >>> 8,
    };
  }

  /** Bytes that the table takes. */
  get byteLength(): number { return Object.values(this.#columns).reduce((sum, column) => sum + column.byteLength, this.#slots.byteLength); }

  #add(low: number, high: number, ports: number, tag: number): number {
    const flow = this.count++;
    const c = this.#columns;
    c.low[flow] = low;
    c.high[flow] = high;
    c.ports[flow] = ports;
    c.tag[flow] = tag;
    c.state[flow] = this.#down ? FIRST_DOWN : 0;
    this.reversed = false;
    if (this.count === c.low.length) this.#grow();
    return flow;
  }

  #grow(): void {
    const old = this.#columns;
    const c = this.#columns = flowColumns(this.count * 2);
    c.low.set(old.low); c.high.set(old.high); c.ports.set(old.ports); c.tag.set(old.tag); c.base.set(old.base); c.state.set(old.state);
  }
}

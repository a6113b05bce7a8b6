import { setRange } from '../match/buffers.ts';
import type { Inspection, RuleBuffer } from '../match/chain.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { latin1Bytes } from '../../bytes/latin1.ts';
import { type Ask, sideOf, type Way } from './ask.ts';
import { type AppProtocol, changesOf, type Transaction } from './transaction.ts';

/** A buffer of one protocol. Strings have one character a byte; null means that this transaction has none. */
export interface BufferOf<T extends Transaction> {
  /** The name that Suricata's manual uses now, then older ones. */
  readonly names: readonly [string, ...string[]];
  readonly label: string;
  readonly way: Way;
  /** Whether a transaction may have several: named again in a rule, it may mean another one of them (rules/multi-buffer-matching.rst). */
  readonly several?: true;
  ready(tx: T, toServer: boolean): boolean;
  values(tx: T, toServer: boolean): readonly (string | Uint8Array)[] | string | Uint8Array | null;
}

/** A buffer of the application layer as the matcher knows it. */
export interface AppBuffer extends RuleBuffer {
  readonly names: readonly [string, ...string[]];
  readonly ask: Ask;
  readonly several: boolean;
  /** All that a transaction has of it when a packet of one direction comes. */
  of(tx: Transaction, toServer: boolean): readonly Uint8Array[];
  /** The same on one side only, for rules about both sides of a transaction. */
  onSide(way: Way): AppBuffer;
}

interface Kept { changes: number; values: readonly Uint8Array[] }

/** What a direction of a transaction has of a buffer is made once for all rules and kept until more arrives. */
class Values<T extends Transaction> {
  readonly #kept = new WeakMap<Transaction, (Kept | undefined)[]>();
  readonly #buffer: BufferOf<T>;
  readonly #is: (tx: Transaction) => tx is T;
  constructor(buffer: BufferOf<T>, is: (tx: Transaction) => tx is T) { this.#buffer = buffer; this.#is = is; }

  of(tx: Transaction, toServer: boolean): readonly Uint8Array[] {
    let sides = this.#kept.get(tx);
    if (sides === undefined) { sides = []; this.#kept.set(tx, sides); }
    const side = toServer ? 0 : 1;
    const changes = changesOf(tx, toServer);
    const known = sides[side];
    if (known?.changes === changes) return known.values;
    const values = this.#make(tx, toServer);
    sides[side] = { changes, values };
    return values;
  }

  #make(tx: Transaction, toServer: boolean): readonly Uint8Array[] {
    if (!this.#is(tx) || !this.#buffer.ready(tx, toServer)) return [];
    const made = this.#buffer.values(tx, toServer);
    if (made === null) return [];
    const list = typeof made === 'string' || made instanceof Uint8Array ? [made] : made;
    return list.map((one) => (typeof one === 'string' ? latin1Bytes(one) : one));
  }
}

/** Makes the matcher's buffers of one protocol from its table. */
export function appBuffers<T extends Transaction>(protocol: AppProtocol, is: (tx: Transaction) => tx is T, table: readonly BufferOf<T>[]): readonly AppBuffer[] {
  return table.map((buffer): AppBuffer => {
    const values = new Values(buffer, is);
    const ready = (tx: Transaction, toServer: boolean): boolean => is(tx) && buffer.ready(tx, toServer);
    const made = (way: Way, name: string, label: string): AppBuffer => ({
      names: buffer.names, name, label, many: true, several: buffer.several === true, ask: { protocol, way, ready },
      of: (tx, toServer) => values.of(tx, sideOf(way, toServer)),
      range(p: PacketView, into: Inspection, instance: number): boolean {
        if (p.tx === null) return false;
        const value = values.of(p.tx, sideOf(way, p.toServer))[instance];
        if (value === undefined) return false;
        into.bytes = value;
        return setRange(into, 0, value.length);
      },
      onSide: (side) => sides[side],
    });
    const side = (way: Way): AppBuffer => made(way, `${buffer.names[0]}: ${way}`, `${buffer.label}, ${way}`);
    const whole = made(buffer.way, buffer.names[0], buffer.label);
    const sides: Readonly<Record<Way, AppBuffer>> = { 'to server': side('to server'), 'to client': side('to client'), both: whole };
    return whole;
  });
}

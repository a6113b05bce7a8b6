// What a protocol knows of a packet from the packets before it: numbers of conversations, relative sequence numbers, times since. The dissector asks the
// protocol's own memory behind the header and puts the answers on the tape like any other field.

import type { FieldSpec } from './field.ts';

/** The header that is looked at. One object, refilled: offsets are into `packet`, which holds more than the packet. */
export interface Sight {
  packet: Uint8Array;
  number: number; //       of the packet in its capture, from 1
  origin: number; //       where it starts
  level: number; //        of encapsulation
  network: number; //      where the two addresses start; -1 without
  addressBytes: number; // of one address
  start: number; //        of the header
  transport: number; //    of the header with ports around it; -1 without
  payload: number; //      of what it carries; a memory that takes bytes away from it moves it on
  end: number; //          of the bytes that are here
  reach: number; //        ... that were on the wire
  whole: boolean; //       the header is all there
  quoted: boolean; //      inside a datagram that an error quotes
  seconds: number;
  nanoseconds: number;
}

/** The packets of one capture, in order, as one protocol remembers them. */
export interface Memory {
  /** By the order of `fields`: the values for the header that `see` was shown; NaN where there is none. A duration is whole seconds here, and its rest stands in the other array. */
  readonly values: Float64Array;
  readonly nanoseconds: Float64Array;
  see(sight: Sight): void;
  /** The protocol that the conversation of the last `see` keeps to; -1 for none. */
  kept(): number;
  keep(protocol: number): void;
  /** Whether `renamed` of its Recall applies to the header of the last `see`, from which offset on. */
  renamesFrom?(): number;
}

/** What a memory is wrapped in, to note what it answers. */
export type WrapMemory = (memory: Memory, protocol: number) => Memory;

export interface Recall {
  readonly fields: readonly FieldSpec[];
  readonly memory: () => Memory;
  readonly stateless?: boolean; //   only the packet's own time matters, so that it is asked for a packet out of order, too
  /** A field that has another name once something was seen: from, to, and the value that it applies to, while the memory says so. */
  readonly renamed?: { readonly from: string; readonly to: FieldSpec; readonly value: number };
  /** Fields of the header itself that count from something earlier packets said: what is taken away from them, by a place in `values`. */
  readonly relative?: Readonly<Record<string, number>>;
}

export const newSight = (): Sight => ({
  packet: new Uint8Array(0), number: 0, origin: 0, level: 0, network: -1, addressBytes: 0, start: 0, transport: -1, payload: 0, end: 0, reach: 0, whole: true, quoted: false, seconds: 0, nanoseconds: 0,
});

// What a protocol keeps of a packet until the rest of a message has come: fragments of datagrams, segments of streams.

import type { FieldSpec } from './field.ts';
import type { Probe } from './part.ts';
import type { Sight } from './recall.ts';

/** Where bytes of a whole lie: in packet `packet`, from byte `offset` on (what was put together in that packet lies behind its own bytes). */
export interface Piece { readonly packet: number; readonly offset: number; readonly length: number; readonly at: number; readonly marks: number }

/** Marks of a piece. */
export const [OVERLAP, CONFLICT, TOO_LONG, TAILS] = [1, 2, 4, 8] as const;

/** A message of several packets, in the order they came. */
export interface Whole { readonly pieces: readonly Piece[]; readonly bytes: Uint8Array }

/** What became of a payload: one object, refilled. Nothing of it is dissected where there is neither a whole nor an own part. */
export interface Gathered {
  whole: Whole | null; //    that this packet completes
  protocol: number; //       that takes it; -1: what the header says
  from: number; //           bytes of the payload, counted from its start, that are messages of their own: [from..upto)
  upto: number;
  held: number; //           bytes of it that are kept for a later packet
  in: number; //             which one that is; 0 as long as nobody knows
}

/** Tells how long a message that starts at `at` is: -1 where that is none, more than there is where it goes on, by how much at least. */
export interface Messages { readonly measure: Probe; readonly preference: string; readonly each?: boolean }

/** What a gatherer is wrapped in, to note what it answers. */
export type WrapGatherer = (gatherer: Gatherer, protocol: number) => Gatherer;

/** Which protocol a payload goes to, and how that one's messages are told apart; null for one whose messages are not put together. */
export interface Taker { protocol: number; messages: Messages | null; readonly of: (protocol: number) => Messages | null }

export interface Gatherer {
  /** False where the payload stands for itself and goes on as usual. */
  gather(sight: Sight, taker: Taker, out: Gathered): boolean;
}

/** Wireshark's fields of what was put together. */
export interface GatherFields {
  readonly all: FieldSpec; readonly each: FieldSpec; readonly overlap: FieldSpec; readonly conflict: FieldSpec; readonly tails: FieldSpec; readonly tooLong: FieldSpec; readonly error: FieldSpec;
  readonly count: FieldSpec; readonly length: FieldSpec; readonly data: FieldSpec; readonly in: FieldSpec; readonly held?: FieldSpec;
}

export interface Gathering {
  readonly preference: string; //      without it nothing is put together
  readonly name: string; //            of what comes out: "IPv4"
  readonly streams: boolean; //        of messages that the payload's protocol tells apart
  readonly fields: GatherFields;
  readonly gatherer: (preferences: ReadonlySet<string>) => Gatherer;
}

export const newGathered = (): Gathered => ({ whole: null, protocol: -1, from: 0, upto: 0, held: 0, in: 0 });

/** The fields of a gathering by Wireshark's scheme: ip.fragments, ip.fragment, ... and ip.reassembled_in. */
export function gatherFields(prefix: string, piece: string, of: string, assembledIn = 'reassembled_in'): GatherFields {
  const spec = (name: string, label: string, more: Partial<FieldSpec> = {}): FieldSpec => ({ name, label, full: `${prefix}.${name}`, type: 'uint', width: 32, display: 'dec', recalled: true, ...more });
  const bool = (name: string, label: string): FieldSpec => spec(`${piece}.${name}`, label, { type: 'bool', width: 1, display: 'none' });
  const title = piece[0]!.toUpperCase() + piece.slice(1);
  return {
    all: spec(`${piece}s`, `${of} ${title}s`, { type: 'bytes', width: 0, display: 'none' }), each: spec(piece, `${of} ${title}`, { packet: true }),
    overlap: bool('overlap', `${title} overlap`), conflict: bool('overlap.conflict', `Conflicting data in ${piece} overlap`),
    tails: bool('multipletails', `Multiple tail ${piece}s found`), tooLong: bool('toolongfragment', `${title} too long`), error: spec(`${piece}.error`, `${of} ${title} that contradicts others`, { packet: true }),
    count: spec(`${piece}.count`, `${title} count`), length: spec('reassembled.length', `Reassembled ${of} length`, { unit: 'bytes' }), data: spec('reassembled.data', `Reassembled ${of} data`, { type: 'bytes', width: 0, display: 'none' }),
    in: spec(assembledIn, `Reassembled ${of} in frame`, { packet: true }),
  };
}

export const specsOfGathering = ({ fields }: Gathering): FieldSpec[] => Object.values(fields) as FieldSpec[];

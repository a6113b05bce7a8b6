// What the mirror's own rules say to each packet of the source: a pass of its own, made only when they are given.

import type { ByteSource } from '../bytes/byte-source.ts';
import { openCapture } from '../capture/capture-reader.ts';
import { decisionWords, MirrorCourt } from '../mirror/mirror-court.ts';
import type { Direction } from '../mirror/mirror-filter.ts';
import type { PlayedSession } from '../mirror/played-sessions.ts';
import { SourceInterface } from '../mirror/source-interface.ts';
import type { Scan } from './scan.ts';
import { MARK } from './sightings.ts';

export interface Judgement {
  /** Number of the rule that decided, -1 where none did. By row. */
  readonly rule: Int32Array;
  /** 1 where the filter lets the packet through. */
  readonly accept: Uint8Array;
  /** One of CAUSE. */
  readonly cause: Uint8Array;
  /** A place in DIRECTIONS. */
  readonly direction: Uint8Array;
}

const DIRECTIONS: readonly (Direction | 'unknown')[] = ['ingress', 'egress', 'unknown'];

/** Why a packet is mirrored or not, as a clause. */
export const judgementWords = ({ rule, accept, cause, direction }: Judgement, row: number): string =>
  decisionWords({ rule: rule[row]!, accept: accept[row] === 1, cause: cause[row]!, direction: DIRECTIONS[direction[row]!]! });

/** Judges the packets of a source that takes part. The capture was read before, so its faults have been told. */
export async function judge(source: ByteSource, { count: rows, columns: { marks } }: Scan, mirror: readonly PlayedSession[]): Promise<Judgement> {
  const place = new SourceInterface();
  const inside = (row: number): boolean => row < rows && (marks[row]! & MARK.outside) === 0;
  await each(source, inside, (b, start, end, linkType) => place.see(b, start, end, linkType));
  const court = new MirrorCourt(mirror, place.directionOf());
  const rule = new Int32Array(rows).fill(-1);
  const accept = new Uint8Array(rows), cause = new Uint8Array(rows), direction = new Uint8Array(rows);
  await each(source, inside, (b, start, end, linkType, row) => {
    court.judge(b, start, end, linkType);
    rule[row] = court.rule;
    accept[row] = court.accept ? 1 : 0;
    cause[row] = court.cause;
    direction[row] = DIRECTIONS.indexOf(court.direction);
  });
  return { rule, accept, cause, direction };
}

async function each(source: ByteSource, inside: (row: number) => boolean, act: (b: Uint8Array, start: number, end: number, linkType: number, row: number) => void): Promise<void> {
  const reader = await openCapture(source);
  try {
    do {
      while (reader.next()) {
        if (inside(reader.number - 1)) act(reader.bytes, reader.start, reader.end, reader.interfaces[reader.iface]!.linkType, reader.number - 1);
      }
    } while (await reader.refill());
  } finally { await reader.close(); }
}

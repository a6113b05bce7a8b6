// What a mirror filter says to each packet of the source: a pass of its own, made only when a filter is given.

import type { ByteSource } from '../bytes/byte-source.ts';
import { openCapture } from '../capture/capture-reader.ts';
import { MirrorJudge, type MirrorFilter } from '../mirror/mirror-filter.ts';
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
}

/** Judges the packets of a source that takes part. The capture was read before, so its faults have been told. */
export async function judge(source: ByteSource, { count: rows, columns: { marks } }: Scan, filter: MirrorFilter): Promise<Judgement> {
  const place = new SourceInterface();
  const inside = (row: number): boolean => row < rows && (marks[row]! & MARK.outside) === 0;
  await each(source, inside, (b, start, end, linkType) => place.see(b, start, end, linkType));
  const court = new MirrorJudge(filter, place.directionOf());
  const rule = new Int32Array(rows).fill(-1);
  const accept = new Uint8Array(rows), cause = new Uint8Array(rows);
  await each(source, inside, (b, start, end, linkType, row) => {
    court.judge(b, start, end, linkType);
    rule[row] = court.rule;
    accept[row] = court.accept ? 1 : 0;
    cause[row] = court.cause;
  });
  return { rule, accept, cause };
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

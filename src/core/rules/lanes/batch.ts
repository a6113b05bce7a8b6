import type { AlertRecord } from '../match/alert-record.ts';
import type { Match } from '../match/share.ts';
import type { Signature } from '../signature.ts';

/** What one of those who follow flows side by side found in some packets. */
export interface Batch {
  /** In their order. */
  readonly matches: readonly Match[];
  /** Numbers of the packets that were stopped, ascending. */
  readonly stopped: readonly number[];
  /** The last packet that has been looked at: all matches up to it have been told; Infinity at the end. */
  readonly upTo: number;
  /** How many packets the capture had, up to here. */
  readonly packets: number;
}

/** A record without its signature, which is known on the other side by its index. */
type Unsigned = Omit<AlertRecord, 'signature'>;

/** A batch as it goes from one worker to another: numbers in one array, WIDTH for each match, and beside them what few matches have. */
export interface PackedBatch {
  readonly numbers: Float64Array<ArrayBuffer>;
  readonly keys: readonly (readonly [match: number, key: string, port: number])[];
  readonly records: readonly (readonly [match: number, record: Unsigned, tagged: boolean])[];
  readonly stopped: readonly number[];
  readonly upTo: number;
  readonly packets: number;
}

const WIDTH = 7;

export function packBatch({ matches, stopped, upTo, packets }: Batch): PackedBatch {
  const numbers = new Float64Array(matches.length * WIDTH);
  const keys: [number, string, number][] = [];
  const records: [number, Unsigned, boolean][] = [];
  for (const [i, { signature, at, place, level, number, seconds, nanoseconds, key, port, record, tagged }] of matches.entries()) {
    numbers.set([signature.index, at, place, level, number, seconds, nanoseconds], i * WIDTH);
    if (key !== '') keys.push([i, key, port]);
    if (record === null) continue;
    const { signature: _, ...unsigned } = record;
    records.push([i, unsigned, tagged]);
  }
  return { numbers, keys, records, stopped, upTo, packets };
}

/** The same batch; `signatures` are those that it was made with, read from the same texts. */
export function unpackBatch({ numbers, keys, records, stopped, upTo, packets }: PackedBatch, signatures: readonly Signature[]): Batch {
  const matches: Match[] = [];
  let [key, record] = [0, 0];
  for (let i = 0; i * WIDTH < numbers.length; i++) {
    const [index, at, place, level, number, seconds, nanoseconds] = numbers.subarray(i * WIDTH, (i + 1) * WIDTH) as unknown as [number, number, number, number, number, number, number];
    const signature = signatures[index]!;
    const held = keys[key]?.[0] === i ? keys[key++]! : null;
    const kept = records[record]?.[0] === i ? records[record++]! : null;
    matches.push({ signature, at, place, level, number, seconds, nanoseconds, key: held?.[1] ?? '', port: held?.[2] ?? -1, record: kept === null ? null : { ...kept[1], signature }, tagged: kept?.[2] ?? false });
  }
  return { matches, stopped, upTo, packets };
}

import type { CaptureReader } from '../../capture/capture-reader.ts';
import { ALL_LANES, LANES } from '../flow/lane.ts';
import { Matcher } from '../match/matcher.ts';
import type { RuleProfile } from '../match/profile.ts';
import type { Match } from '../match/share.ts';
import type { RuleSettings } from '../settings/settings.ts';
import type { Signature } from '../signature.ts';
import type { Batch } from './batch.ts';
import type { Division } from './division.ts';

/** A batch ends with the packet that makes it as large as this. */
const PACKETS = 8192;
const MATCHES = 2048;

/** Lanes for the one of `count` with this number, as a set of bits. */
export const lanesOf = (number: number, count: number): number => Array.from({ length: LANES }, (_, lane) => (lane % count === number ? 1 << lane : 0)).reduce((all, bit) => all | bit, 0);

/** What one follows of a capture: so many lanes with the rules that need no other flow, or all lanes with those that do. */
export type Part = { readonly lanes: number } | 'across';

export interface LaneOptions {
  /** Whether packets that a tag keeps are told. */
  readonly tags?: boolean;
  readonly profile?: RuleProfile;
  /** Packets of a batch at most: for tests. */
  readonly packets?: number;
}

/** One of those who match a capture side by side: reads all of it, follows its part, and tells what it finds in batches. */
export class LaneRun {
  readonly matcher: Matcher;
  readonly #reader: CaptureReader;
  #matches: Match[] = [];
  readonly #packets: number;
  #records = true;
  #done = false;

  constructor(reader: CaptureReader, signatures: readonly Signature[], settings: RuleSettings, { across, needed }: Division, part: Part, { tags = false, profile, packets = PACKETS }: LaneOptions = {}) {
    this.#reader = reader;
    this.#packets = packets;
    const tells = part === 'across' ? (signature: Signature): boolean => across.has(signature) : (signature: Signature): boolean => !across.has(signature);
    this.matcher = new Matcher(signatures, settings, {
      lanes: part === 'across' ? ALL_LANES : part.lanes, tells, evaluates: (signature) => tells(signature) || (part === 'across' && needed.has(signature)),
      records: () => this.#records, onMatch: (match) => { this.#matches.push(match); },
    });
    if (tags) this.matcher.onTagged = () => {}; // they are told as matches
    this.matcher.profile = profile ?? null;
  }

  /** Reads on. `records`: whether anybody keeps what alerts tell; their number is told anyway. Never called while it has not answered. */
  async next(records: boolean): Promise<Batch> {
    this.#records = records;
    const reader = this.#reader;
    const { matcher } = this;
    const first = reader.number;
    const matches = (this.#matches = []);
    const stopped: number[] = [];
    while (!this.#done && reader.number - first < this.#packets && this.#matches.length < MATCHES) {
      if (!reader.next()) {
        if (await reader.refill()) continue;
        matcher.finish(() => {});
        this.#done = true;
        break;
      }
      const linkType = reader.interfaces[reader.iface]?.linkType ?? -1;
      matcher.packet(reader.bytes, reader.start, reader.end, linkType, reader.number, reader.seconds, reader.nanoseconds, () => {});
      if (matcher.stopped) stopped.push(reader.number);
    }
    return { matches, stopped, upTo: this.#done ? Infinity : reader.number, packets: reader.number };
  }
}

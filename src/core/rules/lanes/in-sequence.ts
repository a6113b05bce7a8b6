import { FaultError } from '../../base/fault.ts';
import { byAction } from '../match/order.ts';
import { Sequence } from '../match/sequence.ts';
import type { Match } from '../match/share.ts';
import type { Tally } from '../match/tallies.ts';
import { stoppedRun } from '../run.ts';
import type { RuleSettings } from '../settings/settings.ts';
import type { Batch } from './batch.ts';

/** One of those who match a capture side by side, wherever it runs. */
export interface BatchSource { next(records: boolean): Promise<Batch> }

export interface InSequenceOptions {
  /** Each match whose alert is written, in the order of one that follows all flows. */
  readonly onAlert: (match: Match) => void;
  readonly onTagged?: (match: Match) => void;
  readonly onStopped?: (number: number) => void;
  /** Whether records of further alerts are wanted. */
  readonly records?: () => boolean;
  readonly signal?: AbortSignal;
  /** After each round: packets that all have looked at. What it returns is waited for. */
  readonly onRound?: (packets: number) => void | Promise<void>;
}

/** What one has told and nobody has taken yet. */
interface Head { batch: Batch; match: number; stop: number }

const NOTHING: Batch = { matches: [], stopped: [], upTo: 0, packets: 0 };

/** The stage that puts the matches of all who follow flows side by side in one order, and decides which alerts are written. */
export class InSequence {
  readonly #sequence: Sequence;
  readonly #byAction: ReturnType<typeof byAction>;

  constructor({ maxAlerts, actionOrder }: RuleSettings) {
    this.#sequence = new Sequence(maxAlerts);
    this.#byAction = byAction(actionOrder);
  }

  /** Signatures whose alert was not written here, since the packet had as many as are written at most. */
  get unwritten(): readonly Tally[] { return this.#sequence.unwritten.all; }

  /** Takes everything from all sources. Answers how many packets there were. */
  async run(sources: readonly BatchSource[], { onAlert, onTagged, onStopped, records, signal, onRound }: InSequenceOptions): Promise<number> {
    const heads: Head[] = sources.map(() => ({ batch: NOTHING, match: 0, stop: 0 }));
    let upTo = 0;
    let packets = 0;
    while (upTo !== Infinity) {
      // Only those that are behind read on, so that nothing piles up; what they had told has been taken.
      const before = upTo;
      await Promise.all(heads.map(async (head, i) => {
        if (head.batch.upTo > before) return;
        head.batch = await sources[i]!.next(records?.() ?? true);
        head.match = head.stop = 0;
      }));
      upTo = Math.min(...heads.map(({ batch }) => batch.upTo));
      packets = Math.min(...heads.map((head) => head.batch.packets));
      for (let head = this.#earliest(heads, upTo); head !== null; head = this.#earliest(heads, upTo)) {
        const match = head.batch.matches[head.match++]!;
        if (match.tagged) onTagged?.(match); else if (this.#sequence.writes(match)) onAlert(match);
      }
      if (onStopped !== undefined) for (const number of stoppedUpTo(heads, upTo)) onStopped(number);
      if (signal?.aborted === true) throw new FaultError(stoppedRun(packets));
      await onRound?.(packets);
    }
    return packets;
  }

  /** Whose match comes next; null when none is left up to a packet. */
  #earliest(heads: readonly Head[], upTo: number): Head | null {
    let first: Head | null = null;
    for (const head of heads) {
      const match = head.batch.matches[head.match];
      if (match === undefined || match.at > upTo) continue;
      if (first === null || this.#isBefore(match, first.batch.matches[first.match]!)) first = head;
    }
    return first;
  }

  /** By packet and place in it; about the same packet on the same level, as rules act, and what tags keep last. */
  #isBefore(a: Match, b: Match): boolean {
    return (a.at - b.at || a.place - b.place || Number(a.tagged) - Number(b.tagged) || this.#byAction(a.signature, b.signature)) < 0;
  }
}

/** Packets that anybody stopped on one of their levels, each once. */
function stoppedUpTo(heads: readonly Head[], upTo: number): number[] {
  const found = new Set<number>();
  for (const head of heads) {
    const { stopped } = head.batch;
    for (; head.stop < stopped.length && stopped[head.stop]! <= upTo; head.stop++) found.add(stopped[head.stop]!);
  }
  return [...found].sort((a, b) => a - b);
}

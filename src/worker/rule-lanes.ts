// Matching a capture's rules with the help of other workers: each follows a part of the flows, and what they find is put in order here.

import { FaultError } from '../core/base/fault.ts';
import { openCapture } from '../core/capture/capture-reader.ts';
import { unpackBatch, type Batch } from '../core/rules/lanes/batch.ts';
import { divide, type Division } from '../core/rules/lanes/division.ts';
import { InSequence, type BatchSource } from '../core/rules/lanes/in-sequence.ts';
import { LaneRun } from '../core/rules/lanes/lane-run.ts';
import type { Signature } from '../core/rules/signature.ts';
import { MAX_ALERTS } from '../core/rules/results.ts';
import type { LaneCalls, TallyRow } from './lane-protocol.ts';
import type { RulesRequest } from './protocol.ts';
import type { Pace } from './rule-pace.ts';
import type { RuleRun, Untold } from './rule-run.ts';
import type { OpenSession } from './session.ts';
import { WorkerClient, type Port } from './worker-client.ts';

/** Batches that a helper may be ahead with: enough that it never waits, and no more than a few megabytes. */
const AHEAD = 2;

/** Workers that may help with a run. They read the rules once it pays, while one alone matches on. */
export class Helpers {
  readonly clients: readonly WorkerClient<LaneCalls>[];
  readonly division: Division | null;
  /** Whether one of them died, or all were let go. */
  isGone = false;
  readonly #open: OpenSession;
  readonly #rules: RulesRequest;
  readonly #run: RuleRun;
  readonly #pace: Pace;
  /** When the first round was over, and how far the run was then: what comes before says nothing of the pace. */
  #since: { readonly at: number; readonly packets: number } | null = null;
  #started: Promise<void> | null = null;
  #isReady = false;

  constructor(ports: readonly Port[], open: OpenSession, rules: RulesRequest, run: RuleRun, pace: Pace) {
    this.clients = ports.map((port) => new WorkerClient<LaneCalls>(port));
    this.division = divide(run.parsed.signatures, false); // what tags keep is not shown
    this.#open = open;
    this.#rules = rules;
    this.#run = run;
    this.#pace = pace;
  }

  /** Asked after each round of the one who matches alone: whether it is time that they go on instead. */
  async takeOver(): Promise<boolean> {
    const { packets, rows } = this.#run;
    const { at, packets: before } = (this.#since ??= { at: performance.now(), packets });
    if (this.isGone || this.division === null || !this.#pace.pays({ done: packets / rows, share: (packets - before) / rows, spentMs: performance.now() - at, helpers: this.clients.length })) return false;
    this.#started ??= this.#start();
    if (this.#pace.waits) await this.#started;
    return this.#isReady;
  }

  async #start(): Promise<void> {
    try {
      const capture = await this.#open.blob();
      const counts = await Promise.all(this.clients.map((client, number) => client.call('start', { capture, rules: this.#rules, share: { number, count: this.clients.length } })));
      // Where a file of rules was changed since, theirs are others: the one goes on alone.
      this.#isReady = counts.every((count) => count === this.#run.parsed.signatures.length);
    } catch (error) {
      if (!(error instanceof FaultError)) throw error; // one of them cannot: the one goes on alone
    }
  }

  close(): void {
    this.isGone = true;
    for (const client of this.clients) client.close();
  }
}

/** One helper's batches, asked for ahead. */
class Helper implements BatchSource, Untold {
  unanswered: Untold['unanswered'] = [];
  unwritten: Untold['unwritten'] = [];
  readonly #client: WorkerClient<LaneCalls>;
  readonly #run: RuleRun;
  readonly #asked: Promise<Batch>[] = [];
  #atEnd = false;

  constructor(client: WorkerClient<LaneCalls>, run: RuleRun) {
    this.#client = client;
    this.#run = run;
  }

  next(records: boolean): Promise<Batch> {
    while (this.#asked.length < AHEAD && !this.#atEnd) {
      // One after the other: a batch continues where the one before ended.
      const before = this.#asked.at(-1) ?? Promise.resolve(null);
      const asked = before.then((last) => (last?.upTo === Infinity ? last : this.#ask(records)));
      asked.catch(() => {}); // told by whoever waits for it
      this.#asked.push(asked);
    }
    return this.#asked.shift()!;
  }

  async #ask(records: boolean): Promise<Batch> {
    const { batch, unanswered, unwritten, cost } = await this.#client.call('next', { records });
    const { signatures } = this.#run.parsed;
    this.unanswered = tallies(unanswered, signatures);
    this.unwritten = tallies(unwritten, signatures);
    const { checks, milliseconds } = this.#run.profile;
    for (let i = 0; i < cost.length; i += 3) {
      checks[cost[i]!]! += cost[i + 1]!;
      milliseconds[cost[i]!]! += cost[i + 2]!;
    }
    this.#atEnd ||= batch.upTo === Infinity;
    return unpackBatch(batch, signatures);
  }
}

const tallies = (rows: readonly TallyRow[], signatures: readonly Signature[]): Untold['unanswered'] => rows.map(([index, level, first, count]) => ({ signature: signatures[index]!, level, first, count }));

export interface RoundOptions { readonly signal: AbortSignal; readonly onRound: () => void | Promise<void> }

/**
 * Runs the rules with helpers that are ready. Rules that look across flows are evaluated here. Rejects with a FaultError when it is stopped or a helper is gone; what was found stays in the run.
 */
export async function runSideBySide({ source }: OpenSession, run: RuleRun, helpers: Helpers, { signal, onRound }: RoundOptions): Promise<void> {
  const stop = (): void => helpers.close(); // whoever waits for a batch waits no longer
  signal.addEventListener('abort', stop, { once: true });
  const division = helpers.division!;
  const reader = division.across.size > 0 ? await openCapture(source) : null;
  try {
    const sources: BatchSource[] = [];
    for (const client of helpers.clients) {
      const helper = new Helper(client, run);
      sources.push(helper);
      run.untold.push(helper);
    }
    if (reader !== null) {
      const across = new LaneRun(reader, run.parsed.signatures, run.settings, division, 'across', { profile: run.profile });
      sources.push(across);
      run.untold.push(across.matcher);
    }
    const stage = new InSequence(run.settings);
    run.untold.push({ get unwritten() { return stage.unwritten; }, unanswered: [] });
    await stage.run(sources, {
      signal, onAlert: (match) => { run.add(match, match.record); }, onStopped: (number) => { run.stop(number); }, records: () => run.results.alerts.length < MAX_ALERTS,
      onRound: (packets) => { run.isAt(packets); return onRound(); },
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await reader?.close();
  }
}

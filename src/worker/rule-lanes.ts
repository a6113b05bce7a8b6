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
import type { RuleRun, Untold } from './rule-run.ts';
import type { OpenSession } from './session.ts';
import { WorkerClient, type Port } from './worker-client.ts';

/** Batches that a helper may be ahead with: enough that it never waits, and no more than a few megabytes. */
const AHEAD = 2;

/** Ports of workers that help, each with its first answer under way: so they read the rules while the capture's own worker does. */
export class Helpers {
  readonly clients: readonly WorkerClient<LaneCalls>[];
  readonly #started: Promise<readonly number[]>;

  constructor(ports: readonly Port[], capture: Blob, rules: RulesRequest) {
    this.clients = ports.map((port) => new WorkerClient<LaneCalls>(port));
    this.#started = Promise.all(this.clients.map((client, number) => client.call('start', { capture, rules, share: { number, count: ports.length } })));
    this.#started.catch(() => {}); // told by `ready`
  }

  /** Resolves once all have read the rules. Rejects where one could not, or where it read others. */
  async ready(signatures: number): Promise<void> {
    if ((await this.#started).some((count) => count !== signatures)) throw new FaultError({ code: 'read-failed', what: 'A file of rules was changed while it was read', next: 'Run the rules again.' });
  }

  close(): void { for (const client of this.clients) client.close(); }
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

/** How the run's rules are dealt out; null where one must do all. */
export const divisionOf = ({ parsed }: RuleRun): Division | null => divide(parsed.signatures, false); // what tags keep is not shown

export interface RoundOptions { readonly signal: AbortSignal; readonly onRound: () => void | Promise<void> }

/** Runs the rules with helpers. Rules that look across flows are evaluated here. Rejects with a FaultError when it is stopped; what was found stays in the run. */
export async function runSideBySide({ source }: OpenSession, run: RuleRun, division: Division, helpers: Helpers, { signal, onRound }: RoundOptions): Promise<void> {
  const stop = (): void => helpers.close(); // whoever waits for a batch waits no longer
  signal.addEventListener('abort', stop, { once: true });
  const reader = division.across.size > 0 ? await openCapture(source) : null;
  try {
    await helpers.ready(run.parsed.signatures.length);
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
      signal, onAlert: (match) => { run.add(match, match.record); }, onStopped: (number) => { run.stopped.add(number); }, records: () => run.results.alerts.length < MAX_ALERTS,
      onRound: (packets) => { run.packets = packets; return onRound(); },
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await reader?.close();
  }
}

// Two captures in, what became of every packet out.

import type { ByteSource } from '../bytes/byte-source.ts';
import type { PlayedSession } from '../mirror/played-sessions.ts';
import { Beside } from './beside.ts';
import type { Clock } from './clock.ts';
import { applianceFates, sourceFates } from './fates.ts';
import { findings, type Findings } from './findings.ts';
import { judge, type Judgement } from './judgement.ts';
import { firstRow, type Matching } from './matching.ts';
import { Pairing } from './pair-up.ts';
import { relationOf, type Relation } from './relation.ts';
import { scan, Scanning, type Scan } from './scan.ts';
import { spansOf, type Spans } from './spans.ts';
import { verify } from './verify.ts';
import { Watch, type Watching } from './watch.ts';

export interface CompareOptions extends Watching {
  /** Only envelopes with this VNI count as the mirror's. */
  readonly vni?: number | undefined;
  /** The mirror's own rules. */
  readonly mirror?: readonly PlayedSession[] | undefined;
  /** One interface of a pcapng, by name or number. */
  readonly interfaceA?: string | undefined;
  readonly interfaceB?: string | undefined;
}

export interface CompareResult {
  readonly relation: Relation;
  readonly matching: Matching;
  /** FATE marks of each packet of the source, and of the appliance. */
  readonly fatesA: Uint16Array;
  readonly fatesB: Uint16Array;
  /** Marks of DIFFERENCE between each packet of the appliance and the source packet it belongs to. */
  readonly differences: Uint16Array;
  /** What the mirror's own rules say of each source packet; null where they were not given. */
  readonly judgement: Judgement | null;
  /** What the bytes say of what has no counterpart. */
  readonly findings: Findings;
  /** The VNI that counts as the mirror's, where one was asked for. */
  readonly vni: number | null;
  /** When each capture ran. */
  readonly spans: Spans;
  /** null without pairs. */
  readonly clock: Clock | null;
  /** The first source packet that takes part: what times and the clock count from. */
  readonly first: number;
}

/**
 * Pairs a source's capture with an appliance's at the innermost frame. Rejects with a FaultError when either is no capture or the signal
 * aborts; a capture that breaks off is compared as far as it goes, and its scan says so.
 */
export async function compareCaptures(a: ByteSource, b: ByteSource, options: CompareOptions = {}): Promise<CompareResult> {
  const watch = new Watch(options);
  const { relation, matching, differences, clock } = await paired(a, b, options, watch);
  const judgement = options.mirror === undefined ? null : await judge(a, matching.a, options.mirror);
  const found = await findings(matching, a, b, { vni: options.vni ?? null, wrapped: relation === 'wrapped' }, watch);
  const timed = { matching, clock, first: firstRow(matching.a) };
  const fatesA = sourceFates(matching, differences, judgement, found.kinds);
  return { ...timed, relation, judgement, differences, findings: found, vni: options.vni ?? null, fatesA, fatesB: applianceFates(matching), spans: spansOf(timed, fatesA, found.kinds) };
}

/** Who belongs to whom. A function of its own, so that what only the pairing needs is free again before the fates are told. */
async function paired(a: ByteSource, b: ByteSource, options: CompareOptions, watch: Watch): Promise<Pick<CompareResult, 'relation' | 'matching' | 'differences' | 'clock'>> {
  const { left, right, beside } = await bothScanned(a, b, options, watch);
  await watch.breathe('pairing', 0, 1);
  const relation = await relationOf(left, right, b);
  const pairing = new Pairing(left, right, relation, options.vni ?? null, beside.owner);
  await pairing.run('mirrored', a, b, watch);
  if (relation === 'wrapped') await pairing.run('direct', a, b, watch);
  pairing.finish();
  const { matching } = pairing;
  const differences = await verify(matching, a, b, beside, watch);
  return { relation, matching, differences, clock: pairing.clock() };
}

/** Both captures, read side by side, each once. */
async function bothScanned(a: ByteSource, b: ByteSource, { interfaceA, interfaceB }: CompareOptions, watch: Watch): Promise<{ readonly left: Scan; readonly right: Scan; readonly beside: Beside }> {
  let ofA = 0, ofB = 0;
  const tell = (): void => { watch.tell('reading both captures', ofA + ofB, a.size + b.size); };
  const source = await Scanning.open(a, { interface: interfaceA, onWindow: (done) => { ofA = done; tell(); } });
  try {
    const beside = new Beside(a, source);
    const right = await scan(b, { interface: interfaceB, beside, onWindow: (done) => { ofB = done; tell(); } });
    while (await source.more());
    return { left: source.finish(), right, beside };
  } finally { await source.close(); }
}

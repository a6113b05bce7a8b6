// The end of a worker that matches rules over a part of a capture's flows.

import { FaultError } from '../core/base/fault.ts';
import { blobSource } from '../core/bytes/blob-source.ts';
import { openCapture } from '../core/capture/capture-reader.ts';
import { packBatch } from '../core/rules/lanes/batch.ts';
import { divide } from '../core/rules/lanes/division.ts';
import { LaneRun, lanesOf } from '../core/rules/lanes/lane-run.ts';
import { RuleProfile } from '../core/rules/match/profile.ts';
import type { Tally } from '../core/rules/match/tallies.ts';
import type { LaneBatch, LaneCalls, TallyRow } from './lane-protocol.ts';
import type { Handlers } from './protocol.ts';
import { settingsOf } from './rule-settings.ts';
import { RuleTexts } from './rule-texts.ts';

interface Started { readonly run: LaneRun; readonly profile: RuleProfile; readonly told: { readonly checks: Uint32Array; readonly milliseconds: Float64Array } }

export function laneHandlers(): Handlers<LaneCalls> {
  let started: Started | null = null;
  return {
    async start({ capture, rules, share: { number, count } }, { signal }) {
      const { signatures } = await new RuleTexts().read(rules, signal);
      const division = divide(signatures, false);
      const profile = new RuleProfile(signatures.length, () => performance.now());
      const told = { checks: new Uint32Array(signatures.length), milliseconds: new Float64Array(signatures.length) };
      if (division !== null) started = { run: new LaneRun(await openCapture(blobSource(capture)), signatures, settingsOf(rules), division, { lanes: lanesOf(number, count) }, { profile }), profile, told };
      return signatures.length;
    },
    async next({ records }, { move }) {
      if (started === null) throw new FaultError({ code: 'cancelled', what: 'These rules are not matched side by side', next: 'Run them again.' });
      const { run, profile, told } = started;
      const batch = packBatch(await run.next(records));
      const cost = costSince(profile, told);
      move([batch.numbers.buffer, cost.buffer]);
      return { batch, unanswered: rows(run.matcher.unanswered), unwritten: rows(run.matcher.unwritten), cost } satisfies LaneBatch;
    },
  };
}

const rows = (tallies: readonly Tally[]): TallyRow[] => tallies.map(({ signature, level, first, count }) => [signature.index, level, first, count]);

/** What each signature has cost since it was told last, which is noted. */
function costSince({ checks, milliseconds }: RuleProfile, told: Started['told']): Float64Array<ArrayBuffer> {
  const cost: number[] = [];
  for (let i = 0; i < checks.length; i++) {
    if (checks[i] === told.checks[i]) continue;
    cost.push(i, checks[i]! - told.checks[i]!, milliseconds[i]! - told.milliseconds[i]!);
  }
  told.checks.set(checks);
  told.milliseconds.set(milliseconds);
  return Float64Array.from(cost);
}

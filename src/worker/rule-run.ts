// A run of rules over one capture, from its first packet on: what has been found so far can be looked at while the rest runs, and stays where the run is stopped.

import { Matcher } from '../core/rules/match/matcher.ts';
import { RuleProfile } from '../core/rules/match/profile.ts';
import { Tallies, type Tally } from '../core/rules/match/tallies.ts';
import type { ParsedRules } from '../core/rules/parse/parse-rules.ts';
import { RuleResults, type Hit } from '../core/rules/results.ts';
import type { AlertRecord } from '../core/rules/match/alert-record.ts';
import type { RuleSettings } from '../core/rules/settings/settings.ts';
import { AlertMarks } from './alert-marks.ts';
import { NumberRanges } from './number-ranges.ts';

/** What one of those who match could not tell of some signatures. */
export interface Untold { readonly unanswered: readonly Tally[]; readonly unwritten: readonly Tally[] }

export class RuleRun {
  /** By which the page knows it. */
  readonly id: number;
  readonly parsed: ParsedRules;
  readonly settings: RuleSettings;
  readonly results = new RuleResults();
  readonly marks: AlertMarks;
  readonly stopped = new NumberRanges();
  readonly profile: RuleProfile;
  /** Packets of the capture when it began. */
  readonly rows: number;
  /** Whether all were. */
  isComplete = false;
  /** Those who match, or matched. */
  readonly untold: Untold[] = [];
  #packets = 0;
  #alerts = 0;
  #skip = 0;
  #lastStopped = 0;
  #whole: Matcher | null = null;

  /** Over the first `rows` packets of a capture: those that were indexed when it began. */
  constructor(id: number, parsed: ParsedRules, settings: RuleSettings, rows: number) {
    this.id = id;
    this.parsed = parsed;
    this.settings = settings;
    this.rows = rows;
    this.marks = new AlertMarks(rows);
    this.profile = new RuleProfile(parsed.signatures.length, () => performance.now());
  }

  /** Packets that have been matched. */
  get packets(): number { return this.#packets; }

  /** Notes how far those are who match. */
  isAt(packets: number): void { this.#packets = Math.max(this.#packets, packets); }

  /** Others match, from the first packet on. Whoever matches finds the same in the same order, so what is there stays, and what comes again is left out. */
  again(): void {
    this.#skip = Math.max(this.#skip, this.#alerts);
    this.#alerts = 0;
    this.untold.length = 0;
    this.profile.checks.fill(0);
    this.profile.milliseconds.fill(0);
  }

  /** Takes the next alert; its record is null where no more are kept. One of a packet that was read on since the run began is left to the next run. */
  add(hit: Hit, record: AlertRecord | null): void {
    if (this.#alerts++ < this.#skip || hit.number > this.rows) return;
    this.results.take(hit, record);
    this.marks.add(hit.number, hit.level, hit.signature.priority);
  }

  /** Takes the next packet that was stopped. */
  stop(number: number): void {
    if (number <= this.#lastStopped) return;
    this.#lastStopped = number;
    this.stopped.add(number);
  }

  get unanswered(): readonly Tally[] { return together(this.untold.map(({ unanswered }) => unanswered)); }
  get unwritten(): readonly Tally[] { return together(this.untold.map(({ unwritten }) => unwritten)); }

  /** Notes the matcher that does this run alone: another one with the same rules is made quickly from it. */
  runsIn(matcher: Matcher): void {
    matcher.profile = this.profile;
    // Most of many alerts are only counted, and nothing more is made of them.
    matcher.onCounted = (hit) => {
      if (!this.results.isFull) return false;
      this.add(hit, null);
      return true;
    };
    this.untold.push(matcher);
    this.#whole = matcher;
  }

  /** A matcher with the run's rules that has seen nothing. */
  fresh(): Matcher { return (this.#whole ??= new Matcher(this.parsed.signatures, this.settings)).fresh(); }
}

function together([first = [], ...others]: readonly (readonly Tally[])[]): readonly Tally[] {
  if (others.every((tallies) => tallies.length === 0)) return first;
  const all = new Tallies();
  for (const { signature, level, first: number, count } of [...first, ...others.flat()]) all.note(signature, level, number, count);
  return [...all.all].sort((a, b) => a.signature.index - b.signature.index || a.level - b.level);
}

// What a run of rules over one capture comes to, in text and small numbers: the shapes that the page shows and the command line prints.

/** A mistake in the rules' text, for the editor to mark. Line and column count from 1. */
export interface RuleMistake {
  readonly file: string; //        '' for the editor's text
  readonly line: number;
  readonly column: number;
  readonly length: number; //      characters at fault, 0 for a place
  readonly keyword: string;
  readonly message: string; //     what is wrong and how to mend it
}

export interface SignatureReport {
  readonly index: number; //       place in the list of signatures
  readonly file: string; //        '' for the editor's text
  readonly line: number; //        of the rule there, from 1
  readonly gid: number;
  readonly sid: number;
  readonly rev: number;
  readonly msg: string;
  readonly action: string;
  readonly priority: number;
  readonly header: string; //      "icmp any any -> any any"
  readonly unevaluated: string; // why it is not evaluated here, as a clause; '' when it is
  readonly off: boolean; //        it was switched off
  readonly checks: number; //      times that it was evaluated beyond what sorts it out quickly
  readonly milliseconds: number; // spent on that, about
  readonly hits: readonly LevelHits[]; // one a level, from the outermost; a level without a hit has count 0
}

export interface LevelHits {
  readonly level: number;
  readonly count: number;
  readonly kept: number; //        of them, alerts that the table and the logs have
  readonly unanswered: number; //  packets on which its regular expression was stopped: nobody knows whether it matches there
  readonly unwritten: number; //   packets on which it matched and no alert was written, since there were as many as are written at most
  readonly firstPacket: number; // 0 where there is none
  readonly first: string; //       time of the first and the last alert, seconds since the capture's first packet; ''
  readonly last: string;
}

/** What a run comes to without its signatures, of which there may be a hundred thousand: those that are to be shown are asked for. */
export interface RulesReport {
  readonly rules: number; //       met in the texts, right or wrong
  readonly signatures: number; //  read: what `index` counts
  readonly evaluated: number; //   of them
  readonly told: Uint32Array; //   indices of those that alerted, or matched without a word, or are unanswered on some packet; ascending
  readonly unanswered: readonly UnansweredReport[]; // the first of them
  readonly unwritten: number; //   alerts that were not written, since their packet had `maxAlerts`
  readonly maxAlerts: number;
  readonly mistakes: readonly RuleMistake[];
  readonly moreMistakes: number; // counted beyond those
  readonly packets: number; //     matched
  readonly captured: number; //    in the capture
  readonly isComplete: boolean; // false while the run is under way, and where it was stopped
  readonly levels: number; //      levels of encapsulation that the rules looked at, 1 at least
  readonly alerts: number; //      written, all signatures together
  readonly kept: number; //        of them, in the table and the logs
  readonly flagged: number; //     packets with an alert, each counted once
  readonly flaggedTwice: number; // of them, those with alerts on more than one level: the envelope and the packet inside
  readonly blocked: number; //     packets that an IPS would have stopped
}

/** What a run over one capture came to for each rule, by its index, on all levels together. */
export interface RuleTotals {
  readonly hits: Uint32Array; //         alerts
  readonly checks: Uint32Array;
  readonly milliseconds: Float32Array;
  readonly open: Uint8Array; //          see RuleOpen: what the hits do not cover
}
/** Bits of `RuleTotals.open`. */
export const RuleOpen = { UNANSWERED: 1, UNWRITTEN: 2 } as const;

export type RuleState = 'fires' | 'silent' | 'not known' | 'not evaluated' | 'off';
export type RuleColumn = 'place' | 'sid' | 'msg' | 'state' | 'hits' | 'checks' | 'milliseconds';
/** Which rules of a run a list has, and in which order; rules that are alike stay in the order of the texts. */
export interface RuleChoice {
  readonly column: RuleColumn;
  readonly descending: boolean;
  readonly matched: boolean; //          only those that alerted, or matched without a word, or are not known, at some capture
  readonly words: string; //             all of them in the rule's text or its file's name; '' for all
}

/** A rule whose regular expression was stopped on some packets of one level. */
export interface UnansweredReport { readonly sid: number; readonly packets: number }

/** One alert, as a row of the table. */
export interface AlertReport {
  readonly packet: number;
  readonly time: string; //        UTC, "04:45:25.107157"
  readonly level: number;
  readonly signature: number; //   index
  readonly sid: number;
  readonly priority: number;
  readonly action: string; //      "alert", "drop", …; with IPS off a drop is only told
  readonly msg: string;
  readonly protocol: string;
  readonly source: string; //      with the port where there is one
  readonly destination: string;
}

export type AlertColumn = 'time' | 'packet' | 'level' | 'action' | 'sid' | 'msg' | 'protocol' | 'source' | 'destination';
export interface AlertSort { readonly column: AlertColumn; readonly descending: boolean }

export type ConditionState = 'met' | 'failed' | 'not known' | 'not reached';

export interface ConditionReport {
  readonly label: string; //       "Protocol", "Source", "itype"
  readonly wanted: string;
  readonly seen: string;
  readonly state: ConditionState;
  readonly from: number; //        bytes of the packet that the value came from, [from..to); equal when there are none
  readonly to: number;
}

export interface LevelReport {
  readonly level: number;
  readonly outcome: 'alert' | 'match' | 'silent' | 'not known' | 'not inspected'; // match: all conditions hold and nothing is written (pass, noalert, a pass rule before it)
  readonly note: string; //        what decided besides the conditions, '' when nothing did
  readonly conditions: readonly ConditionReport[];
}

/** Why one signature fires on one packet or not, level by level. */
export interface WhyReport {
  readonly packet: number;
  readonly signature: number;
  readonly sentence: string; //    the answer in a sentence or two
  readonly levels: readonly LevelReport[];
}

/** A word that may stand at a place of a rule. `insert` is what is typed for it: a keyword with its colon. */
export interface RuleWord { readonly text: string; readonly detail: string; readonly insert: string }

/** What a keyword, or a part of the header, means. */
export interface KeywordHelp {
  readonly name: string;
  readonly form: string; //        the grammar: "itype:[!|<|>]N;", '' where it is not told
  readonly summary: string;
  readonly note: string; //        '' when there is nothing more to say
}

/** What can be typed at a place of a rule: one of the words, for the characters [from..to). */
export interface RuleHelp { readonly from: number; readonly to: number; readonly words: readonly RuleWord[]; readonly help: KeywordHelp | null }

/** Where the packets of one level fell out of a rule. */
export interface SilentLevel {
  readonly level: number;
  readonly inspected: number; //   packets that were asked there
  readonly fellOut: readonly FallOut[]; // in the order of evaluation; conditions at which none fell out are left out
  readonly closest: Closest | null; // null where no packet fell out
}
export interface FallOut { readonly label: string; readonly wanted: string; readonly packets: number }
/** The first of the packets that met the most conditions, and what it had where it fell out. */
export interface Closest { readonly packet: number; readonly met: number; readonly label: string; readonly wanted: string; readonly seen: string }

/** A usual reason for silence that was tried: with it out of the way the rule fires so often. */
export interface Suspect { readonly sentence: string; readonly alerts: number; readonly packet: number }

/** Why a rule is silent over a whole capture. */
export interface SilentReport {
  readonly packets: number;
  readonly alerts: number; //      that it has all the same, on another level
  readonly levels: readonly SilentLevel[];
  readonly suspects: readonly Suspect[]; // those that would change something, the likeliest first
}

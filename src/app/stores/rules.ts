// The signatures in the editor, and the switches that decide how they are run.

import { create } from 'zustand';
import type { RuleFile } from '../../worker/protocol.ts';
import { STARTER_RULES } from '../rules/starter.ts';

interface RulesState {
  readonly text: string;
  readonly files: readonly RuleFile[]; // loaded ones that are too large for the editor; their rules follow those of the text
  readonly off: readonly number[]; //    sids of rules in those files that are switched off, ascending
  readonly vxlanDecoding: boolean; //  on, as in stock Suricata; off is the IDS of the story
  readonly ips: boolean;
  readonly ours: boolean; //           VXLens's own keywords, which Suricata does not know
}

export const useRules = create<RulesState>()(() => ({ text: STARTER_RULES, files: [], off: [], vxlanDecoding: true, ips: false, ours: false }));

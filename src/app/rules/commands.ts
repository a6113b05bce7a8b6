// What can be done with rules, for the palette, the shortcut sheet and the keys.

import { registerCommands, type Command } from '../commands/commands.ts';
import { useRules } from '../stores/rules.ts';
import { showTab, useView } from '../stores/view.ts';
import { chooseRuleFiles } from './load.ts';
import { runRules, useRun } from './run.ts';

const inFront = (): boolean => useView.getState().tab === 'rules';

/** Sets a switch; numbers that are on screen must belong to the switches beside them. */
export function setSwitch(change: { readonly vxlanDecoding: boolean } | { readonly ips: boolean }): void {
  useRules.setState(change);
  if (useRun.getState().runs.length > 0) void runRules();
}

const COMMANDS: readonly Command[] = [
  { id: 'rules.run', group: 'Rules', label: 'Run rules', keys: ['Mod+Enter'], whileTyping: true, when: inFront, run: () => void runRules() },
  { id: 'rules.load', group: 'Rules', label: 'Load rules', run: () => { showTab('rules'); requestAnimationFrame(chooseRuleFiles); } },
  { id: 'rules.vxlan', group: 'Rules', label: 'Switch VXLAN decoding', when: inFront, run: () => setSwitch({ vxlanDecoding: !useRules.getState().vxlanDecoding }) },
  { id: 'rules.ips', group: 'Rules', label: 'Switch IPS', when: inFront, run: () => setSwitch({ ips: !useRules.getState().ips }) },
];

export const registerRuleCommands = (): void => registerCommands(COMMANDS);

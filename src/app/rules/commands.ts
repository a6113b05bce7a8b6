// What can be done with rules, for the palette, the shortcut sheet and the keys.

import { registerCommands, registerKeyNotes, type Command, type KeyNote } from '../commands/commands.ts';
import { focusIn } from '../shared/focus.ts';
import { useRules } from '../stores/rules.ts';
import { useSelection } from '../stores/selection.ts';
import { frontView, showTab } from '../stores/view.ts';
import { addRuleFromPacket, formatText, saveRules } from './edit-actions.ts';
import { chooseRuleFiles } from './load.ts';
import { runRules, stopRules, useRun } from './run.ts';

const inFront = (): boolean => frontView() === 'rules';

/** Sets a switch; numbers that are on screen must belong to the switches beside them. */
export function setSwitch(change: { readonly vxlanDecoding: boolean } | { readonly ips: boolean } | { readonly ours: boolean }): void {
  useRules.setState(change);
  if (useRun.getState().runs.length > 0) void runRules();
}

const COMMANDS: readonly Command[] = [
  { id: 'rules.run', group: 'Rules', label: 'Run rules', keys: ['Mod+Enter'], whileTyping: true, when: inFront, run: () => void runRules() },
  { id: 'rules.stop', group: 'Rules', label: 'Stop the rules', when: () => useRun.getState().running, run: stopRules },
  { id: 'rules.load', group: 'Rules', label: 'Load rules', run: () => { showTab('rules'); requestAnimationFrame(chooseRuleFiles); } },
  { id: 'rules.save', group: 'Rules', label: 'Save rules', run: saveRules },
  { id: 'rules.format', group: 'Rules', label: 'Format the rules', keys: ['Alt+Shift+F'], whileTyping: true, when: inFront, run: () => void formatText() },
  { id: 'rules.from-packet', group: 'Rules', label: 'Make a rule from this packet', when: () => useSelection.getState().packet !== null, run: () => void addRuleFromPacket() },
  { id: 'rules.editor', group: 'Rules', label: 'Go to the rules', keys: ['E'], when: inFront, run: () => focusIn('rules', '.cm-content') },
  { id: 'rules.results', group: 'Rules', label: 'Go to the results', keys: ['M'], when: inFront, run: () => focusIn('rules', '[aria-label="Rule results"] [tabindex="0"]') },
  { id: 'rules.alerts', group: 'Rules', label: 'Go to the alerts', keys: ['A'], when: inFront, run: () => focusIn('rules', '[role=grid][aria-label=Alerts][tabindex="0"]', '[role=grid][aria-label=Alerts] [tabindex="0"]') },
  { id: 'rules.why', group: 'Rules', label: 'Go to Why', keys: ['W'], when: inFront, run: () => focusIn('rules', '[aria-label=Why] input') },
  { id: 'rules.vxlan', group: 'Rules', label: 'Switch VXLAN decoding', when: inFront, run: () => setSwitch({ vxlanDecoding: !useRules.getState().vxlanDecoding }) },
  { id: 'rules.ours', group: 'Rules', label: 'Switch VXLens’s own keywords', when: inFront, run: () => setSwitch({ ours: !useRules.getState().ours }) },
  { id: 'rules.ips', group: 'Rules', label: 'Switch IPS', when: inFront, run: () => setSwitch({ ips: !useRules.getState().ips }) },
];

/** What the editor does with keys itself. */
const KEYS: readonly KeyNote[] = [
  { group: 'In the rules', label: 'Offer keywords, variables, values', keys: ['Ctrl+ '] },
  { group: 'In the rules', label: 'Switch the rule off or on', keys: ['Mod+/'] },
  { group: 'In the rules', label: 'Next mistake', keys: ['F8'] },
  { group: 'In the rules', label: 'Fold or unfold', keys: ['Ctrl+Shift+['] },
];

export function registerRuleCommands(): void {
  registerCommands(COMMANDS);
  registerKeyNotes(KEYS);
}

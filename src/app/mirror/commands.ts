import { registerCommands, type Command } from '../commands/commands.ts';
import { useCaptures } from '../stores/captures.ts';
import { showTab } from '../stores/view.ts';
import { openDraft } from './draft.ts';
import { openWhatIf } from './what-if.ts';

const COMMANDS: readonly Command[] = [
  { id: 'compare.mirror-rules', group: 'Compare', label: 'Mirror rules', when: () => useCaptures.getState().captures.length > 1, run: () => { showTab('compare'); openDraft(); } },
  { id: 'mirror.make', group: 'Compare', label: 'Make the appliance’s capture', when: () => useCaptures.getState().captures.length > 0, run: () => openWhatIf('mirror') },
  { id: 'mirror.unwrap', group: 'Compare', label: 'Take the envelope off', when: () => useCaptures.getState().captures.length > 0, run: () => openWhatIf('unwrap') },
];

export const registerMirrorCommands = (): void => registerCommands(COMMANDS);

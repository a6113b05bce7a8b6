import { registerCommands, type Command } from '../commands/commands.ts';
import { useCaptures } from '../stores/captures.ts';
import { showTab } from '../stores/view.ts';
import { openDraft } from './draft.ts';

const COMMANDS: readonly Command[] = [
  { id: 'compare.mirror-rules', group: 'Compare', label: 'Mirror rules', when: () => useCaptures.getState().captures.length > 1, run: () => { showTab('compare'); openDraft(); } },
];

export const registerMirrorCommands = (): void => registerCommands(COMMANDS);

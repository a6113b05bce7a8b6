// The commands of the frame. Views register theirs themselves.

import { openDialog } from '../dialogs/dialogs.ts';
import { chooseFiles } from '../start/choose-files.ts';
import { openReferenceHere } from '../reference/open-here.ts';
import { openSample } from '../start/open.ts';
import { offered, useSamples } from '../start/samples.ts';
import { showCapture, useCaptures } from '../stores/captures.ts';
import { closeCapture } from '../stores/workers.ts';
import { copyText } from '../shared/copy.ts';
import { focusIn } from '../shared/focus.ts';
import { nextTheme } from '../theme.ts';
import { addressToShare } from '../url/sync.ts';
import { chooseTab } from '../stores/view.ts';
import { VIEWS } from '../views.tsx';
import { registerCommands, type Command } from './commands.ts';

const captures = () => useCaptures.getState().captures;
const shown = () => useCaptures.getState().shown;
const open = (): boolean => captures().length > 0;

/** Shows the capture `step` places further, round and round. */
function showNext(step: number): void {
  const at = captures().findIndex(({ id }) => id === shown());
  const next = captures()[(at + step + captures().length) % captures().length];
  if (next) showCapture(next.id);
}

const OPENING: readonly Command[] = [
  { id: 'open.captures', group: 'Open', label: 'Open captures', keys: ['Mod+O'], run: chooseFiles, whileTyping: true },
  { id: 'captures.next', group: 'Captures', label: 'Next capture', keys: [']'], run: () => showNext(1), when: () => captures().length > 1 },
  { id: 'captures.previous', group: 'Captures', label: 'Previous capture', keys: ['['], run: () => showNext(-1), when: () => captures().length > 1 },
  { id: 'captures.properties', group: 'Captures', label: 'Capture properties', run: () => openDialog('properties'), when: () => shown() !== null },
  { id: 'captures.close', group: 'Captures', label: 'Close this capture', run: () => { const id = shown(); if (id !== null) closeCapture(id); }, when: open },
  { id: 'captures.close-all', group: 'Captures', label: 'Close all captures', run: () => captures().forEach(({ id }) => closeCapture(id)), when: open },
];

function copyLink(): void {
  const { address, toKnow } = addressToShare();
  copyText(address, ['The link to this view is copied.', toKnow].filter(Boolean).join(' '));
}

const HELP: readonly Command[] = [
  { id: 'share.copy-link', group: 'Share', label: 'Copy a link to this view', run: copyLink, when: open },
  { id: 'help.shortcuts', group: 'Help', label: 'Keyboard shortcuts', keys: ['?'], run: () => openDialog('shortcuts') },
  { id: 'help.reference', group: 'Help', label: 'Protocol reference', keys: ['R'], run: openReferenceHere },
  { id: 'help.commands', group: 'Help', label: 'Commands', keys: ['Mod+K'], run: () => openDialog('commands'), whileTyping: true },
  { id: 'help.theme', group: 'Help', label: 'Change the theme: light, dark, as the system', run: nextTheme },
];

/** Registers what the frame can do; once. The samples join when their list has been read. */
export function registerAppCommands(): void {
  registerCommands(OPENING);
  registerCommands(VIEWS.map(({ id, label, main, alone }, at) => ({ id: `views.${id}`, group: 'Views', label: `Show ${label}`, keys: [String(at + 1)], run: () => { chooseTab(id); focusIn(id, ...main); }, when: () => alone === true || open() })));
  registerCommands(HELP);
  const addSamples = ({ samples }: { samples: ReturnType<typeof useSamples.getState>['samples'] }): void =>
    registerCommands(offered(samples).map((sample) => ({ id: `open.sample.${sample.name}`, group: 'Open', label: `Open sample: ${sample.title}`, run: () => void openSample(sample) })));
  addSamples(useSamples.getState());
  useSamples.subscribe(addSamples);
}

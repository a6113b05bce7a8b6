import { registerCommands, registerKeyNotes, type Command, type KeyNote } from '../commands/commands.ts';
import { useCaptures } from '../stores/captures.ts';
import { showTab } from '../stores/view.ts';
import { swapSides } from './compare-run.ts';
import { openInterfaces, severalInterfaces } from './interfaces.ts';

const KEYS: readonly KeyNote[] = [
  { group: 'In the pairs', label: 'A row up or down', keys: ['ArrowUp+ArrowDown', 'K+J'] },
  { group: 'In the pairs', label: 'First or last row', keys: ['Home+End'] },
  { group: 'In the pairs', label: 'Choose rows', keys: ['Shift+ArrowUp+ArrowDown'] },
  { group: 'In the pairs', label: 'Choose all rows', keys: ['Mod+A'] },
  { group: 'In the pairs', label: 'Copy the chosen rows', keys: ['Mod+C'] },
  { group: 'In the timeline', label: 'Earlier or later', keys: ['ArrowLeft+ArrowRight'] },
  { group: 'In the timeline', label: 'The trouble before or after', keys: ['PageUp+PageDown'] },
];

const COMMANDS: readonly Command[] = [
  { id: 'compare.swap', group: 'Compare', label: 'Swap source and appliance', when: () => useCaptures.getState().captures.length > 1, run: () => { showTab('compare'); swapSides(); } },
  { id: 'compare.interfaces', group: 'Compare', label: 'Open each interface as a capture', when: () => severalInterfaces() !== undefined, run: () => { const capture = severalInterfaces(); if (capture) void openInterfaces(capture); } },
];

registerKeyNotes(KEYS);
registerCommands(COMMANDS);

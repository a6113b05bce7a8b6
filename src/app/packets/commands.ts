// What the keyboard, the palette and the shortcut sheet can do in Packets.

import type { Command, KeyNote } from '../commands/commands.ts';
import { frameLength } from '../arithmetic/frame-length.ts';
import { takeToArithmetic } from '../stores/arithmetic.ts';
import { takeToBench } from '../stores/bench.ts';
import { useCaptures } from '../stores/captures.ts';
import { applyFilter, useFilter } from '../stores/filter.ts';
import { selectField, useSelection } from '../stores/selection.ts';
import { focusIn } from '../shared/focus.ts';
import { cancelSaving, useSaving } from '../shared/saving.ts';
import { frontView, setSort, showTab, useView } from '../stores/view.ts';
import { editComments, saveWithComments } from './comments.ts';
import { openDecodeAs } from './decode-as/DecodeAs.tsx';
import { useDetail } from './detail.ts';
import { KINDS, saveDisplayed } from './export.ts';
import { openGoTo } from './GoTo.tsx';
import { resetColumns } from './list/use-columns.ts';
import { listControl } from './list/control.ts';
import { placeOf } from './locate.ts';
import { useSettings } from '../stores/settings.ts';
import { showRegisteredNames } from '../stores/registered-names.ts';
import { toggleReassembly } from './reassembly.ts';

const GROUP = 'Packets';
const open = (): boolean => useCaptures.getState().shown !== null;
const here = (): boolean => open() && frontView() === 'packets';

const focus = (...selectors: string[]): void => focusIn('packets', ...selectors);

/** The tree of a level; the selected field's counterpart there, where it has one. */
function focusLevel(level: number, tree: string): void {
  const { detail } = useDetail.getState();
  const { field, level: now } = useSelection.getState();
  if (detail && now !== level && placeOf(detail, { level, field })) selectField(level, field);
  focus(`[role=tree][aria-label="${tree}"] [tabindex="0"]`);
}

/** The packet in view, where it is an Ethernet frame: others have no place on the bench. */
function onBench(): Uint8Array | null {
  const { detail, capture } = useDetail.getState();
  return detail && capture !== null && detail.layers[0]?.protocol.startsWith('eth') === true ? detail.bytes : null;
}

/** What list, trees and bytes do with keys while they have the focus. */
export const PACKET_KEYS: readonly KeyNote[] = [
  { group: 'In the packet list', label: 'A packet up or down', keys: ['ArrowUp+ArrowDown'] },
  { group: 'In the packet list', label: 'A page up or down', keys: ['PageUp+PageDown'] },
  { group: 'In the packet list', label: 'First or last packet', keys: ['Home+End'] },
  { group: 'In the packet list', label: 'A cell further', keys: ['ArrowLeft+ArrowRight'] },
  { group: 'In the packet list', label: 'Mark rows', keys: ['Shift+ArrowUp+ArrowDown'] },
  { group: 'In the packet list', label: 'Mark all rows', keys: ['Mod+A'] },
  { group: 'In the packet list', label: 'Copy the marked rows', keys: ['Mod+C'] },
  { group: 'In the column titles', label: 'Move the column', keys: ['Alt+ArrowLeft+ArrowRight'] },
  { group: 'In the column titles', label: 'Narrower or wider', keys: ['Alt+Shift+ArrowLeft+ArrowRight'] },
  { group: 'In the layers', label: 'Fold or unfold', keys: ['ArrowLeft+ArrowRight', 'Enter'] },
  { group: 'In the layers', label: 'Find by the first letters', keys: ['Shift+A–Z'] },
  { group: 'In the bytes', label: 'A byte or a row further', keys: ['ArrowLeft+ArrowRight+ArrowUp+ArrowDown'] },
  { group: 'In the bytes', label: 'First or last byte', keys: ['Mod+Home+End'] },
  { group: 'In the bytes', label: 'Copy as hex', keys: ['Mod+C'] },
];

export const PACKET_COMMANDS: readonly Command[] = [
  { id: 'packets.filter', group: GROUP, label: 'Filter packets', keys: ['/', 'Mod+F'], run: () => focus('.filter-input'), when: open },
  { id: 'packets.clear-filter', group: GROUP, label: 'Clear the filter', run: () => applyFilter(''), when: () => open() && useFilter.getState().applied !== '' },
  { id: 'packets.next', group: GROUP, label: 'Next packet', keys: ['N', 'J'], run: () => listControl()?.move(1), when: here },
  { id: 'packets.previous', group: GROUP, label: 'Previous packet', keys: ['P', 'K'], run: () => listControl()?.move(-1), when: here },
  { id: 'packets.go-to', group: GROUP, label: 'Go to packet …', keys: ['G'], run: openGoTo, when: open },
  { id: 'packets.list', group: GROUP, label: 'Go to the packet list', keys: ['L'], run: () => focus('[role=grid][aria-label=Packets]'), when: open },
  { id: 'packets.outer', group: GROUP, label: 'Go to the outer layers', keys: ['O'], run: () => focusLevel(0, 'Outer layers'), when: open },
  { id: 'packets.inner', group: GROUP, label: 'Go to the inner layers', keys: ['I'], run: () => focusLevel(1, 'Inner layers'), when: open },
  { id: 'packets.bytes', group: GROUP, label: 'Go to the bytes', keys: ['B'], run: () => focus('[role=grid][aria-label=Hex]'), when: open },
  { id: 'packets.diagram', group: GROUP, label: 'Go to the header diagram', keys: ['D'], run: () => focus('.diagram-cells [tabindex="0"]', '.diagram-strip [tabindex="0"]'), when: open },
  { id: 'packets.bench', group: GROUP, label: 'Take this packet to the envelope bench', run: () => { const bytes = onBench(); if (bytes) takeToBench(bytes); }, when: () => here() && onBench() !== null },
  { id: 'packets.arithmetic', group: GROUP, label: 'Reckon what a mirror cuts of this packet', run: () => { const { detail } = useDetail.getState(); if (detail) takeToArithmetic(frameLength(detail)); }, when: () => here() && useDetail.getState().detail !== null },
  { id: 'packets.copy', group: GROUP, label: 'Copy the marked rows', run: () => listControl()?.copy(), when: here },
  ...KINDS.map(({ kind, label }) => ({ id: `packets.export-${kind}`, group: GROUP, label: `Export the displayed packets as ${label === 'Capture' ? 'a capture' : label}`, run: () => saveDisplayed(kind), when: () => open() && useView.getState().rows > 0 })),
  { id: 'packets.cancel-export', group: GROUP, label: 'Cancel export', run: cancelSaving, when: () => useSaving.getState().step !== null },
  { id: 'packets.comment', group: GROUP, label: 'Comment on the packet …', keys: ['Mod+Alt+C'], run: () => { const { packet } = useSelection.getState(); if (packet !== null) editComments(packet); }, when: () => here() && useSelection.getState().packet !== null },
  { id: 'packets.save-comments', group: GROUP, label: 'Save the capture with its comments', run: saveWithComments, when: open },
  { id: 'packets.file-order', group: GROUP, label: 'Put packets in the order of the file', run: () => setSort(null), when: () => open() && useView.getState().sort !== null },
  { id: 'packets.compact', group: GROUP, label: 'Compact rows on or off', run: () => useSettings.setState(({ compact }) => ({ compact: !compact })), when: open },
  { id: 'packets.decode-as', group: GROUP, label: 'Decode as …', run: () => { showTab('packets'); openDecodeAs(); }, when: open },
  { id: 'packets.reassembly', group: GROUP, label: 'Reassembly on or off', run: toggleReassembly, when: open },
  { id: 'packets.registered-names', group: GROUP, label: 'Names of manufacturers and ports on or off', run: () => showRegisteredNames(!useSettings.getState().registeredNames) },
  { id: 'packets.reset-columns', group: GROUP, label: 'Reset columns', run: resetColumns, when: open },
];

// What can be done with a cell of the list.

import { cellText, type ColumnId } from '../../../core/format/packet-row.ts';
import type { Row } from '../../../worker/protocol.ts';
import { useCommands } from '../../commands/commands.ts';
import { selectPacket } from '../../stores/selection.ts';
import { editComments } from '../comments.ts';
import { useDetail } from '../detail.ts';
import { filterOf } from '../filter-text.ts';
import type { MenuEntry } from '../menu/context-menu.ts';
import { copyText } from '../../shared/copy.ts';
import { filterEntries } from '../menu/entries.ts';
import { placeOfCell } from './cell-place.ts';
import { columnOf } from './columns.ts';

export function cellEntries(row: Row | undefined, id: ColumnId, copyRows: () => void): MenuEntry[] {
  if (!row) return [];
  const text = cellText(row, id);
  return [
    ...filterEntries(cellFilter(row, id)),
    { id: 'copy-value', label: 'Copy value', disabled: text === '', run: () => copyText(text) },
    { id: 'copy-rows', label: 'Copy marked rows', hint: 'Ctrl C', run: copyRows },
    { id: 'comments', label: 'Comment on this packet …', run: () => editComments(row.number) },
    ...ruleEntries(row.number),
  ];
}

/** What Rules can do with a packet, by its command: rules know packets, and not the other way round. */
function ruleEntries(number: number): MenuEntry[] {
  const command = useCommands.getState().commands.find(({ id }) => id === 'rules.from-packet');
  return command ? [{ id: 'make-rule', label: 'Make a rule from this packet', run: () => { selectPacket(number); command.run(); } }] : [];
}

/** The comparison that this cell stands for; '' where there is none. */
export function cellFilter(row: Row, id: ColumnId): string {
  const { shows, frame } = columnOf(id);
  const text = cellText(row, id);
  if (text === '') return '';
  if (frame) return `${frame} == ${text}`;
  const { detail } = useDetail.getState();
  if (detail?.number === row.number) {
    const place = placeOfCell(detail, row, id);
    return place ? filterOf(detail, place) : '';
  }
  // The packet itself is still on its way: what most packets show there.
  if (!shows) return '';
  if (shows.fields.length === 0) return text.toLowerCase().replace(/^(tls|ssl|dtls|http|snmp|v?rrp|igmp|bfd)v?[\d.]+.*$/, '$1');
  const name = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(text) ? shows.fields.find((each) => each.startsWith('eth.')) : text.includes(':') ? shows.fields.find((each) => each.startsWith('ipv6.')) : shows.fields[0];
  return name === undefined ? '' : `${name} == ${text}`;
}

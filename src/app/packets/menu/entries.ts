// What can be done with a field, wherever it is shown.

import { applyFilter, useFilter } from '../../stores/filter.ts';
import type { PacketDetail } from '../../../worker/protocol.ts';
import { filterOf, joined } from '../filter-text.ts';
import { openDecodeAs } from '../decode-as/DecodeAs.tsx';
import type { Place } from '../locate.ts';
import { openReference } from '../../stores/reference.ts';
import { copyText } from '../../shared/copy.ts';
import type { MenuEntry } from './context-menu.ts';

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

/** Three ways to filter for an expression. */
export function filterEntries(expression: string): MenuEntry[] {
  if (expression === '') return [];
  const before = (): string => useFilter.getState().applied;
  return [
    { id: 'filter', label: 'Apply as filter', hint: short(expression), run: () => applyFilter(expression) },
    { id: 'filter-and', label: '… and', hint: '&&', run: () => applyFilter(joined(before(), expression, 'and')) },
    { id: 'filter-and-not', label: '… and not', hint: '&& !', run: () => applyFilter(joined(before(), expression, 'and not')) },
  ];
}

/** What a port carries can be said at its layer, and at what it carries. */
function decodeEntries({ layers, fields }: PacketDetail, { layer, field }: Place): MenuEntry[] {
  const at = ['udp', 'tcp'].includes(layers[layer]!.protocol) ? layer : layer - 1;
  const transport = layers[at]?.protocol ?? '';
  if (transport !== 'udp' && transport !== 'tcp') return [];
  const own = fields[field];
  const named = own && /^(udp|tcp)\.(src|dst)port$/.test(own.name) ? own : fields.find((each) => each.layer === at && each.name === `${transport}.dstport`);
  return named ? [{ id: 'decode-as', label: 'Decode as …', hint: `${transport.toUpperCase()} ${named.value}`, run: () => openDecodeAs(`${transport}.port`, named.value) }] : [];
}

export function fieldEntries(detail: PacketDetail, place: Place): MenuEntry[] {
  const field = detail.fields[place.field];
  const layer = detail.layers[place.layer]!;
  const name = field ? field.name : layer.protocol;
  return [
    ...filterEntries(filterOf(detail, place)),
    { id: 'copy-value', label: 'Copy value', run: () => copyText(field ? field.value : layer.summary) },
    ...(name === '' ? [] : [{ id: 'copy-name', label: 'Copy field name', hint: name, run: () => copyText(name) }]),
    { id: 'copy-filter', label: 'Copy as filter', run: () => copyText(filterOf(detail, place)) },
    ...decodeEntries(detail, place),
    ...(name === '' ? [] : [{ id: 'reference', label: field ? 'What is this field?' : 'What is this protocol?', run: () => openReference(name) }]),
  ];
}

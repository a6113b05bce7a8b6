import type { FieldSpec } from './field.ts';
import { isField, type Part } from './part.ts';

/** A cell of a header diagram, before it is tied to a packet's field. `name` is '' for reserved bits. */
export interface Cell { readonly bitOffset: number; readonly bits: number; readonly name: string; readonly label: string; readonly short: string }

/** The fixed part of a header as cells, in order, from its declaration. The variable part (options) is not in it. */
export function cellsOf(header: readonly Part[]): readonly Cell[] {
  const cells: Cell[] = [];
  let at = 0;
  for (const part of header) {
    if (!isField(part)) break;
    at = place(cells, part, at);
  }
  return cells;
}

/** A group of flags is drawn as its flags; numbers inside a group (DSCP, ECN) are cells, too. */
function place(cells: Cell[], field: FieldSpec, from: number): number {
  if (field.width === 0) return from;
  const parts = field.parts?.filter((part) => part.width > 0) ?? [];
  if (parts.length === 0) cells.push(cell(field, from));
  let at = from;
  for (const part of parts) {
    if (part.name === '') for (let bit = 0; bit < part.width; bit++) cells.push({ bitOffset: at + bit, bits: 1, name: '', label: 'Reserved', short: 'R' });
    else cells.push(cell(part, at));
    at += part.width;
  }
  return from + field.width;
}

/** A place with two readings (length or type) has its name from the view that the packet has. */
const cell = (field: FieldSpec, bitOffset: number): Cell => ({
  bitOffset, bits: field.width, name: field.name, label: field.label,
  short: field.width === 1 ? (field.tag ?? field.name.split(/[._]/).at(-1) ?? '').charAt(0).toUpperCase() : '',
});

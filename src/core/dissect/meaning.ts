// A field's value for people: the value and what it means. The value alone, as tools print it, is read-tape's valueText.

import type { FieldSpec } from './field.ts';
import { meaningOf } from './layer.ts';
import type { FieldInfo, Program } from './program.ts';
import { valueText } from './read-tape.ts';
import type { Tape } from './tape.ts';

const MAX_SHOWN_BYTES = 24;

/** "UDP (17)", "0x0800, IPv4", "20 bytes", "0x0012, SYN, ACK", "Set". */
export function meaningText(program: Program, tape: Tape, row: number, packet: Uint8Array): string {
  const field = program.fields[tape.fieldId[row]!]!;
  const value = tape.lo[row]!;
  if (field.packet) return `#${value.toLocaleString('en-US')}`;
  if (field.type === 'bool') return value === 0 ? 'Not set' : 'Set';
  if (field.type === 'bytes') return bytesText(packet.subarray(tape.bitOffset[row]! >> 3, (tape.bitOffset[row]! + tape.bitLength[row]!) >> 3));
  const text = valueText(program, tape, row, packet);
  if (field.type !== 'uint') return text;
  const words = [meaningOf(field, value), ...flagsSet(field, value)].filter(Boolean);
  if (words.length > 0) return field.display === 'hex' || words.length > 1 ? `${text}, ${words.join(', ')}` : `${words[0]!} (${text})`;
  const note = field.note?.[value];
  if (note) return `${text} (${note})`;
  if (field.unit) return `${text} ${value === 1 ? field.unit.replace(/s$/, '') : field.unit}`;
  if (field.both) return field.display === 'hex' ? `${text} (${value})` : `${text} (0x${value.toString(16).padStart(Math.ceil(field.width / 4), '0')})`;
  return text;
}

function bytesText(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, MAX_SHOWN_BYTES), (b) => b.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > MAX_SHOWN_BYTES ? `${shown} … (${bytes.length} bytes)` : shown;
}

/** The parts of a flags field that say something: flags that are set, numbers with words. */
function flagsSet(field: FieldInfo, value: number): string[] {
  let left = field.width;
  const said: string[] = [];
  for (const part of field.parts ?? []) {
    left -= part.width;
    const own = Math.floor(value / 2 ** left) % 2 ** part.width;
    if (part.name === '' || part.width === 0) continue;
    const word = partWord(part, own);
    if (word) said.push(word);
  }
  return said;
}

const partWord = (part: FieldSpec, value: number): string => {
  if (part.type === 'bool') return value === 0 ? '' : part.tag ?? part.label;
  return part.strings?.[value] ?? part.say?.(value) ?? '';
};

// The Basic Encoding Rules (ITU-T X.690 section 8), as far as SNMP uses them: definite lengths, tags of one byte.

import { u32 } from '../bytes/read.ts';
import { uint, type FieldText, type Strings } from '../dissect/field.ts';
import { derived, within, type Part, type Probe } from '../dissect/part.ts';
import { over } from './text-lines.ts';

/** Bytes of tag and length. */
export const headBytes: Probe = (b, at, end) => (at + 2 > end ? -1 : b[at + 1]! < 0x80 ? 2 : 2 + (b[at + 1]! & 0x7f));
/** Bytes of what is inside; -1 where the length is indefinite, or longer than a packet. */
export const bodyBytes: Probe = (b, at, end) => {
  if (at + 2 > end) return -1;
  const size = b[at + 1]!;
  if (size < 0x80) return size;
  const more = size & 0x7f;
  if (more === 0 || more > 3 || at + 2 + more > end) return -1;
  let length = 0;
  for (let i = 0; i < more; i++) length = length * 256 + b[at + 2 + i]!;
  return length;
};
/** The number in an element, its lower 32 bits where it has more. */
const number: Probe = (b, at, end, start, option) => {
  const [head, body] = [headBytes(b, at, end, start, option), bodyBytes(b, at, end, start, option)];
  const to = at + head + body;
  if (head < 0 || body < 1 || to > end) return -1;
  if (body >= 4) return u32(b, to - 4);
  let value = 0;
  for (let i = at + head; i < to; i++) value = value * 256 + b[i]!;
  return value;
};
/** What stands in an element, the element's head passed over. */
export const inside = (of: readonly Part[]): Part[] => [derived('inside', '', bodyBytes, { hidden: true }), over(headBytes), within('inside', of)];
export const integer = (name: string, label: string, strings: Strings = {}): Part[] => [derived(name, label, number, { ...uint(name, 32, label, { strings }), span: 3 }), ...inside([])];

/** "1.3.6.1.2.1.1.1.0" */
export const oidText: FieldText = (b, at, end) => {
  const arcs: number[] = [];
  let arc = 0;
  for (let i = at; i < end; i++) {
    arc = arc * 128 + (b[i]! & 0x7f);
    if (b[i]! >= 0x80) continue;
    if (arcs.length === 0) arcs.push(Math.min(2, Math.floor(arc / 40)), arc - 40 * Math.min(2, Math.floor(arc / 40)));
    else arcs.push(arc);
    arc = 0;
  }
  return arcs.join('.');
};

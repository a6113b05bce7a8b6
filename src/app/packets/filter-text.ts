// A display filter from what stands on the screen.

import type { FieldView, PacketDetail } from '../../worker/protocol.ts';
import type { Place } from './locate.ts';

const NUMBER = /^(0x[0-9a-f]+|-?\d+(\.\d+)?)$/i;
const ADDRESS = /^(\d+(\.\d+){3}|[0-9a-f]{2}(:[0-9a-f]{2})+|[0-9a-f]*:[0-9a-f:.]+)$/i;

/** "vxlan.vni == 333", or the layer's name alone. '' for a field that has no name. */
export function filterOf(detail: PacketDetail, { layer, field }: Place): string {
  const at = detail.fields[field];
  if (!at) return detail.layers[layer]!.protocol;
  return at.name === '' ? '' : comparison(at.name, at.value, isHexOfBytes(detail, at));
}

const comparison = (name: string, value: string, bytes: boolean): string => {
  if (value === '') return name;
  if (bytes) return `${name} == ${value.match(/../g)!.join(':')}`;
  return `${name} == ${NUMBER.test(value) || ADDRESS.test(value) ? value : quoted(value)}`;
};

/** Bytes are printed as bare digits; what tells "1234" of two bytes from a number is the packet itself. */
function isHexOfBytes({ bytes }: PacketDetail, { value, bitOffset, bitLength }: FieldView): boolean {
  if (bitLength === 0 || bitOffset % 8 !== 0 || value.length !== bitLength / 4 || !/^[0-9a-f]+$/.test(value)) return false;
  const own = bytes.subarray(bitOffset / 8, (bitOffset + bitLength) / 8);
  if (!own.every((byte, i) => byte === parseInt(value.slice(i * 2, i * 2 + 2), 16))) return false;
  return bitLength > 32 || own.reduce((n, byte) => n * 256 + byte, 0) !== Number(value);
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, (sign) => `\\${sign}`)}"`;

/** A filter joined to the one there is. */
export function joined(before: string, more: string, how: 'alone' | 'and' | 'and not'): string {
  if (how === 'alone') return more;
  const part = how === 'and not' ? `!(${more})` : more;
  const old = before.trim();
  if (old === '') return part;
  return `${/\|\||\bor\b/.test(old) ? `(${old})` : old} && ${part}`;
}

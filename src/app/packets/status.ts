// What the status bar says of the packet in view.

import type { PacketDetail } from '../../worker/protocol.ts';
import { count } from '../../core/format/number.ts';

/** "envelope 50 bytes: 14 + 20 + 8 + 8"; '' without one. What was put around level 1, in the order it is on the wire. */
export function envelopeText({ layers }: PacketDetail): string {
  const around = layers.filter(({ level }) => level === 0);
  if (!around.some(({ part }) => part === 'envelope')) return '';
  const lengths = around.map(({ length }) => length);
  return `envelope ${lengths.reduce((sum, length) => sum + length, 0)} bytes: ${lengths.join(' + ')}`;
}

export function statusParts(name: string, packets: number, detail: PacketDetail | null): string[] {
  if (!detail) return [name];
  return [name, `packet ${count(detail.number)} of ${count(packets)}`, detail.time, detail.interfaceName, envelopeText(detail)].filter(Boolean);
}

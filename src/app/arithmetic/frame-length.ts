import type { PacketDetail } from '../../worker/protocol.ts';

/** Length of a packet's innermost frame as it was on the wire, Ethernet header included: what the mirror was given. */
export function frameLength({ layers, origlen }: PacketDetail): number {
  const innermost = layers.reduce((most, { level }) => Math.max(most, level), 0);
  return origlen - (innermost === 0 ? 0 : layers.find(({ level }) => level === innermost)?.offset ?? 0);
}

import { hasAddress } from '../match/header-match.ts';
import type { PacketView } from '../packet/packet-view.ts';
import type { AddressSet } from '../parse/addresses.ts';

/** A `suppress` of threshold.config: a rule's alerts are not written, all of them or those of some addresses; what a match does otherwise is still done (configuration/global-thresholds.rst). */
export interface Suppression {
  /** Whose address is looked at; by_rule holds back every alert. */
  readonly track: 'by_rule' | 'by_src' | 'by_dst' | 'by_either';
  readonly addresses: AddressSet;
  /** As the file has it. */
  readonly source: string;
}

export const NO_SUPPRESSIONS: readonly Suppression[] = [];

/** The first of a rule's suppressions that holds its alert on this packet back; null where none does. Packets without addresses have none that could be suppressed. */
export function suppressionOf(suppressions: readonly Suppression[], p: PacketView): Suppression | null {
  for (const suppression of suppressions) {
    const { track, addresses } = suppression;
    if (track === 'by_rule') return suppression;
    if (p.ipVersion === 0) continue;
    if (track !== 'by_dst' && hasAddress(addresses, p, p.sourceAddress)) return suppression;
    if (track !== 'by_src' && hasAddress(addresses, p, p.destinationAddress)) return suppression;
  }
  return null;
}

import { u32 } from '../../bytes/read.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { type AddressSet, hasV4, hasV6 } from '../parse/addresses.ts';
import { hasPort } from '../parse/ports.ts';
import type { Endpoint, Signature } from '../signature.ts';

export function hasAddress(set: AddressSet, p: PacketView, at: number): boolean {
  if (set.any) return true;
  if (p.ipVersion === 4) return hasV4(set, u32(p.bytes, at));
  return p.ipVersion === 6 && hasV6(set, p.bytes, at);
}

/** Whether the packet goes from one endpoint to the other. */
export function goes(p: PacketView, from: Endpoint, to: Endpoint): boolean {
  return hasPort(from.ports, p.sport) && hasPort(to.ports, p.dport) && hasAddress(from.addresses, p, p.sourceAddress) && hasAddress(to.addresses, p, p.destinationAddress);
}

const sameAddresses = (a: AddressSet, b: AddressSet): boolean => sameNumbers(a.v4, b.v4) && sameNumbers(a.v6, b.v6);
const sameNumbers = (a: Uint32Array | Uint16Array, b: Uint32Array | Uint16Array): boolean => a.length === b.length && a.every((n, i) => n === b[i]);

/** Suricata makes two rules of one with `<>`, unless both sides are the same. */
export const isDoubled = ({ direction, source: a, destination: b }: Signature): boolean =>
  direction === '<>' && !(sameAddresses(a.addresses, b.addresses) && sameNumbers(a.ports.pairs, b.ports.pairs));

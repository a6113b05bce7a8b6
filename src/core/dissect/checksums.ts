// Internet checksums (RFC 1071) of a dissected packet: right, wrong, absent, or not to be checked and why. Everything is taken from the
// declarations: which field, over what, and which protocol number goes into the pseudo header.

import { onesSum } from '../bytes/checksum.ts';
import type { Layer } from './layer.ts';
import { COMPLETE, type Tape } from './tape.ts';
import type { ChecksumVerdict } from './view.ts';

export interface Checksum {
  readonly row: number; //            the checksum's row on the tape
  readonly verdict: ChecksumVerdict;
  readonly note: string; //           why, in words; '' for a good one
  readonly fits: boolean; //          false: summed over what is there it is wrong, also where that proves nothing
  readonly illegal: boolean; //       0, where Wireshark calls that illegal: UDP over IPv6
  readonly quoted: boolean; //        inside the datagram that an ICMP error quotes
}

/** The verdicts of all checksum fields that are there, outermost first. `packet` starts at the packet's first byte. */
export function checksums(layers: readonly Layer[], tape: Tape, packet: Uint8Array): readonly Checksum[] {
  const found: Checksum[] = [];
  const error = layers.findIndex((layer) => layer.protocol.quotes);
  layers.forEach((layer, i) => {
    const { checksum } = layer.protocol;
    const row = checksum ? layer.rowsOf(checksum.field)[0] : undefined;
    if (row !== undefined) found.push({ row, fits: true, illegal: false, quoted: error >= 0 && i > error, ...judge(layer, tape, packet, tape.lo[row]!) });
  });
  return found;
}

type Judgement = Pick<Checksum, 'verdict' | 'note'> & { readonly illegal?: true; readonly fits?: false };
const unchecked = (note: string): Judgement => ({ verdict: 'unchecked', note });
const good: Judgement = { verdict: 'good', note: '' };
const bad = (note: string): Judgement => ({ verdict: 'bad', note });

function judge(layer: Layer, tape: Tape, packet: Uint8Array, value: number): Judgement {
  const { over } = layer.protocol.checksum!;
  if (over === 'header') {
    if (layer.cut) return unchecked('not checkable: the header is cut');
    return verdictOf(packet, layer.offset, layer.offset + layer.length, 0, value);
  }
  const carriers = carriersOf(layer);
  const network = carriers.at(-1);
  if (value === 0 && layer.protocol.zeroIsAbsent) return absentOrNot(layer, network);
  if (carriers.some((l) => isFragment(l) && l.source === layer.source)) return unchecked('not checkable: this is a fragment, and the sum goes over the whole datagram');
  const end = tape.layerReach[over === 'message' && layer.outer?.source === layer.source ? layer.outer.index : layer.index]!;
  if (end > packet.length) return unchecked(CUT_BY_CAPTURE);
  if (over === 'pseudo' && !network) return unchecked('not checkable: there is no IP header for the pseudo header');
  const start = over === 'message' ? 0 : pseudoSum(network!, carriers, packet, layer.protocol.over!['ip.proto']![0]!, end - layer.offset);
  const judged = verdictOf(packet, layer.offset, end, start, value);
  if (judged.verdict === 'good' || ![...carriers, layer].some((l) => isCut(l, tape))) return judged;
  return { ...unchecked(CUT_ON_THE_WAY), fits: false };
}

function verdictOf(packet: Uint8Array, from: number, to: number, start: number, value: number): Judgement {
  const sum = onesSum(packet, from, to, start);
  if (sum === 0xffff) return good;
  if (value === 0) return bad('0: the sender left it to its network card (checksum offload), or the sum is wrong');
  if (start > 0 && value === onesSum(packet, 0, 0, start)) return bad("only the pseudo header's sum is filled in: the sender left the rest to its network card (checksum offload)");
  const without = onesSum(packet, 0, 0, sum + (~value & 0xffff)); // the sum with the field taken out again
  return bad(`wrong: should be 0x${(~without & 0xffff).toString(16).padStart(4, '0')}`);
}

/** Zero says "none" in UDP over IPv4 (RFC 768); over IPv6 only tunnels may do so (RFC 6935). */
function absentOrNot(layer: Layer, network: Layer | undefined): Judgement {
  if (network?.protocol.name !== 'ipv6') return { verdict: 'absent', note: 'none: the sender did not compute it, as UDP over IPv4 may' };
  if (layer.inner?.protocol.encapsulates) return { verdict: 'absent', note: 'none: a tunnel over IPv6 may leave it out (RFC 6935)', illegal: true };
  return { ...bad('0: UDP over IPv6 must have one'), illegal: true };
}

/** The layers from the one right outside up to the IP header that carries the message. */
function carriersOf(layer: Layer): readonly Layer[] {
  const found: Layer[] = [];
  for (let at = layer.outer; at; at = at.outer) {
    found.push(at);
    if (at.protocol.name === 'ip' || at.protocol.name === 'ipv6') return found;
    if (at.protocol.over?.['ip.proto'] === undefined) return [];
  }
  return [];
}

const isFragment = (l: Layer): boolean =>
  (l.protocol.name === 'ip' && (l.num('flags.mf') === 1 || l.num('frag_offset') > 0)) || (l.protocol.name === 'ipv6.fraghdr' && (l.num('more') === 1 || l.num('offset') > 0));

const CUT_BY_CAPTURE = 'not checkable: the capture kept only a part of the packet';
const CUT_ON_THE_WAY = 'not checkable: the packet was cut before it was captured; after a mirror has cut it, a sum that does not fit is expected';

/** Something around it, or its own length, promised more than the frame has. */
function isCut({ index }: Layer, tape: Tape): boolean {
  const by = tape.shortBy[index]!;
  return by !== COMPLETE && by !== tape.layerProtocol[index];
}

/** Addresses, protocol number and length (RFC 9293 section 3.1, RFC 8200 section 8.1). */
function pseudoSum(network: Layer, carriers: readonly Layer[], packet: Uint8Array, proto: number, length: number): number {
  const start = proto + (length >>> 16) + (length & 0xffff);
  if (network.protocol.name === 'ip') return onesSum(packet, network.offset + 12, network.offset + 20, start);
  const withSource = onesSum(packet, network.offset + 8, network.offset + 24, start);
  const last = finalDestination(carriers) ?? network.offset + 24;
  return onesSum(packet, last, last + 16, withSource);
}

/** On the way, the destination in the header is the next hop; the sum is over the last one, which stands in the routing header. */
function finalDestination(carriers: readonly Layer[]): number | undefined {
  const routing = carriers.find((l) => l.protocol.name === 'ipv6.routing');
  if (!routing || !(routing.num('segleft') > 0)) return undefined;
  const addresses = Math.floor((routing.length - 8) / 16);
  if (addresses < 1) return undefined;
  switch (routing.num('type')) {
    case 0: return routing.offset + 8 + 16 * (addresses - 1); // in the order of the way
    case 2: case 4: return routing.offset + 8; //                one, or in reverse order
    default: return undefined;
  }
}

// Changes of one packet, made by hand. Each gives new bytes; what was there stays as it was.

import { build, putRight, type LaidLayer, type LayerValues } from '../build/build.ts';
import { eth } from '../protocols/eth.ts';
import { geneve } from '../protocols/geneve.ts';
import { ip } from '../protocols/ipv4.ts';
import { ipv6 } from '../protocols/ipv6.ts';
import { udp } from '../protocols/udp.ts';
import { vxlan } from '../protocols/vxlan.ts';

/** No frame on any wire is longer. */
export const MOST_BYTES = 9_216;

const MACS = { src: '0a:d3:93:e4:27:b2', dst: '0a:36:d2:fc:94:2e' };
const OUTER4: LayerValues = [ip, { ttl: 64, 'flags.df': 1, src: '172.31.9.144', dst: '172.31.4.131' }];
const OUTER6: LayerValues = [ipv6, { hlim: 64, src: 'fd00::9:144', dst: 'fd00::4:131' }];
const to = (port: number): LayerValues => [udp, { srcport: 65511, dstport: port, checksum: 0 }];
const TO_4789_SUMMED: LayerValues = [udp, { srcport: 65511, dstport: 4789 }];

export type EnvelopeKind = 'vxlan' | 'vxlan6' | 'gbp' | 'geneve';

/** What can be put around a frame: the envelopes of the mirrored ping, and their relatives. */
export const ENVELOPES: Readonly<Record<EnvelopeKind, { readonly label: string; readonly layers: readonly LayerValues[] }>> = {
  vxlan: { label: 'VXLAN over IPv4', layers: [[eth, MACS], OUTER4, to(4789), [vxlan, { vni: 333 }]] },
  vxlan6: { label: 'VXLAN over IPv6', layers: [[eth, MACS], OUTER6, TO_4789_SUMMED, [vxlan, { vni: 333 }]] },
  gbp: { label: 'VXLAN with Group Policy', layers: [[eth, MACS], OUTER4, to(4789), [vxlan, { vni: 333, 'flag_g': 1, gbp: 77 }]] },
  geneve: { label: 'GENEVE over IPv4', layers: [[eth, MACS], OUTER4, to(6081), [geneve, { vni: 333, proto_type: 0x6558 }]] },
};

export type Edit =
  | { readonly kind: 'bits'; readonly bitOffset: number; readonly bitLength: number; readonly value: string } // hexadecimal
  | { readonly kind: 'put on'; readonly envelope: EnvelopeKind }
  | { readonly kind: 'take off' }
  | { readonly kind: 'put right' };

/** A layer as the dissector found it, with its level of encapsulation. */
export interface FoundLayer extends LaidLayer { readonly level: number }

/** The bytes after an edit. What cannot be done (bits beyond the end, nothing to take off, a packet that would be too long) changes nothing. */
export function edited(bytes: Uint8Array, edit: Edit, layers: readonly FoundLayer[]): Uint8Array {
  switch (edit.kind) {
    case 'bits': return withBits(bytes, edit.bitOffset, edit.bitLength, edit.value);
    case 'put on': { const whole = build(ENVELOPES[edit.envelope].layers, bytes); return whole.length > MOST_BYTES ? bytes : whole; }
    case 'take off': { const inner = layers.find(({ level }) => level === 1); return inner === undefined || inner.offset >= bytes.length ? bytes : bytes.slice(inner.offset); }
    case 'put right': { const right = bytes.slice(); putRight(right, whatIsMeant(layers)); return right; }
  }
}

/** Layers up to an ICMP error: what it quotes was cut, and is evidence. */
function whatIsMeant(layers: readonly FoundLayer[]): readonly FoundLayer[] {
  const icmp = layers.findIndex(({ protocol }) => protocol.name === 'icmp' || protocol.name === 'icmpv6');
  return icmp < 0 ? layers : layers.slice(0, icmp + 1);
}

function withBits(bytes: Uint8Array, bitOffset: number, bitLength: number, value: string): Uint8Array {
  if (!/^[0-9a-f]{1,4096}$/i.test(value) || bitOffset < 0 || bitLength < 1 || bitOffset + bitLength > bytes.length * 8) return bytes;
  const changed = bytes.slice();
  let rest = BigInt(`0x${value}`);
  for (let bit = bitOffset + bitLength - 1; bit >= bitOffset; bit--, rest >>= 1n) {
    const mask = 0x80 >> (bit & 7);
    changed[bit >> 3] = rest & 1n ? changed[bit >> 3]! | mask : changed[bit >> 3]! & ~mask;
  }
  return changed;
}

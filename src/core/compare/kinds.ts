// Kinds of traffic that mirrors treat in a way of their own, told from a packet's headers.

import { u16, u8 } from '../bytes/read.ts';
import { ETHERTYPE, newTransport, PROTOCOL, transportPlace } from '../mirror/headers.ts';

export const KIND = { plain: 0, arp: 1, dhcp: 2, ntp: 3, metadata: 4, activation: 5, dns: 6, link: 7 } as const;
export type Kind = (typeof KIND)[keyof typeof KIND];

/** By KIND. `never`: "You cannot mirror the following traffic types" (Traffic Mirroring guide, "Limitations"), and what a Linux mirror of IP leaves out. */
export const KINDS: readonly { readonly name: string; readonly never: boolean }[] = [
  { name: 'other traffic', never: false }, { name: 'ARP', never: true }, { name: 'DHCP', never: true }, { name: 'NTP', never: true }, { name: 'instance metadata', never: true }, { name: 'Windows activation', never: true },
  { name: 'DNS to the VPC’s server', never: false }, { name: 'link control (no IP)', never: true },
];

/** Whether mirrors leave IP packets of this kind out, whatever their filter says. */
export const neverOfIp = (kind: number): boolean => kind >= KIND.dhcp && kind <= KIND.activation;

const DNS = 53, NTP = 123;
const DHCP: ReadonlySet<number> = new Set([67, 68, 546, 547]);
/** 169.254.169.x of AWS: the last byte, and what answers there. */
const SERVICES: ReadonlyMap<number, Kind> = new Map<number, Kind>([[254, KIND.metadata], [250, KIND.activation], [251, KIND.activation], [253, KIND.dns]]);
const SERVICES_6: ReadonlyMap<number, Kind> = new Map<number, Kind>([[0x254, KIND.metadata], [0x253, KIND.dns], [0x250, KIND.activation], [0x251, KIND.activation]]);

const transport = newTransport();

/** The kind of what b[net..end) is, of this ethertype. */
export function kindOf(b: Uint8Array, net: number, end: number, type: number): Kind {
  if (type === ETHERTYPE.arp) return KIND.arp;
  if (type !== ETHERTYPE.ipv4 && type !== ETHERTYPE.ipv6) return KIND.link;
  const t = transport;
  if (!transportPlace(b, net, end, type, t)) return KIND.plain;
  const ports = t.fragment === 0 && t.at + 4 <= end;
  if (ports && t.protocol === PROTOCOL.udp) {
    const from = u16(b, t.at), to = u16(b, t.at + 2);
    if (from === NTP || to === NTP) return KIND.ntp;
    if (DHCP.has(from) && DHCP.has(to)) return KIND.dhcp;
  }
  const at = type === ETHERTYPE.ipv4 ? net + 12 : net + 8;
  const service = type === ETHERTYPE.ipv4 ? service4(b, at) ?? service4(b, at + 4) : service6(b, at) ?? service6(b, at + 16);
  return service === KIND.dns && !(ports && (u16(b, t.at) === DNS || u16(b, t.at + 2) === DNS)) ? KIND.plain : service ?? KIND.plain;
}

const service4 = (b: Uint8Array, at: number): Kind | undefined => (u16(b, at) === 0xa9fe && u8(b, at + 2) === 169 ? SERVICES.get(u8(b, at + 3)) : undefined);
const service6 = (b: Uint8Array, at: number): Kind | undefined => (u16(b, at) === 0xfd00 && u16(b, at + 2) === 0x0ec2 ? SERVICES_6.get(u16(b, at + 14)) : undefined);

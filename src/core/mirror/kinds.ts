// Kinds of traffic that mirrors treat in a way of their own, told from a packet's headers.

import { u16, u8 } from '../bytes/read.ts';
import { ETHERTYPE, newTransport, PROTOCOL, transportPlace, type Transport } from './headers.ts';

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
  return transportPlace(b, net, end, type, transport) ? kindOfIp(b, net, end, type, transport) : KIND.plain;
}

/** The kind of an IP packet whose transport header is already found. */
export function kindOfIp(b: Uint8Array, net: number, end: number, type: number, { protocol, at, fragment }: Transport): Kind {
  const ports = fragment === 0 && at + 4 <= end && (protocol === PROTOCOL.tcp || protocol === PROTOCOL.udp);
  const from = ports ? u16(b, at) : -1, to = ports ? u16(b, at + 2) : -1;
  if (protocol === PROTOCOL.udp && (from === NTP || to === NTP)) return KIND.ntp;
  if (protocol === PROTOCOL.udp && DHCP.has(from) && DHCP.has(to)) return KIND.dhcp;
  const service = type === ETHERTYPE.ipv4 ? service4(b, net + 12) ?? service4(b, net + 16) : service6(b, net + 8) ?? service6(b, net + 24);
  return service === KIND.dns && from !== DNS && to !== DNS ? KIND.plain : service ?? KIND.plain;
}

const service4 = (b: Uint8Array, at: number): Kind | undefined => (u16(b, at) === 0xa9fe && u8(b, at + 2) === 169 ? SERVICES.get(u8(b, at + 3)) : undefined);
const service6 = (b: Uint8Array, at: number): Kind | undefined => (u16(b, at) === 0xfd00 && u16(b, at + 2) === 0x0ec2 ? SERVICES_6.get(u16(b, at + 14)) : undefined);

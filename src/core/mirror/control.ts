// Control traffic: what hosts, switches and load balancers say to one another to keep the network going. It is nobody's data, and no mirror's copy of any.

import { u16, u32, u8 } from '../bytes/read.ts';
import { ETHERTYPE, newTransport, PROTOCOL, transportPlace, type Transport } from './headers.ts';

/** What there is, by number; 0 is none. `what` goes on "It is …". */
export const CONTROLS: readonly { readonly name: string; readonly what: string }[] = [
  { name: '', what: '' },
  { name: 'ARP', what: 'ARP, which asks for and tells MAC addresses' },
  { name: 'LLDP', what: 'LLDP, by which a switch names itself to its neighbours' },
  { name: 'spanning tree', what: 'a BPDU of the spanning tree protocol, which switches send each other' },
  { name: 'link control', what: 'a frame of link control without IP, as LACP, flow control or a port’s login' },
  { name: 'IGMP', what: 'IGMP, which joins and leaves IPv4 multicast groups' },
  { name: 'MLD', what: 'MLD, which joins and leaves IPv6 multicast groups' },
  { name: 'neighbour discovery', what: 'IPv6 neighbour discovery, which asks for and tells MAC addresses and routers' },
  { name: 'DHCP', what: 'DHCP, by which a host gets its address' },
  { name: 'BFD', what: 'BFD, by which two ends watch the path between them' },
  { name: 'router redundancy', what: 'VRRP, by which routers agree who forwards' },
  { name: 'routing protocol', what: 'a routing protocol’s packet' },
  { name: 'ICMP unreachable for the mirror’s port', what: 'an ICMP answer that the mirror’s UDP port could not be reached: nobody listens there, or a firewall refuses it' },
  { name: 'health check', what: 'a load balancer’s health check, by the name that it gives itself' },
  { name: 'health check', what: 'of a TCP connection to the appliance in which not one byte of data was sent, as a load balancer’s health check makes it' },
];

export const CONTROL = { none: 0, arp: 1, lldp: 2, stp: 3, link: 4, igmp: 5, mld: 6, neighbour: 7, dhcp: 8, bfd: 9, vrrp: 10, routing: 11, unreachable: 12, healthCheck: 13, emptyConnection: 14 } as const;

const LLDP = 0x88cc;
const LLC_STP = 0x4242; // both service access points, IEEE 802.1D
const PVST = 0x0100_0c_cc;
const BY_PROTOCOL: ReadonlyMap<number, number> = new Map([[2, CONTROL.igmp], [88, CONTROL.routing], [89, CONTROL.routing], [103, CONTROL.routing], [112, CONTROL.vrrp]]); // EIGRP, OSPF, PIM
const PORTS: ReadonlyMap<number, number> = new Map([[67, CONTROL.dhcp], [68, CONTROL.dhcp], [546, CONTROL.dhcp], [547, CONTROL.dhcp], [3784, CONTROL.bfd], [3785, CONTROL.bfd], [4784, CONTROL.bfd], [6784, CONTROL.bfd]]); // RFC 5881, 5883, 7130
/** RFC 4443, 2710, 3810 and 4861. */
const BY_ICMP6: ReadonlyMap<number, number> = new Map([[130, CONTROL.mld], [131, CONTROL.mld], [132, CONTROL.mld], [143, CONTROL.mld], [133, CONTROL.neighbour], [134, CONTROL.neighbour], [135, CONTROL.neighbour], [136, CONTROL.neighbour], [137, CONTROL.neighbour]]);
const ENVELOPE_PORTS: ReadonlySet<number> = new Set([4789, 4790, 6081, 8472]);
const UNREACHABLE = 3, UNREACHABLE_6 = 1;

const transport = newTransport(), inner = newTransport();

/** The number in CONTROLS of what b[net..end) is, of this ethertype; 0 for data. `frame`: where its Ethernet header is. Never throws. */
export function controlOf(b: Uint8Array, frame: number, net: number, end: number, type: number): number {
  if (type === ETHERTYPE.arp) return CONTROL.arp;
  if (type === LLDP) return CONTROL.lldp;
  if (type === 0 && net + 2 <= end && u16(b, net) === LLC_STP) return CONTROL.stp;
  if (type === 0 && net - frame >= 14 && u32(b, frame) === PVST) return CONTROL.stp;
  if (type !== ETHERTYPE.ipv4 && type !== ETHERTYPE.ipv6) return LINK_TYPES.has(type) || (type === 0 && net > frame) ? CONTROL.link : CONTROL.none;
  return transportPlace(b, net, end, type, transport) && transport.fragment === 0 ? ipControl(b, end, transport) : CONTROL.none;
}

/** Flow control, slow protocols (LACP), 802.1X, MACsec's key agreement, connectivity checks, loopback. */
const LINK_TYPES: ReadonlySet<number> = new Set([0x8808, 0x8809, 0x888e, 0x8902, 0x9000, 0x88f5, 0x88f7, 0x22f0]);

function ipControl(b: Uint8Array, end: number, { protocol, at }: Transport): number {
  const known = BY_PROTOCOL.get(protocol);
  if (known !== undefined || at + 8 > end) return known ?? CONTROL.none;
  switch (protocol) {
    case PROTOCOL.udp: return PORTS.get(u16(b, at + 2)) ?? CONTROL.none;
    case PROTOCOL.icmp: return u8(b, at) === UNREACHABLE && quotesEnvelope(b, at + 8, end, ETHERTYPE.ipv4) ? CONTROL.unreachable : CONTROL.none;
    case PROTOCOL.icmpv6: return u8(b, at) === UNREACHABLE_6 && quotesEnvelope(b, at + 8, end, ETHERTYPE.ipv6) ? CONTROL.unreachable : BY_ICMP6.get(u8(b, at)) ?? CONTROL.none;
    case PROTOCOL.tcp: return namesHealthCheck(b, at, end) ? CONTROL.healthCheck : CONTROL.none;
    default: return CONTROL.none;
  }
}

/** Whether the packet that an ICMP error quotes was an envelope (RFC 792, RFC 4443). */
const quotesEnvelope = (b: Uint8Array, at: number, end: number, type: number): boolean =>
  transportPlace(b, at, end, type, inner) && inner.protocol === PROTOCOL.udp && inner.fragment === 0 && inner.at + 4 <= end && ENVELOPE_PORTS.has(u16(b, inner.at + 2));

const NAME = Array.from('ELB-HealthChecker', (letter) => letter.charCodeAt(0)); // the User-Agent of AWS's load balancers ("Health checks for your target groups")

function namesHealthCheck(b: Uint8Array, at: number, end: number): boolean {
  for (let from = at + 20; from + NAME.length <= end; from++) {
    let i = 0;
    while (i < NAME.length && b[from + i] === NAME[i]) i++;
    if (i === NAME.length) return true;
  }
  return false;
}

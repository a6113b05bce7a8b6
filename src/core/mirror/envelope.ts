// What a mirror puts around a frame: Ethernet, IPv4 or IPv6, UDP and VXLAN (RFC 7348), and before a Gateway Load Balancer's target IPv4, UDP and
// GENEVE with that load balancer's options (RFC 8926).

import { onesSum } from '../bytes/checksum.ts';
import { ETHERTYPE, PROTOCOL } from './headers.ts';

export interface End { readonly mac: Uint8Array; readonly ip: Uint8Array }

/** The way from a Gateway Load Balancer to an appliance behind it. */
export interface GeneveWay { readonly source: Uint8Array; readonly target: Uint8Array; readonly endpoint: Uint8Array }

export interface EnvelopeSetting {
  /** Both of one family. */
  readonly source: End;
  readonly target: End;
  readonly vni: number;
  /** Where the target is a Gateway Load Balancer's endpoint. */
  readonly geneve: GeneveWay | null;
}

const ETHERNET = 14, UDP = 8, VXLAN = 8, IPV4 = 20, IPV6 = 40;
const VXLAN_PORT = 4789, GENEVE_PORT = 6081;
const GENEVE_OPTIONS = 32;
export const GENEVE_HEADER = 8 + GENEVE_OPTIONS;
/** Bytes that VXLAN and what is below it take of an MTU, Ethernet apart: 36 over IPv4, 56 over IPv6. */
export const takenOf = (width: number): number => (width === 4 ? IPV4 : IPV6) + UDP + VXLAN;
/** Bytes that a Gateway Load Balancer adds: "68 bytes of overhead". */
export const GENEVE_TAKES = IPV4 + UDP + GENEVE_HEADER;

const TTL = 64;
const DONT_FRAGMENT = 0x40; // RFC 7348 section 4.3: "VTEPs MUST NOT fragment VXLAN packets"
const VNI_FLAG = 0x08;
/** Of a frame that was not captured whole the sum cannot be known, nor checked; zero would say that there is none. */
const UNKNOWN_SUM = 0xffff;

/** The bytes before a frame, the same for each but for lengths, port, identification, flow cookie and checksums. */
export class Envelope {
  /** Bytes that it takes. */
  readonly length: number;
  readonly #plain: Uint8Array;
  readonly #geneve: number; //  the outer IPv4 header before GENEVE; -1 without
  readonly #net: number; //     VXLAN's own IP header
  readonly #udp: number;
  readonly #wide: boolean;

  constructor({ source, target, vni, geneve }: EnvelopeSetting) {
    this.#wide = target.ip.length === 16;
    const type = this.#wide ? ETHERTYPE.ipv6 : ETHERTYPE.ipv4;
    const parts: number[] = [...target.mac, ...source.mac, ...pair(geneve === null ? type : ETHERTYPE.ipv4)];
    this.#geneve = geneve === null ? -1 : ETHERNET;
    if (geneve !== null) parts.push(...ipv4(geneve.source, geneve.target), ...udp(GENEVE_PORT), ...geneveHeader(type, geneve.endpoint));
    this.#net = parts.length;
    parts.push(...this.#wide ? ipv6(source.ip, target.ip) : ipv4(source.ip, target.ip));
    this.#udp = parts.length;
    parts.push(...udp(VXLAN_PORT), VNI_FLAG, 0, 0, 0, vni >> 16 & 0xff, vni >> 8 & 0xff, vni & 0xff, 0);
    this.#plain = Uint8Array.from(parts);
    this.length = parts.length;
  }

  /** Fills out[0..length) for the frame out[length..captured) that was `wire` bytes long, of the flow with this hash; `ident` counts packets. */
  put(out: Uint8Array, captured: number, wire: number, port: number, hash: number, ident: number): void {
    out.set(this.#plain);
    const udp = this.#udp;
    put16(out, udp, port);
    put16(out, udp + 4, UDP + VXLAN + wire);
    if (this.#wide) {
      put16(out, this.#net + 4, UDP + VXLAN + wire);
      put16(out, udp + 6, captured < wire ? UNKNOWN_SUM : udpSum(out, this.#net, udp, udp + UDP + VXLAN + wire));
    } else putIpv4(out, this.#net, udp + UDP + VXLAN + wire, ident);
    if (this.#geneve < 0) return;
    const outer = this.#geneve;
    putIpv4(out, outer, this.length + wire, ident);
    put16(out, outer + IPV4, port);
    put16(out, outer + IPV4 + 4, this.length + wire - outer - IPV4);
    put32(out, this.#net - 4, hash); // the flow cookie is the last option
  }
}

const pair = (value: number): number[] => [value >> 8, value & 0xff];
const put16 = (b: Uint8Array, at: number, value: number): void => { b[at] = value >> 8; b[at + 1] = value; };
const put32 = (b: Uint8Array, at: number, value: number): void => { put16(b, at, value >>> 16); put16(b, at + 2, value & 0xffff); };

/** Total length, identification, header checksum and flags are put in for each packet. */
const ipv4 = (source: Uint8Array, target: Uint8Array): number[] => [0x45, 0, 0, 0, 0, 0, DONT_FRAGMENT, 0, TTL, PROTOCOL.udp, 0, 0, ...source, ...target];
const ipv6 = (source: Uint8Array, target: Uint8Array): number[] => [0x60, 0, 0, 0, 0, 0, PROTOCOL.udp, TTL, ...source, ...target];
const udp = (port: number): number[] => [0, 0, ...pair(port), 0, 0, 0, 0];

/** Class 0x0108 with the three options that the load balancer always sends: the endpoint's interface, the attachment, the flow's cookie. VNI 0, and IP inside. */
const geneveHeader = (type: number, endpoint: Uint8Array): number[] => [
  GENEVE_OPTIONS / 4, 0, ...pair(type), 0, 0, 0, 0,
  0x01, 0x08, 1, 2, ...endpoint,
  0x01, 0x08, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0,
  0x01, 0x08, 3, 1, 0, 0, 0, 0,
];

function putIpv4(b: Uint8Array, net: number, end: number, ident: number): void {
  put16(b, net + 2, end - net);
  put16(b, net + 4, ident & 0xffff);
  put16(b, net + 10, ~onesSum(b, net, net + IPV4, 0) & 0xffff);
}

/**
 * A UDP checksum over IPv6. Over IPv4 a VXLAN envelope has none: "It SHOULD be transmitted as zero" (RFC 7348 section 5). Over IPv6 UDP demands one (RFC 8200
 * section 8.1), and zero is for receivers only that were told to take it (RFC 6935 section 5; Linux: udp6zerocsumrx), so a right one is sent, which
 * RFC 7348 allows.
 */
function udpSum(b: Uint8Array, net: number, udp: number, end: number): number {
  const pseudo = onesSum(b, net + 8, net + IPV6, PROTOCOL.udp + end - udp);
  const sum = ~onesSum(b, udp, end, pseudo) & 0xffff;
  return sum === 0 ? 0xffff : sum; // 0 would say that there is none
}

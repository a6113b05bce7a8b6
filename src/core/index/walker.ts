import { LOST_ADDRESS, NO_ADDRESS } from '../table/address-table.ts';
import { NO_ROOM, type FlowTable } from '../table/flow-table.ts';
import { Mark, NO_IP, type PacketColumns } from '../table/packet-columns.ts';
import type { PacketTable } from '../table/packet-table.ts';
import { Name } from '../table/protocol-names.ts';
import { BY_GENEVE, BY_VXLAN, NO_PATH, type VniPaths } from '../table/vni-paths.ts';
import { CARRIER, gpeStep, icmpHasSequence, icmpv6HasSequence, ipStep, Step, UDP_PORTS, udpService, udpStep, type UdpPorts } from './numbers.ts';
import { NOWHERE } from './link-walk.ts';
import { TunnelWalk } from './tunnel-walk.ts';

/** Layers that are followed in one packet, the dissector's limit as well. */
const MAX_LAYERS = 64;
const MOST = 1 << 29;
/** A VNI is read with the byte before it: 32 bits are one load. */
const VNI_BITS = 0xff_ffff;
const [TCP, UDP] = [6, 17];

/**
 * Walks the headers of one packet after another and fills the columns from them: the loop every capture byte goes through once. Nothing in it
 * allocates: its fields are small integers, and numbers of 32 bits go from the bytes to a column at once. Offsets are written out here again, apart
 * from the protocol files, so that each can be checked against the other. A header that is cut keeps what fits.
 */
export class Walker extends TunnelWalk {
  readonly #flows: FlowTable;
  readonly #paths: VniPaths;
  readonly #udpPorts: UdpPorts;

  constructor({ addresses, flows, paths }: PacketTable, ports: UdpPorts = UDP_PORTS) {
    super(addresses);
    this.#flows = flows;
    this.#paths = paths;
    this.#udpPorts = ports;
  }

  /** Reads b[start..end), what was kept of a packet of `origlen` bytes whose first header is `step`, into row `row` of `c`. */
  walk(b: DataView, start: number, end: number, origlen: number, step: number, c: PacketColumns, row: number): void {
    this.b = b;
    this.packet = this.at = this.frame = start;
    this.end = this.reach = end;
    this.marks = 0;
    if (origlen > end - start) { // as small integers go: 2 GB is no length that a header reaches
      this.reach = start + Math.min(origlen, MOST);
      this.marks = Mark.CUT;
    }
    this.depth = 0;
    this.path = NO_PATH;
    this.vxlan = NOWHERE;
    this.clear();
    let next = step;
    for (let layers = 0; next !== Step.STOP; layers++) {
      if (layers === MAX_LAYERS) { this.marks |= Mark.TOO_DEEP; break; }
      switch (next) { // the most frequent first
        case Step.ETHERNET: next = this.ethernet(); break;
        case Step.IPV4: next = this.#ipv4(); break;
        case Step.UDP: next = this.#udp(); break;
        case Step.VXLAN: case Step.GENEVE: case Step.VXLAN_GPE: next = this.#tunnel(next, c, row); break;
        case Step.TCP: next = this.#tcp(); break;
        case Step.ICMP: next = this.#message(Name.ICMP); break;
        case Step.ICMPV6: next = this.#message(Name.ICMPV6); break;
        case Step.IPV6: next = this.#ipv6(); break;
        default: next = this.#rare(next);
      }
    }
    this.#inner(c, row);
    if (this.depth === 0) this.#outer(c, row);
    c.depth[row] = this.depth;
    c.marks[row] = this.marks;
  }

  #rare(step: number): number {
    switch (step) {
      case Step.VLAN: return this.vlan(false);
      case Step.PROVIDER_VLAN: return this.vlan(true);
      case Step.LLC: return this.llc();
      case Step.ARP: return this.arp();
      case Step.IPV6_EXTENSION: return this.#extension(2, 1, 8);
      case Step.AUTHENTICATION: this.protocol = Name.AH; return this.#extension(12, 2, 4);
      case Step.IPV6_FRAGMENT: return this.#ipv6Fragment();
      case Step.RAW: return this.raw();
      case Step.NULL: return this.family(true);
      case Step.LOOP: return this.family(false);
      case Step.SLL: return this.sll();
      case Step.SLL2: return this.sll2();
      case Step.GRE: return this.gre();
      case Step.ERSPAN: return this.erspan();
      case Step.MPLS: return this.mpls();
      case Step.PPPOE: return this.pppoe();
      case Step.PPP: return this.ppp(false);
      case Step.PPP_FRAMED: return this.ppp(true);
      case Step.BACKBONE: return this.backbone();
      case Step.ARCNET: return this.arcnet();
      case Step.ETHERIP: return this.etherip();
      default: return Step.STOP;
    }
  }

  #ipv4(): number {
    const b = this.b;
    const at = this.at;
    const end = this.end;
    this.protocol = Name.IPV4;
    if (at + 20 > end) return this.#cutIpv4();
    if (this.ipProtocol !== NO_IP) this.marks |= Mark.IP_IN_IP;
    this.source = this.addresses.v4(b, at + 12);
    this.destination = this.addresses.v4(b, at + 16);
    const protocol = this.ipProtocol = b.getUint8(at + 9);
    const payload = at + (b.getUint8(at) & 0x0f) * 4;
    if (payload < at + 20) { this.marks |= Mark.MALFORMED; return Step.STOP; }
    if (payload > end) return this.short(payload);
    const total = b.getUint16(at + 2);
    if (at + total !== this.reach && total !== 0 && !this.bound(payload, at + total)) return Step.STOP; // 0: left to the network card
    this.at = payload;
    if (payload >= this.end && payload >= this.reach) return Step.STOP;
    const fragment = b.getUint16(at + 6) & 0x3fff;
    if (fragment === 0) return ipStep(protocol);
    this.marks |= Mark.FRAGMENT;
    return (fragment & 0x1fff) !== 0 ? Step.STOP : ipStep(protocol);
  }

  #cutIpv4(): number {
    if (this.at + 16 <= this.end) { this.source = this.addresses.v4(this.b, this.at + 12); this.destination = NO_ADDRESS; }
    if (this.at + 10 <= this.end) this.ipProtocol = this.b.getUint8(this.at + 9);
    return this.short(this.at + 20);
  }

  #ipv6(): number {
    const b = this.b;
    const at = this.at;
    this.protocol = Name.IPV6;
    if (at + 40 > this.end) return this.#cutIpv6();
    if (this.ipProtocol !== NO_IP) this.marks |= Mark.IP_IN_IP;
    this.source = this.addresses.v6(b, at + 8);
    this.destination = this.addresses.v6(b, at + 24);
    this.ipProtocol = b.getUint8(at + 6);
    this.at = at + 40;
    return this.bound(at + 40, at + 40 + b.getUint16(at + 4)) ? ipStep(this.ipProtocol) : Step.STOP;
  }

  #cutIpv6(): number {
    if (this.at + 24 <= this.end) { this.source = this.addresses.v6(this.b, this.at + 8); this.destination = NO_ADDRESS; }
    if (this.at + 7 <= this.end) this.ipProtocol = this.b.getUint8(this.at + 6);
    return this.short(this.at + 40);
  }

  /**
   * Hop-by-hop, routing and destination options, and the Authentication Header: the next header's number, and a length in units, which leaves some
   * out (RFC 8200 section 4.3, RFC 4302 section 2.2).
   */
  #extension(least: number, leftOut: number, unit: number): number {
    const at = this.at;
    if (at + least > this.end) return this.short(at + least);
    const payload = at + (this.b.getUint8(at + 1) + leftOut) * unit;
    if (payload < at + least) { this.marks |= Mark.MALFORMED; return Step.STOP; }
    if (payload > this.end) return this.short(payload);
    this.ipProtocol = this.b.getUint8(at);
    this.at = payload;
    return ipStep(this.ipProtocol);
  }

  #ipv6Fragment(): number {
    if (this.at + 8 > this.end) return this.short(this.at + 8);
    const fragment = this.b.getUint16(this.at + 2);
    if ((fragment & 0xfff9) !== 0) this.marks |= Mark.FRAGMENT; // an atomic fragment is none (RFC 6946)
    this.ipProtocol = this.b.getUint8(this.at);
    this.at += 8;
    return fragment >>> 3 !== 0 ? Step.STOP : ipStep(this.ipProtocol);
  }

  /** ICMP and ICMPv6: the datagram that an error quotes is not followed. */
  #message(name: number): number {
    this.protocol = name;
    this.transport = this.at;
    return this.at + 4 > this.end ? this.short(this.at + 4) : Step.STOP;
  }

  #udp(): number {
    const b = this.b;
    const at = this.at;
    this.protocol = Name.UDP;
    this.#ports();
    if (at + 8 > this.end) return this.short(at + 8);
    const length = b.getUint16(at + 4);
    if (at + length !== this.reach && length !== 0 && !this.bound(at + 8, at + length)) return Step.STOP;
    this.at = at + 8;
    if (this.at >= this.end) return Step.STOP; // nothing is sought in a payload of which no byte is here
    const name = udpService(this.sourcePort, this.destinationPort, this.#udpPorts);
    if (name === Name.NONE) return Step.STOP;
    if (name === CARRIER) { this.marks |= Mark.IP_IN_IP; return Step.STOP; }
    this.protocol = name;
    return udpStep(name);
  }

  #tcp(): number {
    this.protocol = Name.TCP;
    this.#ports();
    this.transport = this.at;
    if (this.at + 20 > this.end) return this.short(this.at + 20);
    const header = (this.b.getUint8(this.at + 12) >>> 4) * 4;
    if (header < 20) this.marks |= Mark.MALFORMED;
    return this.at + header > this.end ? this.short(this.at + header) : Step.STOP;
  }

  #ports(): void {
    if (this.at + 2 <= this.end) this.sourcePort = this.b.getUint16(this.at);
    if (this.at + 4 > this.end) return;
    this.marks |= Mark.PORTS;
    this.destinationPort = this.b.getUint16(this.at + 2);
  }

  /** VXLAN and GENEVE. Whether the I bit is set is a question of acceptance, not of reading: Wireshark reads the VNI in any case. */
  #tunnel(step: number, c: PacketColumns, row: number): number {
    const b = this.b;
    const at = this.at;
    if (at + 7 <= this.end) this.vxlan = at;
    if (this.at + 8 > this.end) return this.short(this.at + 8);
    const header = step !== Step.GENEVE ? 8 : 8 + (b.getUint8(at) & 0x3f) * 4;
    if (this.at + header > this.end) return this.short(this.at + header);
    this.at = at + header;
    if (step === Step.GENEVE && this.at >= this.end && this.at >= this.reach) return Step.STOP;
    if (this.depth === 0) this.#outer(c, row);
    this.path = this.#paths.into(this.path, step === Step.GENEVE ? BY_GENEVE : BY_VXLAN, b.getInt32(at + 3) & VNI_BITS);
    this.depth++;
    this.frame = this.at;
    this.marks &= ~(Mark.FRAGMENT | Mark.PORTS);
    this.clear();
    if (step === Step.VXLAN) return Step.ETHERNET;
    return step === Step.GENEVE ? this.follow(b.getUint16(at + 2)) : this.#generic(b.getUint8(at + 3));
  }

  /** VXLAN-GPE's next protocol. */
  #generic(next: number): number {
    if (gpeStep(next) === Step.STOP) this.marks |= Mark.IP_IN_IP;
    return gpeStep(next);
  }

  #outer(c: PacketColumns, row: number): void {
    if ((this.marks & Mark.FRAGMENT) !== 0) this.marks |= Mark.OUTER_FRAGMENT;
    c.outerSource[row] = this.source;
    c.outerDestination[row] = this.destination;
    c.outerSourcePort[row] = this.sourcePort;
    c.outerDestinationPort[row] = this.destinationPort;
    c.outerProtocol[row] = this.protocol;
  }

  #inner(c: PacketColumns, row: number): void {
    this.linkAddresses();
    c.source[row] = this.source;
    c.destination[row] = this.destination;
    c.sourcePort[row] = this.sourcePort;
    c.destinationPort[row] = this.destinationPort;
    c.protocol[row] = this.protocol;
    c.ipProtocol[row] = this.ipProtocol;
    c.innerOffset[row] = Math.min(this.frame - this.packet, 0xffff);
    // -1 is NO_VNI and NO_FLOW in 32 bits, and a small integer on its way there.
    c.vni[row] = this.vxlan === NOWHERE ? -1 : this.b.getInt32(this.vxlan + 3) & VNI_BITS;
    c.flow[row] = this.#flow();
    if (this.transport !== NOWHERE) this.#transportColumns(c, row);
  }

  #flow(): number {
    if (this.ipProtocol === NO_IP || this.source === NO_ADDRESS || this.destination === NO_ADDRESS) return NO_ROOM;
    if (this.source === LOST_ADDRESS || this.destination === LOST_ADDRESS) return NO_ROOM;
    if ((this.ipProtocol === UDP || this.ipProtocol === TCP) && (this.marks & Mark.PORTS) === 0) return NO_ROOM; // a later fragment
    const flows = this.#flows;
    let flow = flows.find(this.source, this.destination, this.sourcePort, this.destinationPort, this.ipProtocol, this.path);
    if (flow !== NO_ROOM && this.protocol === Name.TCP && this.transport + 14 <= this.end) flow = flows.tcp(flow, this.b, this.transport);
    if (flows.reversed) this.marks |= Mark.REVERSED;
    return flow;
  }

  #transportColumns(c: PacketColumns, row: number): void {
    const b = this.b;
    const at = this.transport;
    const left = this.end - at;
    if (this.protocol === Name.TCP) {
      if (left >= 8) { c.sequence[row] = b.getInt32(at + 4); this.marks |= Mark.SEQUENCE; }
      if (left >= 14) { c.control[row] = b.getUint16(at + 12) & 0x0fff; this.marks |= Mark.CONTROL; }
      return;
    }
    if (left < 2) return;
    c.control[row] = b.getUint16(at);
    this.marks |= Mark.CONTROL;
    const type = b.getUint8(at);
    if (left < 8 || !(this.protocol === Name.ICMP ? icmpHasSequence(type) : icmpv6HasSequence(type))) return;
    c.sequence[row] = b.getInt32(at + 4);
    this.marks |= Mark.SEQUENCE;
  }
}

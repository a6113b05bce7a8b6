import { u16, u24, u32, u32le, u8 } from '../bytes/read.ts';
import { LOST_ADDRESS, NO_ADDRESS, type AddressTable } from '../table/address-table.ts';
import type { FlowTable } from '../table/flow-table.ts';
import { Mark, NO_FLOW, NO_IP, NO_VNI, type PacketColumns } from '../table/packet-columns.ts';
import type { PacketTable } from '../table/packet-table.ts';
import { Name } from '../table/protocol-names.ts';
import { BY_GENEVE, BY_VXLAN, NO_PATH, type VniPaths } from '../table/vni-paths.ts';
import { etherName, etherStep, familyStep, icmpHasSequence, icmpv6HasSequence, ipStep, Step, udpName } from './numbers.ts';

/** Layers that are followed in one packet, the dissector's limit as well. */
const MAX_LAYERS = 64;
const NOWHERE = -1;

/**
 * Walks the headers of one packet after another and fills the columns from them: the loop every capture byte goes through once. Nothing in it
 * allocates: its fields are small integers, and numbers of 32 bits go from the bytes to a column at once. Offsets are written out here again, apart
 * from the protocol files, so that each can be checked against the other. A header that is cut keeps what fits.
 */
export class Walker {
  readonly #addresses: AddressTable;
  readonly #flows: FlowTable;
  readonly #paths: VniPaths;
  #b: Uint8Array = new Uint8Array(0);
  #packet = 0; //    the packet's first byte
  #at = 0; //        the header's first byte
  #end = 0; //       the end of the bytes that the header may use
  #marks = 0;
  #depth = 0;
  #path = NO_PATH;
  #frame = 0; //     the innermost frame's first byte
  #vxlan = NOWHERE; // the innermost envelope's header
  // Of the level that is walked, or the last one: emptied by #enter.
  #mac = NOWHERE; //  its two link addresses: destination, then source
  #source = NO_ADDRESS;
  #destination = NO_ADDRESS;
  #sourcePort = 0;
  #destinationPort = 0;
  #protocol: number = Name.NONE;
  #ipProtocol = NO_IP;
  #transport = NOWHERE; // TCP's or ICMP's header

  constructor({ addresses, flows, paths }: PacketTable) {
    this.#addresses = addresses;
    this.#flows = flows;
    this.#paths = paths;
  }

  /** Reads b[start..end), whose first header is `step`, into row `row` of `c`. `cut`: the capture kept less than there was. */
  walk(b: Uint8Array, start: number, end: number, step: number, cut: boolean, c: PacketColumns, row: number): void {
    this.#b = b;
    this.#packet = this.#at = this.#frame = start;
    this.#end = end;
    this.#marks = cut ? Mark.CUT : 0;
    this.#depth = 0;
    this.#path = NO_PATH;
    this.#vxlan = NOWHERE;
    this.#clear();
    let next = step;
    for (let layers = 0; next !== Step.STOP; layers++) {
      if (layers === MAX_LAYERS) { this.#marks |= Mark.TOO_DEEP; break; }
      next = this.#layer(next, c, row);
      if (this.#at >= this.#end) break;
    }
    this.#inner(c, row);
    if (this.#depth === 0) this.#outer(c, row);
    c.depth[row] = this.#depth;
    c.marks[row] = this.#marks;
  }

  #layer(step: number, c: PacketColumns, row: number): number {
    switch (step) {
      case Step.ETHERNET: return this.#ethernet();
      case Step.VLAN: return this.#vlan();
      case Step.IPV4: return this.#ipv4();
      case Step.IPV6: return this.#ipv6();
      case Step.IPV6_OPTIONS: return this.#ipv6Options();
      case Step.IPV6_FRAGMENT: return this.#ipv6Fragment();
      case Step.ICMP: return this.#message(Name.ICMP);
      case Step.ICMPV6: return this.#message(Name.ICMPV6);
      case Step.UDP: return this.#udp();
      case Step.TCP: return this.#tcp();
      case Step.VXLAN: return this.#tunnel(Name.VXLAN, c, row);
      case Step.GENEVE: return this.#tunnel(Name.GENEVE, c, row);
      case Step.RAW: return this.#raw();
      case Step.FAMILY: return this.#family();
      case Step.SLL: return this.#sll();
      case Step.SLL2: return this.#sll2();
      default: return Step.STOP;
    }
  }

  #clear(): void {
    this.#mac = this.#transport = NOWHERE;
    this.#source = this.#destination = NO_ADDRESS;
    this.#sourcePort = this.#destinationPort = 0;
    this.#protocol = Name.NONE;
    this.#ipProtocol = NO_IP;
  }

  /** Are so many bytes of the header there? Where not, it is told why. */
  #has(bytes: number): boolean {
    if (this.#at + bytes <= this.#end) return true;
    if ((this.#marks & (Mark.CUT | Mark.CLIPPED)) === 0) this.#marks |= Mark.MALFORMED;
    return false;
  }

  /** The header ends at `payload`, and its payload at `end` by its own word: false when that cannot be. */
  #bound(payload: number, end: number): boolean {
    if (end < payload) { this.#marks |= Mark.MALFORMED; return false; }
    if (end <= this.#end) this.#end = end;
    else if ((this.#marks & Mark.CUT) === 0) this.#marks |= Mark.CLIPPED;
    return true;
  }

  #ethernet(): number {
    this.#protocol = Name.ETHERNET;
    this.#mac = this.#at;
    if (!this.#has(14)) return Step.STOP;
    return this.#ethertype(u16(this.#b, this.#at + 12), this.#at + 14);
  }

  #vlan(): number {
    this.#protocol = Name.VLAN;
    if (!this.#has(4)) return Step.STOP;
    return this.#ethertype(u16(this.#b, this.#at + 2), this.#at + 4);
  }

  #ethertype(type: number, payload: number): number {
    if (type <= 1500 && !this.#bound(payload, payload + type)) return Step.STOP;
    this.#at = payload;
    const step = etherStep(type);
    if (step === Step.STOP && payload < this.#end) this.#protocol = etherName(type);
    return step;
  }

  #ipv4(): number {
    const b = this.#b;
    const at = this.#at;
    this.#protocol = Name.IPV4;
    this.#source = at + 16 <= this.#end ? this.#addresses.v4(b, at + 12) : NO_ADDRESS;
    this.#destination = at + 20 <= this.#end ? this.#addresses.v4(b, at + 16) : NO_ADDRESS;
    this.#ipProtocol = at + 10 <= this.#end ? u8(b, at + 9) : NO_IP;
    if (!this.#has(20)) return Step.STOP;
    const header = (u8(b, at) & 0x0f) * 4;
    if (header < 20) { this.#marks |= Mark.MALFORMED; return Step.STOP; }
    if (!this.#has(header)) return Step.STOP;
    const total = u16(b, at + 2);
    if (total !== 0 && !this.#bound(at + header, at + total)) return Step.STOP; // 0: left to the network card
    const fragment = u16(b, at + 6) & 0x3fff;
    if (fragment !== 0) this.#marks |= Mark.FRAGMENT;
    this.#at = at + header;
    return (fragment & 0x1fff) !== 0 ? Step.STOP : ipStep(this.#ipProtocol);
  }

  #ipv6(): number {
    const b = this.#b;
    const at = this.#at;
    this.#protocol = Name.IPV6;
    this.#source = at + 24 <= this.#end ? this.#addresses.v6(b, at + 8) : NO_ADDRESS;
    this.#destination = at + 40 <= this.#end ? this.#addresses.v6(b, at + 24) : NO_ADDRESS;
    this.#ipProtocol = at + 7 <= this.#end ? u8(b, at + 6) : NO_IP;
    if (!this.#has(40)) return Step.STOP;
    this.#at = at + 40;
    return this.#bound(at + 40, at + 40 + u16(b, at + 4)) ? ipStep(this.#ipProtocol) : Step.STOP;
  }

  #ipv6Options(): number {
    if (!this.#has(2)) return Step.STOP;
    const header = (u8(this.#b, this.#at + 1) + 1) * 8;
    if (!this.#has(header)) return Step.STOP;
    this.#ipProtocol = u8(this.#b, this.#at);
    this.#at += header;
    return ipStep(this.#ipProtocol);
  }

  #ipv6Fragment(): number {
    if (!this.#has(8)) return Step.STOP;
    const fragment = u16(this.#b, this.#at + 2);
    if ((fragment & 0xfff9) !== 0) this.#marks |= Mark.FRAGMENT; // an atomic fragment is none (RFC 6946)
    this.#ipProtocol = u8(this.#b, this.#at);
    this.#at += 8;
    return fragment >>> 3 !== 0 ? Step.STOP : ipStep(this.#ipProtocol);
  }

  /** ICMP and ICMPv6: the datagram that an error quotes is not followed. */
  #message(name: number): number {
    this.#protocol = name;
    this.#transport = this.#at;
    this.#has(4);
    return Step.STOP;
  }

  #udp(): number {
    const b = this.#b;
    const at = this.#at;
    this.#protocol = Name.UDP;
    this.#ports();
    if (!this.#has(8)) return Step.STOP;
    const length = u16(b, at + 4);
    if (length !== 0 && !this.#bound(at + 8, at + length)) return Step.STOP;
    this.#at = at + 8;
    if (this.#at >= this.#end) return Step.STOP;
    // Either port will do, and the lower one is asked first, as in Wireshark.
    const lower = Math.min(this.#sourcePort, this.#destinationPort);
    const name = udpName(lower) || udpName(Math.max(this.#sourcePort, this.#destinationPort));
    if (name !== Name.NONE) this.#protocol = name;
    return name === Name.VXLAN ? Step.VXLAN : name === Name.GENEVE ? Step.GENEVE : Step.STOP;
  }

  #tcp(): number {
    this.#protocol = Name.TCP;
    this.#ports();
    this.#transport = this.#at;
    if (!this.#has(20)) return Step.STOP;
    const header = (u8(this.#b, this.#at + 12) >>> 4) * 4;
    if (header < 20) this.#marks |= Mark.MALFORMED; else this.#has(header);
    return Step.STOP;
  }

  #ports(): void {
    if (this.#at + 4 > this.#end) return;
    this.#marks |= Mark.PORTS;
    this.#sourcePort = u16(this.#b, this.#at);
    this.#destinationPort = u16(this.#b, this.#at + 2);
  }

  /** VXLAN and GENEVE. Whether the I bit is set is a question of acceptance, not of reading: Wireshark reads the VNI in any case. */
  #tunnel(name: number, c: PacketColumns, row: number): number {
    const b = this.#b;
    const at = this.#at;
    if (at + 7 <= this.#end) this.#vxlan = at;
    if (!this.#has(8)) return Step.STOP;
    const header = name === Name.VXLAN ? 8 : 8 + (u8(b, at) & 0x3f) * 4;
    if (!this.#has(header)) return Step.STOP;
    this.#at = at + header;
    const step = name === Name.VXLAN ? Step.ETHERNET : etherStep(u16(b, at + 2));
    if (this.#at >= this.#end) return Step.STOP;
    if (this.#depth === 0) this.#outer(c, row);
    this.#path = this.#paths.into(this.#path, name === Name.VXLAN ? BY_VXLAN : BY_GENEVE, u24(b, at + 4));
    this.#depth++;
    this.#frame = this.#at;
    this.#marks &= ~(Mark.FRAGMENT | Mark.PORTS);
    this.#clear();
    return step;
  }

  #raw(): number {
    this.#protocol = Name.RAW;
    if (!this.#has(1)) return Step.STOP;
    const version = u8(this.#b, this.#at) >>> 4;
    return version === 4 ? Step.IPV4 : version === 6 ? Step.IPV6 : Step.STOP;
  }

  /** NULL has the address family in the byte order of the host that captured, LOOP in network order. */
  #family(): number {
    this.#protocol = Name.LOOPBACK;
    if (!this.#has(4)) return Step.STOP;
    const big = u32(this.#b, this.#at);
    const step = familyStep(big > 0xffff ? u32le(this.#b, this.#at) : big);
    this.#at += 4;
    return step;
  }

  /** Linux "cooked" captures: only a sender's address. */
  #sll(): number {
    this.#protocol = Name.SLL;
    if (!this.#has(16)) return Step.STOP;
    if (u16(this.#b, this.#at + 4) === 6) this.#source = this.#addresses.mac(this.#b, this.#at + 6);
    return this.#ethertype(u16(this.#b, this.#at + 14), this.#at + 16);
  }

  #sll2(): number {
    this.#protocol = Name.SLL;
    if (!this.#has(20)) return Step.STOP;
    if (u8(this.#b, this.#at + 11) === 6) this.#source = this.#addresses.mac(this.#b, this.#at + 12);
    return this.#ethertype(u16(this.#b, this.#at), this.#at + 20);
  }

  /** A level without IP shows its link addresses. */
  #linkAddresses(): void {
    if (this.#mac === NOWHERE || this.#ipProtocol !== NO_IP || this.#source !== NO_ADDRESS) return;
    if (this.#mac + 6 <= this.#end) this.#destination = this.#addresses.mac(this.#b, this.#mac);
    if (this.#mac + 12 <= this.#end) this.#source = this.#addresses.mac(this.#b, this.#mac + 6);
  }

  #outer(c: PacketColumns, row: number): void {
    if ((this.#marks & Mark.FRAGMENT) !== 0) this.#marks |= Mark.OUTER_FRAGMENT;
    c.outerSource[row] = this.#source;
    c.outerDestination[row] = this.#destination;
    c.outerSourcePort[row] = this.#sourcePort;
    c.outerDestinationPort[row] = this.#destinationPort;
    c.outerProtocol[row] = this.#protocol;
  }

  #inner(c: PacketColumns, row: number): void {
    this.#linkAddresses();
    c.source[row] = this.#source;
    c.destination[row] = this.#destination;
    c.sourcePort[row] = this.#sourcePort;
    c.destinationPort[row] = this.#destinationPort;
    c.protocol[row] = this.#protocol;
    c.ipProtocol[row] = this.#ipProtocol;
    c.innerOffset[row] = Math.min(this.#frame - this.#packet, 0xffff);
    c.vni[row] = this.#vxlan === NOWHERE ? NO_VNI : u24(this.#b, this.#vxlan + 4);
    c.flow[row] = this.#flow();
    if (this.#transport !== NOWHERE) this.#transportColumns(c, row);
  }

  #flow(): number {
    if (this.#ipProtocol === NO_IP || this.#source === NO_ADDRESS || this.#destination === NO_ADDRESS) return NO_FLOW;
    if (this.#source === LOST_ADDRESS || this.#destination === LOST_ADDRESS) return NO_FLOW;
    const flows = this.#flows;
    let flow = flows.find(this.#source, this.#destination, this.#sourcePort, this.#destinationPort, this.#ipProtocol, this.#path);
    if (flow !== NO_FLOW && this.#protocol === Name.TCP && this.#transport + 14 <= this.#end) flow = flows.tcp(flow, this.#b, this.#transport);
    if (flows.reversed) this.#marks |= Mark.REVERSED;
    return flow;
  }

  #transportColumns(c: PacketColumns, row: number): void {
    const b = this.#b;
    const at = this.#transport;
    const left = this.#end - at;
    if (this.#protocol === Name.TCP) {
      if (left >= 8) { c.sequence[row] = u32(b, at + 4); this.#marks |= Mark.SEQUENCE; }
      if (left >= 14) { c.control[row] = u16(b, at + 12) & 0x0fff; this.#marks |= Mark.CONTROL; }
      return;
    }
    if (left < 2) return;
    c.control[row] = u16(b, at);
    this.#marks |= Mark.CONTROL;
    const type = u8(b, at);
    if (left < 8 || !(this.#protocol === Name.ICMP ? icmpHasSequence(type) : icmpv6HasSequence(type))) return;
    c.sequence[row] = u32(b, at + 4);
    this.#marks |= Mark.SEQUENCE;
  }
}

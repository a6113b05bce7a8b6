import { NO_ADDRESS, type AddressTable } from '../table/address-table.ts';
import { Mark, NO_IP } from '../table/packet-columns.ts';
import { ETHERTYPES, Name } from '../table/protocol-names.ts';
import { NO_PATH } from '../table/vni-paths.ts';
import { arpName, etherName, etherStep, familyAt, familyStep, Step } from './numbers.ts';

export const NOWHERE = -1;
const IPV4 = 0x0800;
const NSH = 0x894f;
const NOVELL = 0xffff; // IPX right behind a length
const LONGEST = 1500; // bytes in an Ethernet frame
const CISCO_8021H = 0x0000f8;

/**
 * Where a walk through a packet stands, and its steps over link layers. Each step looks at the header at `at`, moves there behind it, and answers with the
 * next step. All of it is small integers, which V8 keeps without allocating.
 */
export abstract class LinkWalk {
  protected readonly addresses: AddressTable;
  protected b: DataView = new DataView(new ArrayBuffer(0));
  protected packet = 0; //    the packet's first byte
  protected at = 0; //        the header's first byte
  protected end = 0; //       the end of the bytes that the header may use
  protected reach = 0; //     ... had the capture kept all of them
  protected marks = 0;
  protected depth = 0;
  protected path = NO_PATH;
  protected frame = 0; //     the innermost frame's first byte
  protected vxlan = NOWHERE; // the innermost envelope's header
  // Of the level that is walked, or the last one: emptied by clear.
  protected mac = NOWHERE; //  its two link addresses: destination, then source
  protected source = NO_ADDRESS;
  protected destination = NO_ADDRESS;
  protected sourcePort = 0;
  protected destinationPort = 0;
  protected protocol: number = Name.NONE;
  protected ipProtocol = NO_IP;
  protected transport = NOWHERE; // TCP's or ICMP's header

  constructor(addresses: AddressTable) { this.addresses = addresses; }

  protected clear(): void {
    this.mac = this.transport = NOWHERE;
    this.source = this.destination = NO_ADDRESS;
    this.sourcePort = this.destinationPort = 0;
    this.protocol = Name.NONE;
    this.ipProtocol = NO_IP;
  }

  /** A header that ends at `needed` is not all there: the walk ends, and it is told why. */
  protected short(needed: number): number {
    if (needed > this.reach && (this.marks & Mark.CLIPPED) === 0) this.marks |= Mark.MALFORMED;
    return Step.STOP;
  }

  /** The header ends at `payload`, and its payload at `end` by its own word: false when that cannot be. */
  protected bound(payload: number, end: number): boolean {
    if (end < payload) { this.marks |= Mark.MALFORMED; return false; }
    if (end > this.reach) this.marks |= Mark.CLIPPED;
    else {
      this.reach = end;
      if (end < this.end) this.end = end;
    }
    return true;
  }

  protected ethernet(): number {
    const b = this.b;
    const at = this.at;
    this.protocol = Name.ETHERNET;
    this.mac = at;
    if (at + 14 > this.end) return this.short(at + 14);
    const type = b.getUint16(at + 12);
    if (type !== IPV4) return type === 0 || (type > LONGEST && type < ETHERTYPES) ? this.follow(0) : this.ethertype(type, at + 14);
    this.at = at + 14;
    return Step.IPV4;
  }

  protected vlan(provider: boolean): number {
    this.protocol = provider ? Name.PROVIDER_VLAN : Name.VLAN;
    if (this.at + 4 > this.end) return this.short(this.at + 4);
    const type = this.b.getUint16(this.at + 2);
    if (!provider) return this.ethertype(type, this.at + 4);
    this.at += 4;
    return this.follow(type);
  }

  /** An Ethernet type, or, up to 1500, the length of what follows, which starts with LLC then (IEEE 802.3 section 3.2.6). */
  protected ethertype(type: number, payload: number): number {
    if (type <= LONGEST && !this.bound(payload, payload + type)) return Step.STOP;
    this.at = payload;
    if (type >= ETHERTYPES) return this.follow(type);
    return this.at + 2 <= this.end && this.b.getUint16(this.at) === NOVELL ? Step.STOP : Step.LLC;
  }

  /** What an Ethernet type leads to. Where that is no step, it is a name at least. */
  protected follow(type: number): number {
    const step = etherStep(type);
    if (step !== Step.STOP) return step;
    if (type === NSH) this.marks |= Mark.IP_IN_IP; // packets behind it, of which the columns know nothing
    if (this.at < this.end) this.protocol = etherName(type, this.protocol);
    return Step.STOP;
  }

  /** IEEE 802.2: two service access points and a control field; behind SNAP's (0xaa) an organisation and, for some of those, an Ethernet type. */
  protected llc(): number {
    const b = this.b;
    const at = this.at;
    this.protocol = Name.LLC;
    if (at + 3 > this.end) return this.short(at + 3);
    const snap = at + ((b.getUint8(at + 2) & 3) === 3 ? 3 : 4);
    if (b.getUint8(at) !== 0xaa) return snap > this.end ? this.short(snap) : this.#service(b.getUint8(at), snap);
    if (snap + 5 > this.end) return this.short(snap + 5);
    const organisation = b.getInt32(snap - 1) & 0xff_ffff;
    this.at = snap + 5;
    return organisation === 0 || organisation === CISCO_8021H ? this.follow(b.getUint16(snap + 3)) : Step.STOP;
  }

  /** IP has a service access point of its own, if rarely used; it follows information, not control frames. */
  #service(point: number, payload: number): number {
    const control = this.b.getUint8(this.at + 2);
    this.at = payload;
    return point === 0x06 && ((control & 1) === 0 || (control & 0xef) === 3) ? Step.IPV4 : Step.STOP;
  }

  /** Its operation gives it a name of its own (RFC 903, 1931, 2390, 2022). */
  protected arp(): number {
    this.protocol = Name.ARP;
    if (this.at + 8 > this.end) return this.short(this.at + 8);
    this.protocol = arpName(this.b.getUint16(this.at + 6));
    return Step.STOP;
  }

  protected raw(): number {
    this.protocol = Name.RAW;
    if (this.at >= this.end) return Step.STOP;
    const version = this.b.getUint8(this.at) >>> 4;
    return version === 4 ? Step.IPV4 : version === 6 ? Step.IPV6 : Step.STOP;
  }

  /** NULL has the address family in the byte order of the host that captured, LOOP in network order. */
  protected family(anyOrder: boolean): number {
    const at = this.at;
    this.protocol = Name.LOOPBACK;
    if (at + 4 > this.end) return this.short(at + 4);
    this.at = at + 4;
    return familyStep(anyOrder ? familyAt(this.b, at) : this.b.getInt32(at));
  }

  /** Linux "cooked" captures have only a sender's address. */
  protected sll(): number { return this.cooked(16, 14, 6, this.at + 6 > this.end ? 0 : this.b.getUint16(this.at + 4)); }
  protected sll2(): number { return this.cooked(20, 0, 12, this.at + 12 > this.end ? 0 : this.b.getUint8(this.at + 11)); }

  /** One of the two forms: its length, where the Ethernet type and the address are, and how much of the latter is used. */
  protected cooked(header: number, type: number, address: number, addressBytes: number): number {
    const b = this.b;
    const at = this.at;
    this.protocol = Name.SLL;
    if (addressBytes === 6 && at + address + 6 <= this.end) this.source = this.addresses.mac(b, at + address);
    if (addressBytes === 4 && at + address + 4 <= this.end) this.source = this.addresses.v4(b, at + address);
    if (at + header > this.end) return this.short(at + header);
    this.at = at + header;
    return this.follow(b.getUint16(at + type));
  }

  /** A level without IP, or with an IP header that is cut before its addresses, shows its link addresses. */
  protected linkAddresses(): void {
    if (this.mac === NOWHERE || this.source !== NO_ADDRESS || this.destination !== NO_ADDRESS) return;
    if (this.mac + 6 <= this.end) this.destination = this.addresses.mac(this.b, this.mac);
    if (this.mac + 12 <= this.end) this.source = this.addresses.mac(this.b, this.mac + 6);
  }
}

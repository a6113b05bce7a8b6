import { Mark } from '../table/packet-columns.ts';
import { Name } from '../table/protocol-names.ts';
import { ETHERTYPES } from '../table/protocol-names.ts';
import { frameType, greStep, mplsStep, pppStep, Step } from './numbers.ts';
import { LinkWalk, NOWHERE } from './link-walk.ts';

const ERSPAN_II = 0x88be;

/**
 * Steps over tunnels and tags that are no envelope of their own level: what they carry starts the level's addresses over, as an IP header in an IP header
 * does. None of them is on the way of a plain packet.
 */
export abstract class TunnelWalk extends LinkWalk {
  /** Addresses of a packet inside: the ports around it are not its own, and the columns hold no more than the inner ones. */
  #nested(step: number): number {
    this.marks = (this.marks | Mark.IP_IN_IP) & ~Mark.PORTS;
    this.sourcePort = this.destinationPort = 0;
    this.transport = NOWHERE;
    if (step === Step.ETHERNET) this.clear();
    return step;
  }

  /** No byte of a payload is here, and none was on the wire. */
  #over(): boolean { return this.at >= this.end && this.at >= this.reach; }

  /** RFC 2784, 2890; with a source route RFC 1701; with an acknowledgment RFC 2637. */
  protected gre(): number {
    const b = this.b;
    const at = this.at;
    this.protocol = Name.GRE;
    if (at + 4 > this.end) return this.short(at + 4);
    const flags = b.getUint8(at);
    const type = b.getUint16(at + 2);
    let size = 4;
    if ((flags & 0xc0) !== 0) size += 4;
    if ((flags & 0x20) !== 0) size += 4;
    if ((flags & 0x10) !== 0) size += 4;
    if ((b.getUint8(at + 1) & 0x87) === 0x81) size += 4;
    if (at + size > this.end) return this.short(at + size);
    this.at = at + size;
    if ((flags & 0x40) !== 0 && !this.#routes()) return this.short(this.end + 1);
    if (this.#over()) return Step.STOP;
    if (type === ERSPAN_II && (flags & 0x10) === 0) return this.#nested(Step.ETHERNET); // of the first type: no header of its own
    const step = greStep(type);
    return step === Step.STOP || step === Step.ARP ? this.#rest(step, type) : this.#nested(step);
  }

  #rest(step: number, type: number): number {
    if (type === 0x894f) this.marks |= Mark.IP_IN_IP; // a network service header, which the columns know nothing of
    return step;
  }

  /** Over source route entries up to the empty one. */
  #routes(): boolean {
    const b = this.b;
    for (; this.at + 4 <= this.end; this.at += 4 + b.getUint8(this.at + 3)) {
      if (b.getUint16(this.at) === 0 && b.getUint8(this.at + 3) === 0) { this.at += 4; return true; }
    }
    return false;
  }

  /** 8 bytes, in the third type 12, or 20 with its sub-header. */
  protected erspan(): number {
    const at = this.at;
    this.protocol = Name.ERSPAN;
    if (at + 1 > this.end) return this.short(at + 8);
    const third = this.b.getUint8(at) >>> 4 === 2;
    const size = third ? 12 : 8;
    if (at + size > this.end) return this.short(at + size);
    this.at = at + size + (third && (this.b.getUint8(at + 11) & 1) === 1 ? 8 : 0);
    if (this.at > this.end) return this.short(this.at);
    if (third && (this.b.getUint8(at + 10) & 0x7c) !== 0) return Step.STOP; // no Ethernet frame
    return this.#over() ? Step.STOP : this.#nested(Step.ETHERNET);
  }

  /** Labels up to the bottom of the stack; then the first four bits tell what follows (RFC 4385 section 3). */
  protected mpls(): number {
    const b = this.b;
    this.protocol = Name.MPLS;
    do {
      if (this.at + 4 > this.end) return this.short(this.at + 4);
      this.at += 4;
    } while ((b.getUint8(this.at - 2) & 1) === 0 && this.at < this.end);
    if (this.#over()) return Step.STOP;
    const nibble = this.at < this.end ? b.getUint8(this.at) >>> 4 : 0;
    const step = mplsStep(nibble);
    if (step !== Step.STOP) return this.#nested(step);
    if (nibble !== 0) return Step.STOP;
    if (this.at < this.end && (this.#typed(this.at + 4) || !this.#typed(this.at))) { // a pseudowire's control word
      if (this.at + 4 > this.end) return this.short(this.at + 4);
      this.at += 4;
      if (this.#over()) return Step.STOP;
    }
    return this.#nested(Step.ETHERNET);
  }

  #typed(frame: number): boolean { return frame + 14 <= this.end && frameType(this.b.getUint16(frame + 12)); }

  /** RFC 2516 section 4. */
  protected pppoe(): number {
    const at = this.at;
    this.protocol = Name.PPPOE;
    if (at + 6 > this.end) return this.short(at + 6);
    this.at = at + 6;
    return this.bound(at + 6, at + 6 + this.b.getUint16(at + 4)) ? Step.PPP : Step.STOP;
  }

  /** A number of two bytes, or of one when it is odd; in HDLC's framing behind an address and a control byte. */
  protected ppp(framed: boolean): number {
    const b = this.b;
    this.protocol = Name.PPP;
    if (framed && this.at < this.end && b.getUint8(this.at) === 0xff) {
      if (this.at + 2 > this.end) return this.short(this.at + 2);
      this.at += 2;
    }
    const size = this.at < this.end && (b.getUint8(this.at) & 1) === 1 ? 1 : 2;
    if (this.at + size > this.end) return this.short(this.at + size);
    const type = size === 1 ? b.getUint8(this.at) : b.getUint16(this.at);
    this.at += size;
    return this.#over() ? Step.STOP : pppStep(type);
  }

  /** LINKTYPE_ARCNET_LINUX: addresses, an offset, a protocol, and for RFC 1201's protocols a flag and a number. */
  protected arcnet(): number {
    this.protocol = Name.ARCNET;
    if (this.at + 5 > this.end) return this.short(this.at + 5);
    const protocol = this.b.getUint8(this.at + 4);
    const size = protocol >= 210 && protocol <= 215 ? 8 : 5;
    if (this.at + size > this.end) return this.short(this.at + size);
    this.at += size;
    if (this.#over()) return Step.STOP;
    return protocol === 212 || protocol === 240 ? Step.IPV4 : protocol === 213 || protocol === 214 || protocol === 241 ? Step.ARP : Step.STOP;
  }

  /** RFC 3378. */
  protected etherip(): number {
    this.protocol = Name.ETHERIP;
    if (this.at + 2 > this.end) return this.short(this.at + 2);
    this.at += 2;
    return this.#over() ? Step.STOP : this.#nested(Step.ETHERNET);
  }

  /** IEEE 802.1ah: a service instance and the customer's addresses and type. */
  protected backbone(): number {
    this.protocol = Name.BACKBONE;
    if (this.at + 18 > this.end) return this.short(this.at + 18);
    const type = this.b.getUint16(this.at + 16);
    this.at += 18;
    return type < ETHERTYPES ? Step.STOP : this.follow(type);
  }
}

import { Application } from '../app/application.ts';
import type { TcpSession } from './tcp-session.ts';

/** What Suricata does with the rest of a flow once a rule that covers it has matched. */
export type FlowVerdict = '' | 'pass' | 'drop';

/** A conversation on one level of encapsulation. Reused when its place in the table is. */
export class Flow {
  /** Tells flows of the same ends apart when one follows another; part of flow_id. */
  generation = 0;
  hash = 0;
  startSeconds = 0;
  startNanoseconds = 0;
  lastSeconds = 0;
  /** Whether the ends in the table's key are swapped as seen from the client. */
  reversed = false;
  packetsToServer = 0;
  packetsToClient = 0;
  /** Directions in which its ends have spoken, 1 to the server and 2 to the client: an ICMP error about it does not count. */
  spoke = 0;
  bytesToServer = 0;
  bytesToClient = 0;
  verdict: FlowVerdict = '';
  /** Directions in which rules about nothing but addresses have been evaluated: 1 to the server, 2 to the client. */
  addressRulesDone = 0;
  tcp: TcpSession | null = null;
  app = new Application();
  /** Place in the table, by which its ends are found. */
  slot = 0;
  /** Of its last packet, and which of the packet's views it was. */
  lastNumber = 0;
  lastView = 0;
  lastNanoseconds = 0;
  /** Named bits and counters that rules set; made when the first is. */
  bits: Set<string> | null = null;
  counters: Map<string, number> | null = null;

  start(hash: number, seconds: number, nanoseconds: number, reversed: boolean): void {
    this.generation++;
    this.hash = hash;
    this.startSeconds = this.lastSeconds = seconds;
    this.startNanoseconds = nanoseconds;
    this.reversed = reversed;
    this.packetsToServer = this.packetsToClient = this.bytesToServer = this.bytesToClient = this.addressRulesDone = this.spoke = 0;
    this.verdict = '';
    this.tcp = null;
    if (this.generation > 1) this.app = new Application();
    this.bits = null;
    this.counters = null;
  }

  /** Client and server change places: the first packet seen was an answer. */
  swap(): void {
    this.reversed = !this.reversed;
    [this.packetsToServer, this.packetsToClient] = [this.packetsToClient, this.packetsToServer];
    [this.bytesToServer, this.bytesToClient] = [this.bytesToClient, this.bytesToServer];
    this.spoke = (this.spoke >> 1) | ((this.spoke & 1) << 1);
  }

  /** 51 bits that tell the flow from others, as Suricata's flow_id does. */
  get id(): number { return ((this.hash ^ Math.imul(this.startSeconds, 0x9e37_79b1) ^ this.generation) & 0x7ffff) * 2 ** 32 + ((this.hash ^ this.startNanoseconds) >>> 0); }
}

import { u16 } from '../../bytes/read.ts';
import { type DnsMessage, readDns } from './dns-message.ts';
import { Collected } from './collected.ts';
import { type AppParser, DONE, isOver, Looked, type Transaction } from './transaction.ts';

/** A message of DNS. Since version 7 Suricata makes a transaction of each: a question and its answer are two. */
export class DnsTransaction implements Transaction {
  readonly protocol = 'dns';
  readonly id: number;
  readonly progressToServer = DONE;
  readonly progressToClient = DONE;
  readonly changesToServer: number;
  readonly changesToClient: number;
  readonly looked = new Looked();
  readonly eventsToServer = new Set<string>();
  readonly eventsToClient = new Set<string>();
  readonly message: DnsMessage;
  readonly toServer: boolean;

  constructor(id: number, message: DnsMessage, toServer: boolean) {
    this.id = id;
    this.message = message;
    this.toServer = toServer;
    this.changesToServer = toServer ? 1 : 0;
    this.changesToClient = toServer ? 0 : 1;
    for (const event of message.events) (toServer ? this.eventsToServer : this.eventsToClient).add(event);
  }
}

const MAX_MESSAGE = 65_535;
const LENGTH = 2;
/** Messages that wait for rules to look at them; further ones are left out. */
const MAX_OPEN = 512;

/** DNS over UDP, where each datagram is a message, or over TCP, where two bytes of length stand before each (RFC 1035 section 4.2.2). */
export class DnsParser implements AppParser {
  readonly protocol = 'dns';
  readonly transactions: DnsTransaction[] = [];
  readonly #framed: boolean;
  #count = 0;
  readonly #waiting = [new Collected(LENGTH + MAX_MESSAGE), new Collected(LENGTH + MAX_MESSAGE)] as const;
  readonly #lost = [false, false];

  constructor(over: 'tcp' | 'udp') { this.#framed = over === 'tcp'; }

  feed(bytes: Uint8Array, from: number, to: number, toServer: boolean): void {
    if (!this.#framed) { this.#message(bytes.slice(from, to), toServer); return; }
    const side = toServer ? 0 : 1;
    const waiting = this.#waiting[side];
    for (let at = from; at < to && !this.#lost[side];) {
      const needed = waiting.length < LENGTH ? LENGTH : LENGTH + u16(waiting.bytes, 0);
      const end = Math.min(to, at + needed - waiting.length);
      waiting.add(bytes, at, end);
      at = end;
      if (waiting.length < LENGTH || waiting.length < LENGTH + u16(waiting.bytes, 0)) continue;
      this.#message(waiting.bytes.slice(LENGTH), toServer);
      waiting.clear();
    }
  }

  /** Where a message starts after a gap nobody knows. */
  gap(_size: number, toServer: boolean): void { this.#lost[toServer ? 0 : 1] = this.#framed; }
  end(): void { /* a message that was cut off is none */ }
  release(): void { /* nothing is kept that is shared */ }
  forget(): void {
    let kept = 0;
    for (const tx of this.transactions) if (!isOver(tx)) this.transactions[kept++] = tx;
    this.transactions.length = kept;
  }

  #message(bytes: Uint8Array, sentToServer: boolean): void {
    const message = readDns(bytes);
    if (message === null) return;
    if (this.transactions.length === MAX_OPEN) return;
    const tx = new DnsTransaction(this.#count++, message, sentToServer);
    if (message.isResponse && sentToServer) tx.eventsToServer.add('not_a_request');
    if (!message.isResponse && !sentToServer) tx.eventsToClient.add('not_a_response');
    this.transactions.push(tx);
  }
}

export const isDns = (tx: Transaction): tx is DnsTransaction => tx.protocol === 'dns';

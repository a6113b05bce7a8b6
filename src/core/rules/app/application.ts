import { parserFor } from '../app-layer/parsers.ts';
import type { Shared } from '../app-layer/collected.ts';
import type { AppParser } from '../app-layer/transaction.ts';
import { latin1 } from '../../bytes/latin1.ts';
import { detect, ENOUGH } from './detect.ts';

/** Bytes of an answer that are looked at for a change of protocol. */
const MOST_HEAD = 1024;

/** What is known of a flow's application layer. */
export class Application {
  /** '' while unknown, 'failed' once it is given up. */
  protocol = '';
  toServer = '';
  toClient = '';
  /** Directions whose protocol became known and that have had no packet since: 1 to the server, 2 to the client. */
  fresh = 0;
  /** What it spoke before it changed to `protocol`, '' when it did not. */
  original = '';
  /** Reads it, for the protocols that are read; made when the first data comes. */
  parser: AppParser | null = null;
  #parserOf = '';
  #ended = 0;
  /** Directions that are done with looking. */
  #done = 0;

  /** Whether a direction is still looked at. */
  looks(toServer: boolean): boolean { return (this.#done & bit(toServer)) === 0; }

  /** Looks at the first bytes of a direction. Answers whether it has come to an answer, and 'reversed' when they are those of the other side. Protocols that are `disabled` are not looked for. */
  look(toServer: boolean, bytes: Uint8Array, from: number, to: number, tcp: boolean, clientPort: number, serverPort: number, isEnd: boolean, midstream: boolean, disabled: ReadonlySet<string>): 'more' | 'done' | 'reversed' {
    const { name, reversed } = detect({ bytes, from, to, tcp, toServer, clientPort, serverPort, disabled });
    if (reversed && midstream && this.protocol === '') return 'reversed';
    if (name !== '' && (!reversed || !tcp)) { this.#found(toServer, name); return 'done'; }
    if (tcp && to - from < ENOUGH && !isEnd) return 'more';
    this.fail(toServer);
    return 'done';
  }

  /** The direction's protocol cannot be found out. */
  fail(toServer: boolean): void {
    this.#done |= bit(toServer);
    if (this.protocol !== '' && this.protocol !== 'failed') { if (toServer) this.toServer ||= this.protocol; else this.toClient ||= this.protocol; }
    if (this.protocol !== '' || this.#done !== 3) return;
    this.protocol = this.toServer = this.toClient = 'failed';
    this.fresh = 3;
  }

  #found(toServer: boolean, name: string): void {
    this.#done |= bit(toServer);
    this.fresh |= bit(toServer);
    if (toServer) this.toServer = name; else this.toClient = name;
    if (this.protocol === '' || this.protocol === 'failed') this.protocol = name;
    // Where the other side was given up, this one's protocol is that of both.
    if (this.toServer === 'failed' || (this.toServer === '' && !this.looks(true))) this.toServer = this.protocol;
    if (this.toClient === 'failed' || (this.toClient === '' && !this.looks(false))) this.toClient = this.protocol;
  }

  /** Gives the parser what has arrived of one direction. */
  feed(bytes: Uint8Array, from: number, to: number, toServer: boolean, tcp: boolean, shared: Shared): void {
    if (this.#parserOf !== this.protocol) {
      this.parser?.release();
      this.#parserOf = this.protocol;
      this.parser = parserFor(this.protocol, tcp, shared);
    }
    this.parser?.feed(bytes, from, to, toServer);
    if (!toServer && this.protocol === 'http') this.#change(bytes, from, to);
  }

  /** Looks whether a server's answer changes HTTP/1 to HTTP/2 (RFC 7540 section 3.2); then the protocol becomes known anew. */
  #change(bytes: Uint8Array, from: number, to: number): void {
    if (bytes[from + 9] !== 0x31 || bytes[from + 11] !== 0x31) return; // the status is 1x1, or most often is not
    const head = latin1(bytes, from, Math.min(to, from + MOST_HEAD));
    if (!/^HTTP\/1\.1 101 /.test(head) || !/\r\nupgrade:[ \t]*h2c\b/i.test(head)) return;
    this.original = this.protocol;
    this.protocol = this.toServer = this.toClient = 'http2';
    this.fresh = bit(true);
  }

  /** Tells the parser once that a direction has ended. */
  end(toServer: boolean): void {
    if ((this.#ended & bit(toServer)) !== 0) return;
    this.#ended |= bit(toServer);
    this.parser?.end(toServer);
  }

  swap(): void { [this.toServer, this.toClient] = [this.toClient, this.toServer]; }
}

const bit = (toServer: boolean): number => (toServer ? 1 : 2);

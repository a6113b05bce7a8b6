import { u16, u24, u8 } from '../../bytes/read.ts';
import { Collected } from './collected.ts';
import { type Hello, readHello } from '../../protocols/tls-hello.ts';
import { readCertificates } from './tls-certificates.ts';
import { type Certificate, readCertificate } from './x509.ts';
import { type AppParser, DONE, Looked, type Transaction } from './transaction.ts';

// Records and handshake of TLS (RFC 8446 section 5, RFC 5246 section 6.2), as far as they are not encrypted. Names of events from rules/tls-events.rules.

/** Steps of each side: its hello was read, its certificates were. */
export const HELLO = 1;
export const CERTIFICATES = 2;

const HEADER = 5;
const MAX_RECORD = 16_384 + 2048;
/** A handshake message that is kept: certificates of a chain fit in it. */
const MAX_HANDSHAKE = 1 << 17;
const [CHANGE_CIPHER, ALERT, HANDSHAKE, APPLICATION, HEARTBEAT] = [20, 21, 22, 23, 24];
const [CLIENT_HELLO, SERVER_HELLO, CERTIFICATE] = [1, 2, 11];

/** What one side has said. */
export interface TlsSide {
  hello: Hello | null;
  /** As sent; the first is the side's own. */
  certificates: readonly Uint8Array[];
  certificate: Certificate | null;
  /** Version of the last record's header. */
  recordVersion: number;
}

export class TlsTransaction implements Transaction {
  readonly protocol = 'tls';
  readonly id = 0;
  progressToServer = 0;
  progressToClient = 0;
  changesToServer = 0;
  changesToClient = 0;
  readonly looked = new Looked();
  readonly eventsToServer = new Set<string>();
  readonly eventsToClient = new Set<string>();
  readonly client: TlsSide = { hello: null, certificates: [], certificate: null, recordVersion: 0 };
  readonly server: TlsSide = { hello: null, certificates: [], certificate: null, recordVersion: 0 };
}

/** Reads the records of one side. */
class Records {
  readonly #tx: TlsTransaction;
  readonly #toServer: boolean;
  readonly #heartbeats: Heartbeats;
  readonly #header = new Collected(HEADER);
  readonly #record = new Collected(MAX_RECORD);
  readonly #messages = new Collected(MAX_HANDSHAKE);
  #left = 0;
  #skip = 0; // bytes of a handshake message that is too long to be kept
  #encrypted = false;
  #stopped = false;

  constructor(tx: TlsTransaction, toServer: boolean, heartbeats: Heartbeats) {
    this.#tx = tx;
    this.#toServer = toServer;
    this.#heartbeats = heartbeats;
  }

  get #side(): TlsSide { return this.#toServer ? this.#tx.client : this.#tx.server; }

  feed(bytes: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to && !this.#stopped;) {
      if (this.#header.length < HEADER) {
        const end = Math.min(to, at + HEADER - this.#header.length);
        this.#header.add(bytes, at, end);
        at = end;
        if (this.#header.length === HEADER) this.#begin();
        if (this.#left > 0 || this.#header.length < HEADER) continue;
      }
      const end = Math.min(to, at + this.#left);
      this.#record.add(bytes, at, end);
      this.#left -= end - at;
      at = end;
      if (this.#left === 0 && !this.#stopped) this.#whole();
    }
  }

  gap(size: number): void { if (size <= this.#left && u8(this.#header.bytes, 0) === APPLICATION) this.#left -= size; else this.#stopped = true; }

  #note(event: string): void { (this.#toServer ? this.#tx.eventsToServer : this.#tx.eventsToClient).add(event); this.#changed(); }
  #changed(): void { if (this.#toServer) this.#tx.changesToServer++; else this.#tx.changesToClient++; }

  #reach(progress: number): void {
    if (this.#toServer) this.#tx.progressToServer = Math.max(progress, this.#tx.progressToServer); else this.#tx.progressToClient = Math.max(progress, this.#tx.progressToClient);
    this.#changed();
  }

  #begin(): void {
    const b = this.#header.bytes;
    const type = u8(b, 0);
    this.#left = u16(b, 3);
    const wrong = u8(b, 1) !== 3 ? 'invalid_tls_header' : u8(b, 2) > 4 ? 'invalid_record_version' : type < CHANGE_CIPHER || type > HEARTBEAT ? 'invalid_record_type' : this.#left > MAX_RECORD ? 'invalid_record_length' : '';
    if (wrong !== '') { this.#note(wrong); this.#stopped = true; return; }
    this.#side.recordVersion = u16(b, 1);
  }

  #whole(): void {
    const type = u8(this.#header.bytes, 0);
    const record = this.#record.bytes;
    switch (type) {
      case CHANGE_CIPHER: this.#encrypted = true; this.#reach(DONE); break;
      case APPLICATION: this.#encrypted = true; this.#reach(DONE); break;
      case ALERT: if (!this.#encrypted && (record.length < 2 || u8(record, 0) < 1 || u8(record, 0) > 2)) this.#note('invalid_alert_message'); break;
      case HANDSHAKE: if (!this.#encrypted) this.#handshake(record); break;
      default: for (const event of this.#heartbeats.see(record, this.#encrypted, this.#toServer)) this.#note(event);
    }
    this.#header.clear();
    this.#record.clear();
  }

  #handshake(record: Uint8Array): void {
    const from = Math.min(this.#skip, record.length);
    this.#skip -= from;
    if (this.#messages.length + record.length - from > MAX_HANDSHAKE) { this.#note('handshake_invalid_length'); this.#messages.clear(); this.#encrypted = true; return; }
    this.#messages.add(record, from, record.length);
    const b = this.#messages.bytes;
    let at = 0;
    while (at + 4 <= b.length) {
      const end = at + 4 + u24(b, at + 1);
      if (end - at > MAX_HANDSHAKE) { this.#skip = end - b.length; this.#note('handshake_invalid_length'); this.#messages.clear(); return; }
      if (end > b.length) break;
      this.#message(u8(b, at), b.subarray(at + 4, end));
      at = end;
    }
    this.#messages.drop(at);
  }

  #message(type: number, body: Uint8Array): void {
    const side = this.#side;
    if (type === (this.#toServer ? CLIENT_HELLO : SERVER_HELLO)) {
      const hello = readHello(body, 0, body.length, this.#toServer);
      if (hello === null) { this.#note('invalid_handshake_message'); return; }
      side.hello ??= hello;
      for (const event of hello.events) this.#note(event);
      this.#reach(HELLO);
    } else if (type === CERTIFICATE) {
      side.certificates = readCertificates(body, 0, body.length);
      const own = side.certificates[0];
      const read = own === undefined ? null : readCertificate(own);
      if (typeof read === 'string') { this.#note(`certificate_${read}`); this.#note('invalid_certificate'); } else side.certificate = read;
      this.#reach(CERTIFICATES);
    }
  }
}

/** Heartbeats (RFC 6520): what both sides say of them tells a leak of memory. */
class Heartbeats {
  #asked = -1;

  see(record: Uint8Array, encrypted: boolean, toServer: boolean): string[] {
    const events = ['heartbeat_message'];
    if (encrypted) {
      if (!toServer && this.#asked >= 0 && record.length > this.#asked) events.push('dataleak_heartbeat_mismatch');
      this.#asked = toServer ? record.length : -1;
    } else if (record.length < 3 || u8(record, 0) < 1 || u8(record, 0) > 2) events.push('invalid_heartbeat_message');
    else if (u16(record, 1) + 3 > record.length) events.push('overflow_heartbeat_message', 'invalid_heartbeat_message');
    return events;
  }
}

export class TlsParser implements AppParser {
  readonly protocol = 'tls';
  readonly #tx = new TlsTransaction();
  readonly transactions: readonly TlsTransaction[] = [this.#tx];
  readonly #heartbeats = new Heartbeats();
  readonly #sides = [new Records(this.#tx, true, this.#heartbeats), new Records(this.#tx, false, this.#heartbeats)] as const;

  feed(bytes: Uint8Array, from: number, to: number, toServer: boolean): void { this.#sides[toServer ? 0 : 1].feed(bytes, from, to); }
  gap(size: number, toServer: boolean): void { this.#sides[toServer ? 0 : 1].gap(size); }

  end(toServer: boolean): void {
    if (toServer) { this.#tx.progressToServer = DONE; this.#tx.changesToServer++; } else { this.#tx.progressToClient = DONE; this.#tx.changesToClient++; }
  }

  release(): void { /* nothing is kept that is shared */ }

  /** The session is one transaction and stays. */
  forget(): void { /* nothing is dropped before the flow is */ }
}

export const isTls = (tx: Transaction): tx is TlsTransaction => tx.protocol === 'tls';

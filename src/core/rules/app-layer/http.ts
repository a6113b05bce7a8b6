import { Body, type BodyEvent, REQUEST_BODY, RESPONSE_BODY } from './http-body.ts';
import type { Shared } from './collected.ts';
import { type Framing, type Message, MessageReader } from './http-message.ts';
import { FIELDS, HttpTransaction, LINE } from './http-transaction.ts';
import { readAuthority, readTarget } from './http-uri.ts';
import { type AppParser, DONE, isDone, isOver, type Transaction } from './transaction.ts';

// HTTP/1 as Suricata's libhtp reads it (RFC 9110 and 9112; names of events from rules/http-events.rules).

/** Transactions of one flow that are open at once (app-layer.protocols.http max-tx): beyond, the flow is not read on. */
const MAX_OPEN = 512;
/** The target of a request that was not seen. */
const UNSEEN = '/libhtp::request_uri_not_seen';
const SPACE = /[\t\v\f\r ]/;
const AUTHORIZATIONS: ReadonlySet<string> = new Set(['basic', 'digest', 'bearer']);

export class HttpParser implements AppParser {
  readonly protocol = 'http';
  readonly transactions: HttpTransaction[] = [];
  #count = 0;
  readonly #requests = new MessageReader(this.#requestMessage());
  readonly #responses = new MessageReader(this.#responseMessage());
  #request: HttpTransaction | null = null;
  #response: HttpTransaction | null = null;
  readonly #shared: Shared;

  /** `shared` bounds the bodies of all flows together. */
  constructor(shared: Shared = { left: Infinity }) { this.#shared = shared; }

  feed(bytes: Uint8Array, from: number, to: number, toServer: boolean): void { (toServer ? this.#requests : this.#responses).feed(bytes, from, to); }
  gap(size: number, toServer: boolean): void { (toServer ? this.#requests : this.#responses).gap(size); }

  end(toServer: boolean): void {
    (toServer ? this.#requests : this.#responses).end();
    for (const tx of this.transactions) {
      if (toServer) { if (tx.progressToServer !== DONE) this.#requestDone(tx); } else if (tx.progressToClient !== DONE) this.#responseDone(tx);
    }
  }

  forget(): void {
    let kept = 0;
    for (const tx of this.transactions) if (isOver(tx)) tx.release(); else this.transactions[kept++] = tx;
    this.transactions.length = kept;
  }

  release(): void { for (const tx of this.transactions) tx.release(); }

  #begin(): HttpTransaction | null {
    const open = this.transactions.reduce((sum, tx) => sum + (isDone(tx) ? 0 : 1), 0);
    if (open >= MAX_OPEN) { this.#requests.stop(); this.#responses.stop(); return null; }
    const tx = new HttpTransaction(this.#count++);
    this.transactions.push(tx);
    return tx;
  }

  #requestDone(tx: HttpTransaction): void {
    tx.requestBody?.finish();
    tx.progressToServer = DONE;
    tx.changesToServer++;
  }

  #responseDone(tx: HttpTransaction): void {
    tx.responseBody?.finish();
    tx.progressToClient = DONE;
    tx.changesToClient++;
  }

  #requestMessage(): Message {
    const events = (): Set<string> | undefined => this.#request?.eventsToServer;
    return {
      firstLine: (text) => {
        const tx = this.#begin();
        this.#request = tx;
        return tx === null ? 'nothing more' : readRequestLine(tx, text);
      },
      field: (text, raw) => {
        this.#request?.requestRaw.add(raw, 0, raw.length);
        if (text !== '') this.#request?.requestFields.line(text); else this.#request?.requestFields.flush();
      },
      fields: () => (this.#request === null ? { kind: 'upgraded' } : requestFraming(this.#request, this.#shared)),
      data: (bytes, from, to) => { const tx = this.#request; if (tx?.requestBody?.add(bytes, from, to, REQUEST_BODY) === true) tx.changesToServer++; },
      done: () => { if (this.#request !== null) this.#requestDone(this.#request); this.#request = null; },
      note: (event) => { events()?.add(event === 'field_too_long' ? 'request_field_too_long' : event === 'chunk_len' ? 'invalid_request_chunk_len' : 'request_chunk_extension'); },
    };
  }

  #responseMessage(): Message {
    return {
      firstLine: (text) => {
        const waiting = this.transactions.find(({ progressToClient }) => progressToClient === 0);
        const tx = waiting ?? this.#unseen();
        this.#response = tx;
        return tx === null ? 'nothing more' : readStatusLine(tx, text);
      },
      field: (text, raw) => {
        this.#response?.responseRaw.add(raw, 0, raw.length);
        if (text !== '') this.#response?.responseFields.line(text); else this.#response?.responseFields.flush();
      },
      fields: () => (this.#response === null ? { kind: 'upgraded' } : this.#responseFraming(this.#response)),
      data: (bytes, from, to) => {
        const tx = this.#response;
        if (tx === null) return;
        tx.responseBody ??= new Body('', this.#shared, () => {});
        if (tx.responseBody.add(bytes, from, to, RESPONSE_BODY)) tx.changesToClient++;
      },
      done: () => { if (this.#response !== null) this.#responseDone(this.#response); this.#response = null; },
      note: (event) => { this.#response?.eventsToClient.add(event === 'field_too_long' ? 'response_field_too_long' : event === 'chunk_len' ? 'invalid_response_chunk_len' : 'response_chunk_extension'); },
    };
  }

  /** A response to a request that nobody saw. */
  #unseen(): HttpTransaction | null {
    const tx = this.#begin();
    if (tx === null) return null;
    tx.uri = UNSEEN;
    tx.target = readTarget(UNSEEN, false);
    tx.eventsToClient.add('unable_to_match_response_to_request');
    tx.progressToServer = DONE;
    return tx;
  }

  #responseFraming(tx: HttpTransaction): Framing {
    const status = Number(tx.status);
    tx.progressToClient = FIELDS;
    tx.changesToClient++;
    if (status >= 100 && status < 200 && status !== 101) {
      if (tx.interim && status === 100) tx.eventsToClient.add('100_continue_already_seen');
      tx.beginResponse();
      return { kind: 'again' };
    }
    if (status === 101 || (tx.method === 'CONNECT' && status >= 200 && status < 300)) { this.#requests.stop(); return { kind: 'upgraded' }; }
    if (tx.method === 'HEAD' || status === 204 || status === 304) return { kind: 'none' };
    const framing = responseFraming(tx);
    tx.responseBody = new Body(tx.responseFields.get('content-encoding') ?? '', this.#shared, (event: BodyEvent) => { tx.eventsToClient.add(event); });
    return framing;
  }
}

/** METHOD target protocol; blanks inside the target are taken for part of it, as Suricata lets them be. */
function readRequestLine(tx: HttpTransaction, text: string): 'fields' | 'nothing more' {
  const line = text.replace(/[\t\v\f\r ]+$/, '');
  const start = line.search(/[^\t\v\f\r ]/);
  if (start > 0) tx.eventsToServer.add('request_line_leading_whitespace');
  const [, method = '', blank = '', rest = ''] = /^([^\t\v\f\r ]*)([\t\v\f\r ]*)(.*)$/s.exec(line.slice(start)) ?? [];
  if (blank.replaceAll(' ', '') !== '') tx.eventsToServer.add('method_delim_non_compliant');
  let cut = rest.lastIndexOf(' ');
  if (cut < 0 && SPACE.test(rest)) { tx.eventsToServer.add('uri_delim_non_compliant'); cut = rest.search(/[\t\v\f\r ][^\t\v\f\r ]*$/); }
  const protocol = cut < 0 ? '' : rest.slice(cut + 1);
  tx.requestLine = text;
  tx.method = method;
  tx.uri = cut < 0 ? rest : rest.slice(0, cut).replace(/[\t\v\f\r ]+$/, '');
  tx.requestProtocol = protocol;
  tx.target = readTarget(tx.uri, method === 'CONNECT');
  if (tx.target.doubleEncoded) tx.eventsToServer.add('double_encoded_uri');
  if (rest === '') tx.eventsToServer.add('request_line_incomplete');
  if (rest !== '' && protocol === '') tx.eventsToServer.add('request_line_missing_protocol');
  if (protocol !== '' && !/^HTTP\/\d\.\d$/.test(protocol)) tx.eventsToServer.add('request_line_invalid');
  tx.progressToServer = LINE;
  tx.changesToServer++;
  return protocol === '' ? 'nothing more' : 'fields'; // without a protocol it is HTTP/0.9, which has no fields
}

const HOST = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+)$/;

function requestFraming(tx: HttpTransaction, shared: Shared): Framing {
  const { requestFields: fields, eventsToServer: events, requestProtocol } = tx;
  const isNew = requestProtocol.endsWith('/1.1');
  tx.progressToServer = FIELDS;
  tx.changesToServer++;
  checkHost(tx, isNew);
  const authorization = fields.get('authorization');
  if (authorization !== null && !AUTHORIZATIONS.has(authorization.split(' ', 1)[0]!.toLowerCase())) events.add('request_auth_unrecognized');
  const transfer = fields.get('transfer-encoding');
  const length = fields.get('content-length');
  const begin = (): void => { tx.requestBody = new Body(fields.get('content-encoding') ?? '', shared, (event) => { events.add(event); }); };
  if (transfer !== null) {
    if (!/chunked/i.test(transfer) || !isNew) events.add('invalid_transfer_encoding_value_in_request');
    if (/chunked/i.test(transfer)) { begin(); return { kind: 'chunked' }; }
  }
  if (length !== null) {
    const size = lengthOf(length);
    if (size < 0) { events.add('invalid_content_length_field_in_request'); return { kind: 'upgraded' }; }
    if (size > 0 && tx.method === 'CONNECT') events.add('request_body_unexpected');
    begin();
    return { kind: 'length', length: size };
  }
  return { kind: 'none' };
}

function checkHost({ requestFields, eventsToServer: events, target }: HttpTransaction, isNew: boolean): void {
  const field = requestFields.get('host');
  const fromTarget = target?.host ?? '';
  if (fromTarget !== '' && !HOST.test(fromTarget)) events.add('request_uri_host_invalid');
  if (field === null) { if (isNew) events.add('missing_host_header'); return; }
  const { host, badPort } = readAuthority(field);
  if (badPort || !HOST.test(host)) events.add('request_header_host_invalid');
  if (badPort) events.add('invalid_authority_port');
  if (fromTarget !== '' && host !== fromTarget) events.add('host_header_ambiguous');
}

/** A whole number of at most 2^53; -1 for anything else. */
const lengthOf = (text: string): number => (/^\d{1,15}$/.test(text.split(',', 1)[0]!.trim()) ? Number(text.split(',', 1)[0]) : -1);

function readStatusLine(tx: HttpTransaction, text: string): 'fields' | 'body' {
  if (!/^\s*HTTP/i.test(text)) { // what answers HTTP/0.9, or no HTTP at all
    tx.progressToClient = FIELDS;
    tx.changesToClient++;
    return 'body';
  }
  const [, protocol = '', status = '', message = ''] = /^\s*(\S*)\s*(\S*)\s*(.*)$/s.exec(text) ?? [];
  tx.responseLine = text;
  tx.responseProtocol = protocol;
  tx.status = status;
  tx.message = message.trimEnd();
  if (!/^HTTP\/\d\.\d$/.test(protocol)) tx.eventsToClient.add('response_invalid_protocol');
  if (!/^[1-9]\d\d$/.test(status)) tx.eventsToClient.add('response_invalid_status');
  tx.progressToClient = LINE;
  tx.changesToClient++;
  return 'fields';
}

function responseFraming({ responseFields: fields, eventsToClient: events, responseProtocol }: HttpTransaction): Framing {
  const transfer = fields.get('transfer-encoding');
  if (transfer !== null) {
    const chunked = /chunked/i.test(transfer);
    if (!chunked) events.add('invalid_transfer_encoding_value_in_response');
    if (chunked && transfer.trim().toLowerCase() !== 'chunked') events.add('response_abnormal_transfer_encoding');
    if (chunked && !responseProtocol.endsWith('/1.1')) events.add('response_chunked_old_proto');
    if (chunked) return { kind: 'chunked' };
  }
  const length = fields.get('content-length');
  if (length === null) return { kind: 'until end' };
  const size = lengthOf(length);
  if (size < 0) { events.add('invalid_content_length_field_in_response'); return { kind: 'until end' }; }
  if (/^multipart\/byteranges/i.test(fields.get('content-type') ?? '')) events.add('response_multipart_byteranges');
  return { kind: 'length', length: size };
}

/** Narrows to HTTP. */
export const isHttp = (tx: Transaction): tx is HttpTransaction => tx.protocol === 'http';

import type { Body } from './http-body.ts';
import { type HeaderEvent, Headers } from './http-headers.ts';
import { Collected } from './collected.ts';
import type { Target } from './http-uri.ts';
import { Looked, type Transaction } from './transaction.ts';

/** Steps of a request and of a response: what has been read. The end is DONE. */
export const LINE = 1;
export const FIELDS = 2;

/** Bytes of the fields as sent that are kept. */
const RAW_FIELDS = 1 << 18;

const REQUEST_EVENTS: Readonly<Record<HeaderEvent, string>> = {
  field_missing_colon: 'request_field_missing_colon', field_folding: 'invalid_request_field_folding', header_invalid: 'request_header_invalid', header_repetition: 'request_header_repetition',
  too_many_headers: 'request_too_many_headers', duplicate_length: 'duplicate_content_length_field_in_request',
};
const RESPONSE_EVENTS: Readonly<Record<HeaderEvent, string>> = {
  field_missing_colon: 'response_field_missing_colon', field_folding: 'invalid_response_field_folding', header_invalid: 'response_header_invalid', header_repetition: 'response_header_repetition',
  too_many_headers: 'response_too_many_headers', duplicate_length: 'duplicate_content_length_field_in_response',
};

/** A request and its response. Strings have one character a byte. */
export class HttpTransaction implements Transaction {
  readonly protocol = 'http';
  readonly id: number;
  progressToServer = 0;
  progressToClient = 0;
  changesToServer = 0;
  changesToClient = 0;
  readonly looked = new Looked();
  readonly eventsToServer = new Set<string>();
  readonly eventsToClient = new Set<string>();

  requestLine = '';
  method = '';
  uri = '';
  target: Target | null = null;
  requestProtocol = '';
  requestFields: Headers = this.#fields(true);
  readonly requestRaw = new Collected(RAW_FIELDS);
  requestBody: Body | null = null;

  /** Whether an interim response came. */
  interim = false;
  responseLine = '';
  responseProtocol = '';
  status = '';
  message = '';
  responseFields: Headers = this.#fields(false);
  readonly responseRaw = new Collected(RAW_FIELDS);
  responseBody: Body | null = null;

  constructor(id: number) { this.id = id; }

  #fields(request: boolean): Headers {
    return new Headers((event) => { if (request) this.eventsToServer.add(REQUEST_EVENTS[event]); else this.eventsToClient.add(RESPONSE_EVENTS[event]); });
  }

  /** Lets go of the bodies. */
  release(): void {
    this.requestBody?.release();
    this.responseBody?.release();
  }

  /** Forgets an interim response (RFC 9110 section 15.2): the real one follows. */
  beginResponse(): void {
    this.interim = true;
    this.responseFields = this.#fields(false);
    this.responseRaw.clear();
    this.progressToClient = 0;
  }

  /** http.host.raw: the host of an absolute target, else the Host field. */
  get hostRaw(): string | null {
    if (this.target !== null && this.target.host !== '') return this.target.host;
    return this.requestFields.get('host');
  }
}

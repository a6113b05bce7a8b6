import type { Way } from './ask.ts';
import { type AppBuffer, appBuffers, type BufferOf } from './buffer.ts';
import { isHttp } from './http.ts';
import { type Body, REQUEST_BODY, RESPONSE_BODY } from './http-body.ts';
import type { Headers } from './http-headers.ts';
import { FIELDS, type HttpTransaction, LINE } from './http-transaction.ts';
import { readAuthority } from './http-uri.ts';
import { DONE, progressOf } from './transaction.ts';

// The buffers of rules/http-keywords.rst, as detect-http-*.c fill them.

type Values = ReturnType<BufferOf<HttpTransaction>['values']>;
type Make = (tx: HttpTransaction, toServer: boolean) => Values;

const after = (step: number) => (tx: HttpTransaction, toServer: boolean): boolean => progressOf(tx, toServer) >= step;
const fieldsOf = (tx: HttpTransaction, toServer: boolean): Headers => (toServer ? tx.requestFields : tx.responseFields);

const line = (names: BufferOf<HttpTransaction>['names'], label: string, way: Way, values: Make): BufferOf<HttpTransaction> => ({ names, label, way, ready: after(LINE), values });
const fields = (names: BufferOf<HttpTransaction>['names'], label: string, way: Way, values: Make): BufferOf<HttpTransaction> => ({ names, label, way, ready: after(FIELDS), values });
/** The value of one field. */
const field = (names: BufferOf<HttpTransaction>['names'], name: string, way: Way): BufferOf<HttpTransaction> =>
  fields(names, `the ${name} field`, way, (tx, toServer) => fieldsOf(tx, toServer).get(name.toLowerCase()));

const bodyOf = (tx: HttpTransaction, toServer: boolean): Body | null => (toServer ? tx.requestBody : tx.responseBody);
const bodyReady = (tx: HttpTransaction, toServer: boolean): boolean => progressOf(tx, toServer) === DONE || (bodyOf(tx, toServer)?.length ?? 0) >= (toServer ? REQUEST_BODY : RESPONSE_BODY);
const bodyBytes: Make = (tx, toServer) => { const body = bodyOf(tx, toServer); return body === null || body.bytes.length === 0 ? null : body.bytes; };
const body = (names: BufferOf<HttpTransaction>['names'], label: string, way: Way, values: Make = bodyBytes): BufferOf<HttpTransaction> => ({ names, label, way, ready: bodyReady, values });

/** A target that nobody saw is no buffer. */
const seen = (tx: HttpTransaction, text: string | undefined): string | null => (tx.requestLine === '' || text === undefined || text === '' ? null : text);

const lines = (tx: HttpTransaction, toServer: boolean): string[] => fieldsOf(tx, toServer).fields.map(({ name, value }) => `${name}: ${value}`);

export const HTTP_BUFFERS: readonly AppBuffer[] = appBuffers('http', isHttp, [
  line(['http.uri', 'http_uri'], 'the normalised URI', 'to server', (tx) => seen(tx, tx.target?.normalized)),
  line(['http.uri.raw', 'http_raw_uri'], 'the URI as sent', 'to server', (tx) => seen(tx, tx.uri)),
  line(['http.method', 'http_method'], 'the method', 'to server', (tx) => seen(tx, tx.method)),
  line(['http.request_line', 'http_request_line'], 'the request line', 'to server', (tx) => seen(tx, tx.requestLine)),
  line(['http.protocol', 'http_protocol'], 'the protocol', 'both', (tx, toServer) => (toServer ? tx.requestProtocol : tx.responseProtocol) || null),
  line(['http.stat_code', 'http_stat_code'], 'the status code', 'to client', (tx) => tx.status || null),
  line(['http.stat_msg', 'http_stat_msg'], 'the status message', 'to client', (tx) => tx.message || null),
  line(['http.response_line', 'http_response_line'], 'the status line', 'to client', (tx) => tx.responseLine || null),
  fields(['http.header', 'http_header'], 'the header fields', 'both', (tx, toServer) => fieldsOf(tx, toServer).normalized(toServer ? 'cookie' : 'set-cookie')),
  fields(['http.header.raw', 'http_raw_header'], 'the header fields as sent', 'both', (tx, toServer) => { const { bytes } = toServer ? tx.requestRaw : tx.responseRaw; return bytes.length === 0 ? null : bytes; }),
  fields(['http.header_names', 'http_header_names'], 'the names of the header fields', 'both', (tx, toServer) => fieldsOf(tx, toServer).names()),
  fields(['http.start', 'http_start'], 'the first line and the header fields', 'both', (tx, toServer) => (fieldsOf(tx, toServer).fields.length === 0 ? null : fieldsOf(tx, toServer).start(toServer ? tx.requestLine : tx.responseLine))),
  { ...fields(['http.request_header'], 'a header field of the request', 'to server', lines), several: true },
  { ...fields(['http.response_header'], 'a header field of the response', 'to client', lines), several: true },
  fields(['http.cookie', 'http_cookie'], 'the cookie', 'both', (tx, toServer) => fieldsOf(tx, toServer).get(toServer ? 'cookie' : 'set-cookie')),
  fields(['http.host', 'http_host'], 'the host', 'to server', (tx) => (tx.hostRaw === null ? null : readAuthority(tx.hostRaw).host)),
  fields(['http.host.raw', 'http_raw_host'], 'the host as sent', 'to server', (tx) => tx.hostRaw),
  field(['http.user_agent', 'http_user_agent'], 'User-Agent', 'to server'), field(['http.accept', 'http_accept'], 'Accept', 'to server'), field(['http.accept_enc', 'http_accept_enc'], 'Accept-Encoding', 'to server'),
  field(['http.accept_lang', 'http_accept_lang'], 'Accept-Language', 'to server'), field(['http.referer', 'http_referer'], 'Referer', 'to server'), field(['http.connection', 'http_connection'], 'Connection', 'both'),
  field(['http.content_type', 'http_content_type'], 'Content-Type', 'both'), field(['http.content_len', 'http_content_len'], 'Content-Length', 'both'), field(['http.server'], 'Server', 'to client'), field(['http.location'], 'Location', 'to client'),
  body(['http.request_body', 'http_client_body'], 'the request’s body', 'to server'),
  body(['http.response_body', 'http_server_body'], 'the response’s body', 'to client'),
  // Files that a client sends are the bodies of PUT and of POST that are no form.
  body(['file.data', 'file_data'], 'the file’s data', 'both', (tx, toServer) => (toServer && !isUpload(tx) ? null : bodyBytes(tx, toServer))),
]);

const isUpload = ({ method, requestFields }: HttpTransaction): boolean =>
  method === 'PUT' || (method === 'POST' && !/^(?:application\/x-www-form-urlencoded|multipart\/form-data)/i.test(requestFields.get('content-type') ?? ''));

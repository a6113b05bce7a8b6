import type { FieldSpec } from '../dissect/field.ts';
import { blob, derived, elsewhere, fill, pick, utf8Text, within, type Part, type Probe } from '../dissect/part.ts';
import type { Layer } from '../dissect/layer.ts';
import { protocol } from '../dissect/protocol.ts';
import { ascii, firstLine, headerBytes, headerIn, HEADERS, headerValue, lineBytes, lineEnd, lineText, looksLikeHttp, nameBytes, nextLine, queryAt, REQUEST, RESPONSE, restOfLine, spaces, targetBytes, wordBytes } from './http-lines.ts';
import { STATUS_WORDS } from './numbers/http-status.ts';

const AMPERSAND = 38;
const bool = { type: 'bool', display: 'none' } as const;

const textField = (name: string, label: string): FieldSpec => ({ ...blob(name, label), type: 'text', text: utf8Text });
const words = (name: string, label: string, measure: Probe): Part => ({ part: 'measured', field: textField(name, label), measure });
/** Bytes that no field names. */
const over = (measure: Probe): Part => ({ part: 'measured', field: { ...blob('', ''), hidden: true }, measure });
const here = (...parts: Part[]): Part => elsewhere(() => 0, parts);
/** Text that is put together from several places. */
const composed = (name: string, label: string, is: Probe, text: NonNullable<FieldSpec['text']>): Part => derived(name, label, is, { type: 'text', display: 'none', text });

/** Where a target's query starts, and how long its parts are. */
const hasQuery: Probe = (b, at, end) => Number(queryAt(b, at, at + targetBytes(b, at, end, at, at)) >= 0);
const pathBytes: Probe = (b, at) => queryAt(b, at, b.length) - at;
const queryBytes: Probe = (b, at, end) => targetBytes(b, at, end, at, at);
const parameterBytes: Probe = (b, at, end) => { const next = b.indexOf(AMPERSAND, at); return (next < 0 || next > end ? end : next) - at; };
const target: Part[] = [
  here(pick(hasQuery, { 1: [
    words('request.uri.path', 'Request URI Path', pathBytes), over(() => 1), derived('query', '', queryBytes, { hidden: true }),
    within('query', [here({ part: 'rest', field: textField('request.uri.query', 'Request URI Query') }), fill([words('request.uri.query.parameter', 'Request URI Query Parameter', parameterBytes), over((_b, at, end) => Math.min(1, end - at))])]),
  ] })),
  words('request.uri', 'Request URI', targetBytes),
];

/** The host's name and the target, as a browser shows it; a target that names its host already stands alone. */
const hasHost: Probe = (b, at, end) => (headerValue(b, nextLine(b, at, end), end, 'host') === '' ? -1 : 1);
const uri: NonNullable<FieldSpec['text']> = (b, start, end) => {
  const from = start + wordBytes(b, start, end, start, start) + 1;
  const to = from + targetBytes(b, from, end, from, from);
  const asked = utf8Text(b, from, to, start);
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(asked) || ascii(b, start, from - 1) === 'CONNECT' ? asked : `http://${headerValue(b, nextLine(b, start, end), end, 'host')}${asked}`;
};

const request: Part[] = [
  words('request.method', 'Request Method', wordBytes), over(spaces), ...target, over(spaces), words('request.version', 'Request Version', restOfLine), over(lineEnd),
];
const statusCode: Probe = (b, at, end) => { const n = Number(ascii(b, at, at + wordBytes(b, at, end, at, at))); return Number.isInteger(n) && n > 0 && n < 1000 ? n : -1; };
const response = (described: boolean): Part[] => [
  words('response.version', 'Response Version', wordBytes), over(spaces), derived('response.code', 'Status Code', statusCode, { width: 16, strings: STATUS_WORDS }),
  ...(described ? [composed('response.code.desc', 'Status Code Description', (b, at, end, start, option) => (statusCode(b, at, end, start, option) < 0 ? -1 : 1), (b, at, end) => STATUS_WORDS[statusCode(b, at, end, at, at)] ?? 'Unknown')] : []),
  over(wordBytes), over(spaces), words('response.phrase', 'Response Phrase', restOfLine), over(lineEnd),
];

/** Header fields with names of their own in Wireshark, in small letters. */
const NAMED: Readonly<Record<string, readonly [name: string, label: string]>> = {
  host: ['host', 'Host'], 'user-agent': ['user_agent', 'User-Agent'], 'content-type': ['content_type', 'Content-Type'], 'content-length': ['content_length_header', 'Content-Length'], server: ['server', 'Server'], location: ['location', 'Location'],
  referer: ['referer', 'Referer'], cookie: ['cookie', 'Cookie'], 'set-cookie': ['set_cookie', 'Set-Cookie'], connection: ['connection', 'Connection'], accept: ['accept', 'Accept'], 'accept-encoding': ['accept_encoding', 'Accept-Encoding'],
  'accept-language': ['accept_language', 'Accept-Language'], date: ['date', 'Date'], 'last-modified': ['last_modified', 'Last-Modified'], 'cache-control': ['cache_control', 'Cache-Control'], 'transfer-encoding': ['transfer_encoding', 'Transfer-Encoding'],
  'content-encoding': ['content_encoding', 'Content-Encoding'], authorization: ['authorization', 'Authorization'], 'x-forwarded-for': ['x_forwarded_for', 'X-Forwarded-For'], upgrade: ['upgrade', 'Upgrade'], 'proxy-authorization': ['proxy_authorization', 'Proxy-Authorization'],
  'proxy-authenticate': ['proxy_authenticate', 'Proxy-Authenticate'], 'proxy-connection': ['proxy_connection', 'Proxy-Connection'], 'www-authenticate': ['www_authenticate', 'WWW-Authenticate'],
};
const NAMES = Object.keys(NAMED);
const number: Probe = (b, at, end) => { const text = ascii(b, at, lineText(b, at, end)).trim(); return /^\d{1,15}$/.test(text) ? Number(text) : -1; };
const SEMICOLON = 59;
/** One name and value, up to a semicolon; then the blanks before the next. */
const pairBytes: Probe = (b, at, end) => { const next = b.indexOf(SEMICOLON, at); return (next < 0 || next > end ? end : next) - at; };
const gapBytes: Probe = (b, at, end) => { let n = 0; while (at + n < end && (b[at + n] === SEMICOLON || b[at + n] === 32)) n++; return n; };

const value = (name: string): Part[] => {
  const [field, label] = NAMED[name]!;
  const whole = words(field, label, restOfLine);
  if (name === 'content-length') return [derived('content_length', 'Content length', number, { width: 64 }), whole];
  if (name === 'cookie') return [here(derived('cookies', '', restOfLine, { hidden: true }), within('cookies', [fill([words('cookie_pair', 'Cookie pair', pairBytes), over(gapBytes)])])), whole];
  return [whole];
};
const line = (field: string): Part[] => [
  ...(field === '' ? [] : [here(pick(restOfLine, { 0: [] }, [words(field, 'Header line', lineBytes)]))]),
  pick(headerIn(NAMES), Object.fromEntries(NAMES.map((name, i) => [i, [over(nameBytes), ...value(name), over(lineEnd)]])), [over(lineBytes)]),
];
const headers = (field: string): Part[] => [derived('headers', '', headerBytes, { hidden: true }), within('headers', [fill(line(field))])];

/** What a body is, by its media type; the places in the table below. */
const MEDIA: readonly (readonly [name: string, is: RegExp])[] = [
  ['data-text-lines', /^text\/(?!xml)/], ['json', /^application\/(json|[^;]*\+json)/], ['image-gif', /^image\/gif/], ['image-jfif', /^image\/(jpe?g|jfif)/], ['png', /^image\/png/], ['xml', /^(text|application)\/xml|^[^;]*\+xml/],
  ['urlencoded-form', /^application\/x-www-form-urlencoded/], ['mime_multipart', /^multipart\//], ['media', /./],
];
const mediaOf: Probe = (b, at, _end, start) => {
  if (firstLine(b, start, at, start, start) === 0) return 0;
  const from = nextLine(b, start, at);
  if (/chunked/i.test(headerValue(b, from, at, 'transfer-encoding')) || !['', 'identity'].includes(headerValue(b, from, at, 'content-encoding'))) return 0;
  const type = headerValue(b, firstLine(b, start, at, start, start) === HEADERS ? start : from, at, 'content-type').toLowerCase();
  return type === '' || type.startsWith('application/octet-stream') ? 0 : MEDIA.findIndex(([, is]) => is.test(type)) + 1;
};

/** Requests may follow each other in one segment (RFC 9112 section 9.3.2). */
const another: Probe = (b, at, end, start) => (at === start ? firstLine(b, at, end, start, at) : looksLikeHttp(b, at, end, at, at) > 0 ? firstLine(b, at, end, start, at) : 0);
const message = (listed: boolean): Part[] => [
  fill([pick(another, {
    [REQUEST]: [...(listed ? [derived('request', 'Request', () => 1, bool)] : []), composed('request.full_uri', 'Full request URI', hasHost, uri), ...request, ...headers(listed ? 'request.line' : '')],
    [RESPONSE]: [...(listed ? [derived('response', 'Response', () => 1, bool)] : []), ...response(listed), ...headers(listed ? 'response.line' : '')],
    [HEADERS]: headers(''),
  })]),
  derived('media', '', mediaOf, { hidden: true }),
];

const said = (l: Layer): string => {
  if (l.has('request.method')) return `${l.text('request.method')} ${l.text('request.uri')} ${l.text('request.version')} `;
  return l.has('response.version') ? `${l.text('response.version')} ${l.text('response.code')} ${l.text('response.phrase')} ` : 'Continuation';
};
const spec = { reference: 'RFC 9112', message: true, summary: said, info: said, title: () => '', opens: 'never' } as const;

export const http = protocol('http', {
  ...spec, label: 'Hypertext Transfer Protocol', column: 'HTTP',
  over: { 'tcp.port': [80, 631, 1900, 2710, 2869, 3128, 3132, 3689, 5985, 8080, 8088, 11371], 'sctp.port': [80] }, guesses: { 'tcp.port': looksLikeHttp }, keeps: true,
  header: message(true), next: { table: 'http.media', keys: ['media'] },
});

/** Service discovery: HTTP's lines in datagrams. */
export const ssdp = protocol('ssdp', { ...spec, label: 'Simple Service Discovery Protocol', column: 'SSDP', reference: 'UPnP Device Architecture section 1', prefix: 'http', over: { 'udp.port': [1900] }, header: message(false), closed: true });

const body = ([name]: readonly [string, RegExp], i: number) => protocol(name, {
  label: name === 'data-text-lines' ? 'Line-based text data' : name, column: '', reference: 'RFC 9110 section 8.3', message: true, over: { 'http.media': [i + 1] }, header: [{ part: 'rest', field: blob('body', 'Body') }], summary: () => '', title: () => '',
});
export const BODIES = MEDIA.map(body);

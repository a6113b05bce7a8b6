import { gzipSync, zlibSync, deflateSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutUp, feedAll, type Piece } from '../../testing/conversations.ts';
import { HttpParser } from './http.ts';
import type { HttpTransaction } from './http-transaction.ts';
import { readTarget } from './http-uri.ts';
import { latin1, latin1Bytes } from '../../bytes/latin1.ts';
import { DONE } from './transaction.ts';

const ask = (text: string | Uint8Array): Piece => ({ toServer: true, bytes: typeof text === 'string' ? latin1Bytes(text) : text });
const answer = (...parts: (string | Uint8Array)[]): Piece => ({ toServer: false, bytes: latin1Bytes(parts.map((part) => (typeof part === 'string' ? part : latin1(part))).join('')) });
const parse = (...pieces: Piece[]): HttpTransaction[] => feedAll(new HttpParser(), pieces).transactions;
const text = (bytes: Uint8Array | null | undefined): string | null => (bytes === null || bytes === undefined ? null : latin1(bytes));
const events = (tx: HttpTransaction | undefined): string[] => [...(tx?.eventsToServer ?? []), ...(tx?.eventsToClient ?? [])];
const GET = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';

/** All that rules can see of a transaction. */
const picture = (tx: HttpTransaction): unknown => ({
  id: tx.id, requestLine: tx.requestLine, method: tx.method, target: tx.target, request: tx.requestFields.fields, requestRaw: text(tx.requestRaw.bytes), requestBody: text(tx.requestBody?.bytes), line: tx.responseLine,
  status: tx.status, message: tx.message, response: tx.responseFields.fields, responseRaw: text(tx.responseRaw.bytes), responseBody: text(tx.responseBody?.bytes), length: tx.responseBody?.length,
  events: events(tx).sort(), progress: [tx.progressToServer, tx.progressToClient],
});

describe('targets', () => {
  // Suricata's user guide, http-uri-normalization.rst, and RFC 3986 section 5.4.
  it.each([
    ['/a%20b', '/a b'], ['/a/b/../c', '/a/c'], ['/a/./b', '/a/b'], ['/../../x', '/x'], ['/a//b\\c', '/a/b/c'], ['/a%2fb%5cc', '/a/b/c'], ['/%zz%4', '/%zz%4'], ['/x?q=%41+b/../c', '/x?q=A+b/../c'],
    ['http://Host.Example:8080/p?q', '/p?q'], ['http://h', ''], ['/%u0041', '/A'], ['*', '*'], ['/a/..', '/'], ['/x#%41', '/x#%41'], ['/%2541', '/%41'],
  ])('%s is %s', (raw, normalized) => { expect(readTarget(raw, false).normalized).toBe(normalized); });

  it('takes host and port from an absolute target and from CONNECT', () => {
    expect(readTarget('http://Host.Example:8080/p', false)).toMatchObject({ host: 'host.example', port: 8080 });
    expect(readTarget('a.example:443', true)).toMatchObject({ host: 'a.example', port: 443 });
  });
});

describe('messages', () => {
  it('keeps fields as they came, joins those of one name, and tells the cookie apart', () => {
    const [tx] = parse(ask('GET /x HTTP/1.1\r\nHost: ABC.com\r\nUser-Agent:  one \t\r\nCookie: c=1\r\nuser-agent: two\r\nX: a\r\n b\r\n\r\n'));
    expect(text(tx!.requestFields.normalized('cookie'))).toBe('Host: ABC.com\r\nUser-Agent: one, two\r\nX: a b\r\n');
    expect(text(tx!.requestFields.names())).toBe('\r\nHost\r\nUser-Agent\r\nCookie\r\nX\r\n\r\n');
    expect(text(tx!.requestFields.start(tx!.requestLine))).toBe('GET /x HTTP/1.1\r\nHost: ABC.com\r\nUser-Agent: one, two\r\nCookie: c=1\r\nX: a b\r\n\r\n');
    expect(text(tx!.requestRaw.bytes)).toBe('Host: ABC.com\r\nUser-Agent:  one \t\r\nCookie: c=1\r\nuser-agent: two\r\nX: a\r\n b\r\n\r\n');
  });

  it('pairs pipelined requests with their answers in order', () => {
    const txs = parse(ask('GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n'), answer('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n'));
    expect(txs.map(({ uri, status }) => [uri, status])).toEqual([['/1', '200'], ['/2', '404']]);
  });

  it.each<[string, string, string, string | null]>([
    ['nothing after HEAD', 'HEAD / HTTP/1.1\r\nHost: a\r\n\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', null], ['nothing with 304', GET, 'HTTP/1.1 304 Not\r\nContent-Length: 5\r\n\r\n', null],
    ['a length', GET, 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc', 'abc'], ['until the end', GET, 'HTTP/1.0 200 OK\r\n\r\nabc\r\n', 'abc\r\n'],
    ['chunks (RFC 9112 section 7.1)', GET, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0A;x=y\r\n0123456789\r\n0\r\nT: r\r\n\r\n', 'abcd0123456789'],
    ['HTTP/0.9', 'GET /\r\n', '<html>', '<html>'], ['after an interim answer', GET, 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx', 'x'],
  ])('frames a body by %s', (_name, request, response, body) => {
    const [tx] = parse(ask(request), answer(response));
    expect(text(tx!.responseBody?.bytes)).toBe(body);
    expect([tx!.progressToServer, tx!.progressToClient]).toEqual([DONE, DONE]);
  });

  const PAGE = latin1Bytes('a page of some length, '.repeat(40));
  it.each<[string, Uint8Array]>([['gzip', gzipSync(PAGE)], ['x-gzip', gzipSync(PAGE)], ['deflate', zlibSync(PAGE)], ['deflate', deflateSync(PAGE)], ['deflate, gzip', gzipSync(zlibSync(PAGE))], ['identity', PAGE]])('decodes %s', (encoding, sent) => {
    const [tx] = parse(ask(GET), answer(`HTTP/1.1 200 OK\r\nContent-Encoding: ${encoding}\r\nContent-Length: ${sent.length}\r\n\r\n`, sent));
    expect(text(tx!.responseBody?.bytes)).toBe(latin1(PAGE));
    expect(events(tx)).toEqual([]);
  });

  it('looks at what does not decode as it is', () => {
    const [tx] = parse(ask(GET), answer('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nno gzip!'));
    expect([text(tx!.responseBody?.bytes), events(tx)]).toEqual(['no gzip!', ['gzip_decompression_failed']]);
  });
});

describe('events of rules/http-events.rules', () => {
  it.each<[string, string, string]>([
    ['request_line_leading_whitespace', ' GET / HTTP/1.1\r\nHost: a\r\n\r\n', ''], ['request_field_missing_colon', 'GET / HTTP/1.1\r\nHost: a\r\nnothing\r\n\r\n', ''], ['missing_host_header', 'GET / HTTP/1.1\r\n\r\n', ''],
    ['request_header_host_invalid', 'GET / HTTP/1.1\r\nHost: a b\r\n\r\n', ''], ['host_header_ambiguous', 'GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n', ''], ['invalid_request_field_folding', 'GET / HTTP/1.1\r\n Host: a\r\nHost: a\r\n\r\n', ''],
    ['request_line_missing_protocol', 'GET /\r\n', ''], ['uri_delim_non_compliant', 'GET /\tHTTP/1.1\r\nHost: a\r\n\r\n', ''], ['request_auth_unrecognized', 'GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Magic x\r\n\r\n', ''],
    ['duplicate_content_length_field_in_request', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n', ''], ['invalid_content_length_field_in_request', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n', ''],
    ['invalid_request_chunk_len', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', ''], ['request_chunk_extension', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;a\r\nx\r\n0\r\n\r\n', ''],
    ['request_field_too_long', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(9000)}\r\n\r\n`, ''], ['double_encoded_uri', 'GET /%2541 HTTP/1.1\r\nHost: a\r\n\r\n', ''],
    ['response_invalid_protocol', GET, 'HTTP1.1 200 OK\r\n\r\n'], ['response_invalid_status', GET, 'HTTP/1.1 99999 OK\r\n\r\n'], ['response_chunked_old_proto', GET, 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['invalid_response_chunk_len', GET, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n123456789012345678\r\n'], ['abnormal_ce_header', GET, 'HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nx'],
    ['response_header_invalid', GET, 'HTTP/1.1 200 OK\r\na b: c\r\n\r\n'], ['100_continue_already_seen', GET, 'HTTP/1.1 100 C\r\n\r\nHTTP/1.1 100 C\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'],
  ])('%s', (event, request, response) => { expect(events(parse(ask(request), answer(response))[0])).toContain(event); });

  it('unable_to_match_response_to_request', () => {
    const [tx] = parse(answer('HTTP/1.1 200 OK\r\n\r\n'));
    expect([tx!.uri, events(tx)]).toEqual(['/libhtp::request_uri_not_seen', ['unable_to_match_response_to_request']]);
  });
});

describe('whatever is sent', () => {
  const part = fc.constantFrom('GET /a%20b HTTP/1.1\r\n', 'POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello', GET, 'Host: a\r\n', '\r\n', '\n', 'Transfer-Encoding: chunked\r\n', '5\r\nabcde\r\n', '0\r\n\r\n', 'HTTP/1.1 200 OK\r\n',
    'Content-Length: 4\r\n', 'Content-Encoding: gzip\r\n', 'X: y\r\n z\r\n', 'junk', latin1(gzipSync(latin1Bytes('zip'.repeat(9)))));
  const side = fc.array(fc.oneof({ weight: 5, arbitrary: part }, { weight: 1, arbitrary: fc.string({ unit: 'binary-ascii', maxLength: 20 }) }), { maxLength: 12 }).map((parts) => parts.join(''));

  it('how it is cut into segments changes nothing', () => {
    fc.assert(fc.property(side, side, fc.array(fc.nat(400), { maxLength: 12 }), (request, response, places) => {
      const pieces = [ask(request), answer(response)];
      expect(parse(...cutUp(pieces, places)).map(picture)).toEqual(parse(...pieces).map(picture));
    }), { numRuns: 300 });
  });

  it('a line of a megabyte, ten thousand fields and a thousand open requests stay within bounds', () => {
    const [long] = parse(ask(`GET / HTTP/1.1\r\nX: ${'x'.repeat(1 << 20)}\r\n\r\n`));
    expect([long!.requestFields.fields.length, long!.requestRaw.length, events(long)]).toEqual([0, 0, ['request_field_too_long']]);
    const [many] = parse(ask(`GET / HTTP/1.1\r\n${Array.from({ length: 10_000 }, (_, i) => `H${i}: v\r\n`).join('')}\r\n`));
    expect([many!.requestFields.fields.length, events(many)]).toEqual([1024, ['request_too_many_headers', 'missing_host_header']]);
    const [same] = parse(ask(`GET / HTTP/1.1\r\nHost: a\r\n${'A: v\r\n'.repeat(10_000)}\r\n`));
    expect([same!.requestFields.get('a')!.length, events(same)]).toEqual([65 * 3 - 2, ['request_header_repetition']]);
    expect(parse(ask(GET.repeat(1000))).length).toBe(512);
  });

  it('bodies of all flows together stay within their bound', () => {
    const shared = { left: 3000 };
    const post = ask(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n${'x'.repeat(2000)}`);
    const [one, two] = [0, 1].map(() => feedAll(new HttpParser(shared), [post]));
    expect([one, two].map((parser) => [parser!.transactions[0]!.requestBody!.bytes.length, parser!.transactions[0]!.requestBody!.length])).toEqual([[2000, 2000], [0, 2000]]);
    one!.release();
    two!.release();
    expect(shared.left).toBe(3000);
  });

  it('a body is looked at again only while there is more of it to see', () => {
    const parser = new HttpParser();
    const page = new Uint8Array(1000).fill(0x61);
    for (const piece of [ask(GET), answer('HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n')]) parser.feed(piece.bytes, 0, piece.bytes.length, piece.toServer);
    for (let i = 0; i < 1000; i++) parser.feed(page, 0, page.length, false);
    expect(parser.transactions[0]!.changesToClient).toBe(2 + 63); // its two steps, and the 41st piece, which reaches byte 40,960, to the 103rd, which reaches byte 102,400
  });

  it('a bomb is not unfolded', () => {
    const inner = gzipSync(new Uint8Array(8 << 20), { level: 9 });
    const bomb = gzipSync(inner, { level: 9 });
    const [tx] = parse(ask(GET), answer(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`, bomb));
    expect(tx!.responseBody!.bytes.length).toBe(102_400);
    expect(tx!.responseBody!.length).toBeLessThan(4 << 20);
    expect(events(tx)).toEqual(['compression_bomb']);
  });
});

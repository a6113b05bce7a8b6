import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FaultError } from '../../core/base/fault.ts';
import { fetchCapture } from './fetch-capture.ts';

let server: Server;
let origin = '';
beforeAll(async () => {
  server = createServer(({ url }, response) => {
    if (url === '/capture') response.writeHead(200, { 'content-length': '6' }).end('abcdef');
    else if (url === '/page') response.writeHead(200, { 'content-type': 'text/html' }).end('<p>');
    else if (url === '/stalls') response.writeHead(200, { 'content-length': '100' }).write('abc');
    else if (url === '/breaks') { response.writeHead(200, { 'content-length': '100' }).write('abc', () => response.destroy()); }
    else if (url !== '/silent') response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => { server.closeAllConnections(); server.close(); });

const get = (path: string, signal = new AbortController().signal, quietMs = 200) => fetchCapture(`${origin}${path}`, signal, () => {}, quietMs);
const faultOf = (call: Promise<unknown>) => call.then(() => 'no fault', (error: unknown) => (error instanceof FaultError ? `${error.fault.code}: ${error.fault.what}` : String(error)));

it('gives the bytes, and says how far it is', async () => {
  const seen: unknown[] = [];
  const parts = await fetchCapture(`${origin}/capture`, new AbortController().signal, (p) => seen.push(p));
  expect(Buffer.concat(parts.map((part) => new Uint8Array(part))).toString()).toBe('abcdef');
  expect(seen.at(-1)).toEqual({ received: 6, total: 6 });
});

it.each([
  ['/none', /^not-found: 127\.0\.0\.1:\d+ answered 404 \(Not Found\) for http/],
  ['/page', /^not-a-capture: 127\.0\.0\.1:\d+ answered with a web page/],
  ['/silent', /^read-failed: 127\.0\.0\.1:\d+ did not answer within 0\.2 seconds$/],
  ['/stalls', /^read-failed: 127\.0\.0\.1:\d+ did not answer within 0\.2 seconds$/],
  ['/breaks', /^read-failed: 127\.0\.0\.1:\d+ cannot be reached/],
])('%s is told', async (path, said) => { expect(await faultOf(get(path))).toMatch(said); });

it('stops when it is told to', async () => {
  const controller = new AbortController();
  const fetching = faultOf(get('/silent', controller.signal, 60_000));
  controller.abort();
  expect(await fetching).toMatch(/AbortError|abort/i);
});

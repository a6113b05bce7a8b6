import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createReadStream, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';

export interface TestServer { readonly origin: string; readonly asked: string[]; close(): Promise<void> }

/** A server on a free port of this machine. `asked` lists what was requested of it. */
export async function serveWith(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<TestServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => { asked.push(request.url ?? ''); answer(request, response); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, asked, close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }) };
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.json': 'application/json' };

/** As plain a file server as a static host can be: `folder` under `/prefix/`, and 404 for all else. */
export const serveFolder = (folder: string, prefix: string): Promise<TestServer> => serveWith((request, response) => {
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname);
  const file = path.startsWith(prefix) ? join(folder, normalize(`/${path.slice(prefix.length) || 'index.html'}`)) : '';
  if (file === '' || !statSync(file, { throwIfNoEntry: false })?.isFile()) response.writeHead(404).end();
  else createReadStream(file).pipe(response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }));
});

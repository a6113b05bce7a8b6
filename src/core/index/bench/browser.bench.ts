// Indexing in Chromium beside a bare read of the same file, in a worker of a page that is served here and has nothing else on it.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { build } from 'vite';
import type { Figure } from './measure.bench.ts';

const PAGE = `<!doctype html><meta charset="utf-8"><title>bench</title><input type="file" id="file"><script type="module">
globalThis.times = new Promise((resolve) => {
  document.getElementById('file').addEventListener('change', ({ target }) => {
    const worker = new Worker('/worker.js', { type: 'module' });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => resolve(message);
    worker.postMessage({ file: target.files[0], rounds: Number(location.hash.slice(1)) });
  });
});
</script>`;

const DEBIAN = '/usr/bin/chromium';
export const launchOptions = { ...existsSync(DEBIAN) ? { executablePath: DEBIAN } : {}, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'] };

async function workerScript(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'vxlens-bench-'));
  try {
    const entry = 'src/core/index/bench/browser-worker.bench.ts';
    await build({ configFile: false, logLevel: 'warn', build: { outDir, emptyOutDir: true, target: 'es2022', lib: { entry, formats: ['es'], fileName: () => 'worker.js' } } });
    return readFileSync(join(outDir, 'worker.js'), 'utf8');
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

/** The index in Chromium beside the bare read. */
export async function inBrowser(path: string, rounds: number): Promise<Figure> {
  const script = await workerScript();
  const server = createServer(({ url }, response) => {
    const isScript = url === '/worker.js';
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' }).end(isScript ? script : PAGE);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const browser = await chromium.launch(launchOptions);
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/#${rounds}`);
    await page.locator('#file').setInputFiles(path);
    page.on('crash', () => { void browser.close(); }); // whatever waits on the page is rejected then
    const times: unknown = await page.evaluate('times');
    if (!Array.isArray(times)) throw new Error(`the worker says: ${String(times)}`);
    const [bare, index] = times as number[];
    return { what: 'indexing in Chromium', value: index!, unit: 'ms', baseline: { what: 'a bare BYOB read of the file', value: bare! }, target: 1.5 };
  } finally {
    await browser.close();
    server.close();
  }
}

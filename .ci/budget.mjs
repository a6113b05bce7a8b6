// What a first visit loads before a capture is opened, compressed: the page, its worker, and what they import at once. Run after the build.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET = 300_000; // bytes
const DIST = new URL('../dist/', import.meta.url).pathname;
const ASSETS = join(DIST, 'assets');

/** The scripts that a script imports before it runs; "import(" is later. */
const STATIC = /(?:^|[;}\s])(?:import|export)\s*(?:[\w$*{][^;'"()]{0,20000}?\bfrom\s*)?["'](\.\/[^"']{1,200}\.js)["']/g;

const page = readFileSync(join(DIST, 'index.html'), 'utf8');
const linked = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]{1,200}\.(?:js|css))"/g)].map(([, path]) => join(DIST, path));
const worker = readdirSync(ASSETS).filter((name) => /^capture\.worker-.*\.js$/.test(name)).map((name) => join(ASSETS, name));
if (linked.length === 0 || worker.length !== 1) throw new Error('dist/ is not a build: run `npm run build` first');

const seen = new Map();
const waiting = [join(DIST, 'index.html'), ...linked, ...worker];
while (waiting.length > 0) {
  const path = waiting.pop();
  if (seen.has(path)) continue;
  const bytes = readFileSync(path);
  seen.set(path, gzipSync(bytes, { level: 9 }).length);
  if (path.endsWith('.js')) for (const [, name] of bytes.toString('utf8').matchAll(STATIC)) waiting.push(join(dirname(path), name));
}
const sum = [...seen.values()].reduce((total, size) => total + size, 0);
const kilo = (size) => `${(size / 1000).toFixed(1)} kB`;
console.log(`first load: ${kilo(sum)} compressed of ${kilo(BUDGET)}: ${[...seen].map(([path, size]) => `${relative(ASSETS, path).replace(/-[\w-]{8}\./, '.')} ${kilo(size)}`).join(', ')}`);
if (sum > BUDGET) {
  console.error('The start page and its worker are over their budget: let what they can do without be imported when it is asked for.');
  process.exit(1);
}

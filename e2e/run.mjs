// Runs the browser tests in a real Chromium: the one of CHROMIUM, one that is installed, or one that is installed now. Never skips them.
//   node e2e/run.mjs [arguments of `playwright test`]
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

/** Started once, since Ubuntu's `chromium-browser` may be a script that only says where to get one. */
const works = (path) => spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 }).stdout?.match(/Chrom/) !== null;

function found() {
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [process.env.CHROMIUM, ...onPath, ...PLACES, chromium.executablePath()].find((path) => path && existsSync(path) && works(path));
}

const run = (command, args) => { console.log(`> ${command} ${args.join(' ')}`); return spawnSync(command, args, { stdio: 'inherit' }).status === 0; };

/** Debian's package; elsewhere, or where that is not to be had, Playwright's own build. */
function install() {
  console.log('No Chromium was found (CHROMIUM names one elsewhere); it is installed now.');
  const root = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...args) => { const [command, ...rest] = [...root, 'apt-get', ...args]; return run(command, rest); };
  if (existsSync('/usr/bin/apt-get') && apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium') && found()) return;
  run('npx', ['playwright', 'install', 'chromium']);
}

if (!found()) install();
const path = found();
if (!path) {
  console.error('The browser tests need a Chromium and none could be installed. Install one and name it in CHROMIUM.');
  process.exit(1);
}
console.log(`browser tests in ${path}: ${execFileSync(path, ['--version'], { encoding: 'utf8' }).trim()}`);
const { status } = spawnSync('npx', ['playwright', 'test', ...process.argv.slice(2)], { stdio: 'inherit', env: { ...process.env, CHROMIUM: path } });
process.exit(status ?? 1);

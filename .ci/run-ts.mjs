// Runs a TypeScript entry under Node: bundled once with Vite into node_modules/.cache, then started with the arguments that follow.
// node .ci/run-ts.mjs [--cpu-prof …] ENTRY.ts [ARGUMENT…]
import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { build } from 'vite';

const args = process.argv.slice(2);
const entry = args.findIndex((arg) => arg.endsWith('.ts'));
const outDir = join('node_modules', '.cache', 'run-ts', basename(args[entry], '.ts'));
await build({ configFile: false, logLevel: 'warn', build: { ssr: args[entry], outDir, minify: false, sourcemap: 'inline', target: 'node20', emptyOutDir: true } });
const file = join(outDir, `${basename(args[entry], '.ts')}.js`);
process.exit(spawnSync(process.execPath, [...args.slice(0, entry), file, ...args.slice(entry + 1)], { stdio: 'inherit' }).status ?? 1);

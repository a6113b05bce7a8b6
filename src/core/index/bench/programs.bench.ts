// Baselines that are other programs, start-up included.

import { spawnSync } from 'node:child_process';

/** Is the program there? */
export const installed = (program: string): boolean => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;

/** Runs a program to its end; its output is read and thrown away. */
export function run(program: string, ...args: string[]): Promise<void> {
  const { status, error, stderr } = spawnSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 30, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  if (status !== 0) return Promise.reject(error ?? new Error(`${program} ended with ${String(status)}: ${stderr.slice(0, 500)}`));
  return Promise.resolve();
}

/** Reads the whole file and does nothing with it. */
export const cat = (path: string): Promise<void> => run('sh', '-c', 'cat "$0" > /dev/null', path);
export const sha256sum = (path: string): Promise<void> => run('sha256sum', path);
/** With its default options: counts, times and three hashes. */
export const capinfos = (path: string): Promise<void> => run('capinfos', path);
export const tsharkVnis = (path: string, packets: number): Promise<void> => run('tshark', '-n', '-r', path, '-c', String(packets), '-T', 'fields', '-e', 'vxlan.vni');
/** As `npm run build` makes it. */
export const vxlensStats = (path: string): Promise<void> => run(process.execPath, 'dist/cli/vxlens.js', 'stats', '-r', path, '--json');
/** All packets of a file, or the first ones, through `vxlens fields` and through `tshark -T fields`, with the same fields. */
export const vxlensFields = (path: string, packets: number, fields: readonly string[]): Promise<void> => run(process.execPath, 'dist/cli/vxlens.js', 'fields', '-r', path, '-c', String(packets), ...fields.flatMap((name) => ['-e', name]));
export const tsharkFields = (path: string, packets: number, fields: readonly string[]): Promise<void> => run('tshark', '-n', '-r', path, '-c', String(packets), '-T', 'fields', ...fields.flatMap((name) => ['-e', name]));
/** A display filter in tshark that few packets pass. */
export const tsharkFilter = (path: string, packets: number, filter: string): Promise<void> => run('tshark', '-n', '-r', path, '-c', String(packets), '-Y', filter);

import { once } from 'node:events';
import type { CommandIo } from './command.ts';

/** Standard output and error. A reader that has gone away (`| head`) ends the program quietly, as other tools end. */
export function standardIo(): { io: CommandIo; done: () => Promise<void> } {
  const { stdout, stderr } = process;
  for (const stream of [stdout, stderr]) {
    stream.on('error', (e: NodeJS.ErrnoException) => {
      if (e.code !== 'EPIPE') stderr.write(`Standard output cannot be written: ${e.message}.\n`);
      process.exit(e.code === 'EPIPE' ? 0 : 2);
    });
  }
  const drained = async (): Promise<void> => { await once(stdout, 'drain'); };
  return {
    io: { out: (text) => (stdout.write(text) ? undefined : drained()), err: (line) => { stderr.write(`${line}\n`); } },
    done: () => new Promise((resolve) => { stdout.write('', () => resolve()); }),
  };
}

import { readFileSync } from 'node:fs';
import { FaultError } from '../core/base/fault.ts';
import { readMirrors, type Mirror } from '../core/mirror/read-mirror.ts';

/** Reads what the AWS CLI printed of a mirror, out of files that belong together. Throws a FaultError that names the file. */
export const mirrorFiles = (files: readonly string[]): Mirror => readMirrors([...new Set(files)].map((name) => ({ name, text: textOf(name) })));

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (e) {
    throw new FaultError({ code: 'read-failed', what: `${file} cannot be read (${e instanceof Error ? e.message : String(e)})`, next: 'Name the file that the AWS CLI’s output was saved to.' });
  }
}

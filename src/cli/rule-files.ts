import { readFileSync } from 'node:fs';
import { FaultError } from '../core/base/fault.ts';

/** A rule file's text; bytes that are no UTF-8 become the replacement character, and the parser tells what it makes of them. */
export function readRuleFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FaultError({ code: 'read-failed', what: `${path} cannot be read (${reason})`, next: 'Check the path and its permissions.' });
  }
}

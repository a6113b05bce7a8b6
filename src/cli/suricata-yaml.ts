import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { FaultError } from '../core/base/fault.ts';
import type { Setting } from '../core/rules/settings/read-settings.ts';

/**
 * A suricata.yaml with every scalar as the text that it is: YAML 1.1 would make 22:22 a number and `yes` a truth value. Throws a FaultError when it cannot be read.
 */
export function readYaml(path: string): Setting {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new FaultError({ code: 'read-failed', what: `${path} cannot be read (${error instanceof Error ? error.message : String(error)})`, next: 'Check the path and its permissions.' });
  }
  try {
    return parse(text, { schema: 'failsafe', logLevel: 'error' }) as Setting;
  } catch (error) {
    throw new FaultError({ code: 'unsupported', what: `${path} is no YAML (${error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error)})`, next: 'Mend the file, or leave -c out.' });
  }
}

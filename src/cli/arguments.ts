import { parseArgs, type ParseArgsConfig } from 'node:util';
import { FaultError } from '../core/base/fault.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Reads a command's arguments. An unknown or incomplete one is a FaultError in our words, with where to look. */
export function readArguments<T extends Options>(command: string, args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split(/[.\n]/);
    throw wrongArguments(command, first);
  }
}

export const wrongArguments = (command: string, what: string): FaultError =>
  new FaultError({ code: 'unsupported', what, next: `vxlens ${command} --help tells how it is used.` });

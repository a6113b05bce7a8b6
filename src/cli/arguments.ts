import { parseArgs, type ParseArgsConfig } from 'node:util';
import { FaultError } from '../core/base/fault.ts';
import { ipv4Bytes, ipv6Bytes, macBytes } from '../core/mirror/cidr.ts';

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

/** A whole number that an option takes, decimal or 0x. A FaultError where it is none, or outside [least..most]. */
export function numberArgument(command: string, option: string, text: string, least: number, most: number): number {
  const n = /^(\d+|0x[0-9a-f]+)$/i.test(text) ? Number(text) : NaN;
  if (n >= least && n <= most) return n;
  throw wrongArguments(command, `${option} ${text} is no number from ${least} to ${most.toLocaleString('en-US')}`);
}

/** An IPv4 or IPv6 address as its bytes. */
export function ipArgument(command: string, option: string, text: string): Uint8Array {
  const bytes = ipv4Bytes(text) ?? ipv6Bytes(text);
  if (bytes === null) throw wrongArguments(command, `${option} ${text} is no IPv4 or IPv6 address`);
  return bytes;
}

/** A MAC address as its six bytes. */
export function macArgument(command: string, option: string, text: string): Uint8Array {
  const bytes = macBytes(text);
  if (bytes === null) throw wrongArguments(command, `${option} ${text} is no MAC address, as 0a:36:d2:fc:94:2e is one`);
  return bytes;
}

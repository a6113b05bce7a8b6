// Regular expressions over bytes. Wireshark matches bytes, also those of a text, and folds the case of ASCII letters only; the engine here knows
// characters and folds them all. So bytes from 0x80 on go to it as characters that have no case, in pattern and subject alike.

import { RE2JS, RE2JSException } from 're2js';
import { bytesOfText, type Value } from './value.ts';

const SHIFT = 0xe000; // the private use area
/** Instructions of a compiled pattern: time grows with them times the bytes that are looked at. */
const MOST_INSTRUCTIONS = 2000;

const MOST_SAID = 100; // characters of what the engine says, which quotes the pattern
const UNIT = 4096; // bytes at a time, since arguments of a call are bounded
const shifted = (byte: number): number => (byte < 0x80 ? byte : byte + SHIFT);

function subject(value: Value): string {
  const bytes = bytesOfText(value);
  let text = '';
  for (let from = 0; from < bytes.length; from += UNIT) text += String.fromCharCode(...Array.from(bytes.subarray(from, from + UNIT), shifted));
  return text;
}

// An escape that stands for a byte in hexadecimal or octal, any other escape, or a byte that is no ASCII.
const HIGH = /\\x\{([0-9a-f]+)\}|\\x([0-9a-f]{1,2})|\\([0-3]?[0-7]{2})|\\[^]|[\x80-\xff]/gi;

/** The pattern's bytes (one character each) with those from 0x80 on put where `subject` puts them. */
const shiftedPattern = (pattern: string): string => pattern.replace(HIGH, (found, braced?: string, hex?: string, octal?: string) => {
  const code = braced ?? hex;
  const byte = code !== undefined ? parseInt(code, 16) : octal !== undefined ? parseInt(octal, 8) : found.charCodeAt(0);
  if (code === undefined && octal === undefined && found.length > 1) return found;
  return `\\x{${shifted(Math.min(byte, 0xff)).toString(16)}}`;
});

/** Whether a value matches the pattern, given as one character a byte; or, in words, why it cannot be used. Takes time in proportion to the value's length, whatever the pattern. */
export function matcher(pattern: string): ((value: Value) => boolean) | string {
  try {
    const regex = RE2JS.compile(shiftedPattern(pattern), RE2JS.CASE_INSENSITIVE);
    if (regex.programSize() > MOST_INSTRUCTIONS) return 'This regular expression is too large, and would take very long: write smaller repetitions';
    return (value) => value instanceof Uint8Array && value.length === 0 ? false : regex.test(subject(value)); // no bytes match nothing, not even ^$, as in Wireshark
  } catch (e) {
    if (!(e instanceof RE2JSException)) throw e;
    const why = e.message.length > MOST_SAID ? `${e.message.slice(0, MOST_SAID)}…` : e.message;
    return `This regular expression cannot be used: ${why}. Look-around and back-references are not supported`;
  }
}

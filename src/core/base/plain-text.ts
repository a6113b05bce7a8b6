import { FaultError } from './fault.ts';

/** The text of a file that ought to be plain text. A NUL byte, which no text has, tells other data (a capture, an archive): FaultError. Bytes that are no UTF-8 become U+FFFD. */
export function plainText(bytes: Uint8Array): string {
  const nul = bytes.indexOf(0);
  if (nul < 0) return new TextDecoder().decode(bytes);
  throw new FaultError({
    code: 'unsupported', what: 'This is binary data and no text: there is a NUL byte', offset: nul, kept: 'Nothing of it was read.', next: 'Choose a file of plain text, in UTF-8.',
  });
}

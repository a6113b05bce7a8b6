// Protocols of text are read as strings of one character a byte (Latin-1), so that nothing is lost and what rules look at can be made of them again.

const CHUNK = 8192;

/** Bytes as a string of one character each. */
export function latin1(bytes: Uint8Array, from = 0, to = bytes.length): string {
  let text = '';
  for (let at = from; at < to; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, Math.min(to, at + CHUNK)));
  return text;
}

/** A string of one character a byte as bytes. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

const hexOf = Array.from({ length: 256 }, (_, b) => b.toString(16).padStart(2, '0'));

/** Bytes as hexadecimal digits in small letters, `between` them as "3f:a0". */
export function hex(bytes: Uint8Array, between = ''): string {
  let text = '';
  for (let at = 0; at < bytes.length; at++) text += (at > 0 ? between : '') + hexOf[bytes[at]!]!;
  return text;
}

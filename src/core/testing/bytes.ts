// Bytes by hand, in either byte order: what test files are built from, apart from the writers under test.

/** The bytes of several pieces, one after another. */
export const concat = (pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const out = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) { out.set(piece, at); at += piece.length; }
  return out;
};

/** An integer in `width` bytes. */
export const int = (value: number, width: number, littleEndian: boolean): Uint8Array => {
  const bytes = Array.from({ length: width }, (_, i) => Math.floor(value / 2 ** (8 * i)) & 0xff);
  return Uint8Array.from(littleEndian ? bytes : bytes.reverse());
};

/** Bytes from hexadecimal digits; blanks between them do not count. */
export const fromHex = (digits: string): Uint8Array<ArrayBuffer> => Uint8Array.from(digits.replace(/\s+/g, '').match(/../g) ?? [], (pair) => parseInt(pair, 16));
export const toHex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

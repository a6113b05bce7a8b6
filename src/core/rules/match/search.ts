/** Lower case of A to Z, every other byte as it is. */
export const LOWER = Uint8Array.from({ length: 256 }, (_, b) => (b >= 0x41 && b <= 0x5a ? b + 0x20 : b));

/** A pattern ready to be found. With `nocase` its letters are lower case. */
export interface Needle { readonly bytes: Uint8Array; readonly nocase: boolean }

export const needle = (bytes: Uint8Array, nocase: boolean): Needle => ({ bytes: nocase ? bytes.map((b) => LOWER[b]!) : bytes, nocase });

/** Whether the pattern stands at `at`; the caller has made sure that it fits. */
export function standsAt({ bytes: wanted, nocase }: Needle, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < wanted.length; i++) {
    const b = bytes[at + i]!;
    if ((nocase ? LOWER[b]! : b) !== wanted[i]!) return false;
  }
  return true;
}

/** First place at or after `from` where the whole pattern stands before `to`; -1 when it does not. */
export function find(wanted: Needle, bytes: Uint8Array, from: number, to: number): number {
  const last = to - wanted.bytes.length;
  const first = wanted.bytes[0]!;
  if (!wanted.nocase) {
    for (let at = bytes.indexOf(first, from); at >= 0 && at <= last; at = bytes.indexOf(first, at + 1)) if (standsAt(wanted, bytes, at)) return at;
    return -1;
  }
  for (let at = from; at <= last; at++) if (LOWER[bytes[at]!]! === first && standsAt(wanted, bytes, at)) return at;
  return -1;
}

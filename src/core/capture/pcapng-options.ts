import { u16, u16le } from '../bytes/read.ts';

const END = 0;
/** The option every block may carry, any number of times. */
export const COMMENT = 1;

/**
 * Walks the options in `b[from..to)`: code, and where the value lies. An option whose length goes beyond the block ends the walk, so that what came
 * before it counts (draft-ietf-opsawg-pcapng section 3.5).
 */
export function eachOption(b: Uint8Array, from: number, to: number, littleEndian: boolean, use: (code: number, start: number, end: number) => void): void {
  const half = littleEndian ? u16le : u16;
  for (let at = from; at + 4 <= to;) {
    const code = half(b, at);
    const start = at + 4;
    const end = start + half(b, at + 2);
    if (code === END || end > to) return;
    use(code, start, end);
    at = end + (-(end - start) & 3); // padded to a multiple of four
  }
}

/** The text of an option: UTF-8, up to a zero byte where a writer has put one. */
export function optionText(b: Uint8Array, start: number, end: number): string {
  const zero = b.subarray(start, end).indexOf(0);
  return new TextDecoder().decode(b.subarray(start, zero < 0 ? end : start + zero));
}

import { u16, u16le } from '../bytes/read.ts';

const END = 0;
/** Custom options: text and bytes that go along when a packet is copied, and that do not. They begin with a Private Enterprise Number. */
export const CUSTOM_COPIED: readonly number[] = [2988, 2989];
export const CUSTOM_LEFT: readonly number[] = [19372, 19373];

/** An option as a little-endian section has it. */
export interface Option { readonly code: number; readonly value: Uint8Array }
/** Widths of the numbers that the values of an option begin with, by its code: those are written in the section's byte order. */
export type OptionNumbers = Readonly<Record<number, readonly number[] | ((value: Uint8Array) => readonly number[])>>;
const CUSTOM_NUMBERS: OptionNumbers = Object.fromEntries([...CUSTOM_COPIED, ...CUSTOM_LEFT].map((code) => [code, [4]]));
export const NO_OPTIONS: readonly Option[] = [];

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

/** The options in `b[from..to)`, copied, their numbers little-endian. */
export function optionsIn(b: Uint8Array, from: number, to: number, littleEndian: boolean, numbers: OptionNumbers): readonly Option[] {
  const found: Option[] = [];
  eachOption(b, from, to, littleEndian, (code, start, end) => {
    const value = b.slice(start, end);
    const widths = numbers[code] ?? CUSTOM_NUMBERS[code] ?? [];
    if (!littleEndian) reverseNumbers(value, typeof widths === 'function' ? widths(value) : widths);
    found.push({ code, value });
  });
  return found.length === 0 ? NO_OPTIONS : found;
}

/** Turns the bytes of the numbers round that a value begins with; a value too short for one keeps it. */
export function reverseNumbers(value: Uint8Array, widths: readonly number[]): void {
  let at = 0;
  for (const width of widths) {
    if (at + width > value.length) return;
    value.subarray(at, at + width).reverse();
    at += width;
  }
}

/** The text of an option: UTF-8, up to a zero byte where a writer has put one. */
export function optionText(b: Uint8Array, start: number, end: number): string {
  const zero = b.subarray(start, end).indexOf(0);
  return new TextDecoder().decode(b.subarray(start, zero < 0 ? end : start + zero));
}

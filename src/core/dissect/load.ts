// How an instruction's value is read from the packet.

import { BYTES_1, BYTES_2, BYTES_4, GUARDED, MASK, SCALE, SHIFT, SWAPPED, WIDE_48, WIDE_64 } from './program.ts';

/** The big-endian number in `bytes` bytes. */
export function word(b: Uint8Array, bytes: number, at: number): number {
  if (bytes === BYTES_1) return b[at]!;
  if (bytes === BYTES_2) return (b[at]! << 8) | b[at + 1]!;
  if (bytes === BYTES_4) return be32(b, at);
  return (b[at]! << 16) | (b[at + 1]! << 8) | b[at + 2]!;
}

export function scaled(code: Int32Array, pc: number, bytes: number): number {
  const scale = code[pc + SCALE]!;
  return Math.imul((bytes >>> code[pc + SHIFT]!) & code[pc + MASK]!, scale & 0xffff) + (scale >>> 16);
}

/** The value, its lower 32 bits when it is wider; -1 where a guard does not let it through. */
export function special(b: Uint8Array, code: Int32Array, pc: number, kind: number, at: number): number {
  switch (kind) {
    case SWAPPED: return (b[at + 1]! << 8) | b[at]!;
    case GUARDED: { const value = word(b, 2, at); return value < code[pc + SHIFT]! || value > code[pc + MASK]! ? -1 : value; }
    case WIDE_48: return be32(b, at + 2);
    case WIDE_64: return be32(b, at + 4);
    default: return 0; // wider than 64 bits: shown from its bytes, never as a number
  }
}

export const upper = (b: Uint8Array, kind: number, at: number): number => (kind === WIDE_48 ? word(b, 2, at) : kind === WIDE_64 ? be32(b, at) : 0);

export const be32 = (b: Uint8Array, at: number): number => (b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!;

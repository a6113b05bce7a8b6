/** How letters that are none of base64 are taken: skipped (rfc2045), the end of what is decoded (rfc4648), or a reason to decode nothing (strict). */
export type Base64Mode = 'rfc2045' | 'rfc4648' | 'strict';

const VALUES = new Int8Array(256).fill(-1);
for (const [value, letter] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries()) VALUES[letter.charCodeAt(0)] = value;
const PAD = 0x3d;

/** Decodes bytes[from..to); empty when nothing could be. */
export function decodeBase64(bytes: Uint8Array, from: number, to: number, mode: Base64Mode): Uint8Array {
  const out = new Uint8Array(Math.ceil(((to - from) * 3) / 4));
  let length = 0;
  let bits = 0;
  let held = 0;
  let letters = 0;
  let at = from;
  for (; at < to && bytes[at] !== PAD; at++) {
    const value = VALUES[bytes[at]!]!;
    if (value < 0) { if (mode === 'rfc2045') continue; break; }
    letters++;
    held = ((held << 6) | value) & 0xfff;
    bits += 6;
    if (bits >= 8) { bits -= 8; out[length++] = (held >> bits) & 0xff; }
  }
  if (mode !== 'strict') return out.subarray(0, length);
  let pads = 0;
  for (; at < to && bytes[at] === PAD; at++) pads++;
  return at === to && (letters + pads) % 4 === 0 && pads < 3 ? out.subarray(0, length) : out.subarray(0, 0);
}

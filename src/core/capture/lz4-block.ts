/** How far back a match reaches, and the least it copies (lz4_Block_format.md). */
export const LZ4_WINDOW = 1 << 16;
const LEAST_MATCH = 4;
const LONG = 15;

/**
 * Unpacks the LZ4 block src[from..to) to dst[at..limit), where dst[0..at) is what matches may refer to; the index behind the last byte. Throws where a length or
 * a match points outside: the libraries there are for this take whole files, or check no bound.
 */
export function unpackBlock(src: Uint8Array, from: number, to: number, dst: Uint8Array, at: number, limit: number): number {
  let s = from;
  let d = at;
  const longer = (length: number): number => {
    if (length < LONG) return length;
    for (let more = 255; more === 255;) {
      if (s >= to || length > limit) throw new Error('a length runs on beyond the block');
      more = src[s++]!;
      length += more;
    }
    return length;
  };
  while (s < to) {
    const token = src[s++]!;
    const literals = longer(token >>> 4);
    if (s + literals > to || d + literals > limit) throw new Error('literals reach beyond the block');
    for (const end = s + literals; s < end;) dst[d++] = src[s++]!;
    if (s === to) return d; // the last sequence is literals alone
    if (s + 2 > to) throw new Error('the block ends inside a match');
    const distance = src[s]! | (src[s + 1]! << 8);
    s += 2;
    const match = longer(token & LONG) + LEAST_MATCH;
    if (distance === 0 || distance > d) throw new Error('a match points before the beginning');
    if (d + match > limit) throw new Error('a match reaches beyond the block');
    for (const end = d + match; d < end; d++) dst[d] = dst[d - distance]!; // byte by byte: a match may overlap itself
  }
  return d;
}

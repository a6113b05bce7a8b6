/** Mixes 32 bits so that each of them reaches the low ones (the finaliser of MurmurHash3, public domain). Not negative: 31 bits. */
export function mix(word: number): number {
  let h = Math.imul(word ^ (word >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return (h ^ (h >>> 16)) & 0x7fff_ffff;
}

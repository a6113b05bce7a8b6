// MD5 (RFC 1321), SHA-1 and SHA-256 (FIPS 180-4) of bytes at hand. What has a promise may use the browser's own; rules cannot wait in the middle of a packet.

const rotl = (x: number, n: number): number => (x << n) | (x >>> (32 - n));
const rotr = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

/** The message with its padding: a bit 1, zeros, and its length in bits. */
function padded(bytes: Uint8Array, littleEndian: boolean): DataView {
  const size = (((bytes.length + 8) >> 6) + 1) << 6;
  const block = new Uint8Array(size);
  block.set(bytes);
  block[bytes.length] = 0x80;
  const view = new DataView(block.buffer);
  const [low, high] = [(bytes.length << 3) >>> 0, Math.floor(bytes.length / 2 ** 29)];
  view.setUint32(size - 8, littleEndian ? low : high, littleEndian);
  view.setUint32(size - 4, littleEndian ? high : low, littleEndian);
  return view;
}

function written(state: Int32Array, littleEndian: boolean): Uint8Array {
  const out = new Uint8Array(state.length * 4);
  const view = new DataView(out.buffer);
  state.forEach((word, i) => { view.setInt32(i * 4, word, littleEndian); });
  return out;
}

const MD5_SHIFTS: readonly number[] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const MD5_SINES = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0);

export function md5(bytes: Uint8Array): Uint8Array {
  const view = padded(bytes, true);
  const state = Int32Array.of(0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476);
  for (let block = 0; block < view.byteLength; block += 64) {
    let [a, b, c, d] = [state[0]!, state[1]!, state[2]!, state[3]!];
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const f = round === 0 ? (b & c) | (~b & d) : round === 1 ? (d & b) | (~d & c) : round === 2 ? b ^ c ^ d : c ^ (b | ~d);
      const word = round === 0 ? i : round === 1 ? (5 * i + 1) & 15 : round === 2 ? (3 * i + 5) & 15 : (7 * i) & 15;
      const next = (b + rotl((a + f + MD5_SINES[i]! + view.getInt32(block + word * 4, true)) | 0, MD5_SHIFTS[round * 4 + (i & 3)]!)) | 0;
      [a, d, c, b] = [d, c, b, next];
    }
    state[0]! += a; state[1]! += b; state[2]! += c; state[3]! += d;
  }
  return written(state, true);
}

export function sha1(bytes: Uint8Array): Uint8Array {
  const view = padded(bytes, false);
  const state = Int32Array.of(0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0);
  const w = new Int32Array(80);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 80; i++) w[i] = i < 16 ? view.getInt32(block + i * 4) : rotl(w[i - 3]! ^ w[i - 8]! ^ w[i - 14]! ^ w[i - 16]!, 1);
    let [a, b, c, d, e] = [state[0]!, state[1]!, state[2]!, state[3]!, state[4]!];
    for (let i = 0; i < 80; i++) {
      const f = i < 20 ? ((b & c) | (~b & d)) + 0x5a82_7999 : i < 40 ? (b ^ c ^ d) + 0x6ed9_eba1 : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8f1b_bcdc : (b ^ c ^ d) + 0xca62_c1d6;
      const next = (rotl(a, 5) + f + e + w[i]!) | 0;
      [e, d, c, b, a] = [d, c, rotl(b, 30), a, next];
    }
    state[0]! += a; state[1]! += b; state[2]! += c; state[3]! += d; state[4]! += e;
  }
  return written(state, false);
}

/** The first 32 bits of the fractional parts of roots of the first primes. */
const primes: number[] = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
const fraction = (root: number): number => Math.floor((root % 1) * 2 ** 32) | 0;
const SHA256_K = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const SHA256_START = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

export function sha256(bytes: Uint8Array): Uint8Array {
  const view = padded(bytes, false);
  const state = Int32Array.from(SHA256_START);
  const w = new Int32Array(64);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 64; i++) {
      if (i < 16) { w[i] = view.getInt32(block + i * 4); continue; }
      const [x, y] = [w[i - 15]!, w[i - 2]!];
      w[i] = w[i - 16]! + (rotr(x, 7) ^ rotr(x, 18) ^ (x >>> 3)) + w[i - 7]! + (rotr(y, 17) ^ rotr(y, 19) ^ (y >>> 10));
    }
    const v = Int32Array.from(state);
    for (let i = 0; i < 64; i++) {
      const [a, b, c, e, f, g] = [v[0]!, v[1]!, v[2]!, v[4]!, v[5]!, v[6]!];
      const t1 = (v[7]! + (rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25)) + ((e & f) ^ (~e & g)) + SHA256_K[i]! + w[i]!) | 0;
      const t2 = ((rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      v.copyWithin(1, 0, 7);
      v[4]! += t1;
      v[0] = t1 + t2;
    }
    for (let i = 0; i < 8; i++) state[i]! += v[i]!;
  }
  return written(state, false);
}

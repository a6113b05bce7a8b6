/** How an interface of a pcapng counts time (if_tsresol, if_tsoffset). */
export interface Clock {
  /** Units per second. */
  readonly resolution: number;
  /** Seconds to add. */
  readonly offset: number;
  /** Nanoseconds a unit where that is a whole number, else 0: those go the long way. */
  readonly nanoseconds: number;
  readonly exact: bigint;
}

export const MICROSECOND_TSRESOL = 6;

/** The clock that an if_tsresol byte means: a negative power of ten, or of two where the top bit is set (draft-ietf-opsawg-pcapng section 4.2). */
export function clockOf(tsresol: number, offset: number): Clock {
  const exponent = tsresol & 0x7f;
  const binary = tsresol > 0x7f;
  const exact = (binary ? 2n : 10n) ** BigInt(exponent);
  const resolution = Number(exact);
  return { resolution, offset, nanoseconds: !binary && exponent <= 9 ? 1e9 / resolution : 0, exact };
}

/** What `split` found: one object for all packets, so that none is made for each. */
export const time = { seconds: 0, nanoseconds: 0 };

/** Splits 64 bits of a clock's units into `time`. Whole seconds and nanoseconds are exact; what is finer is cut off. */
export function split(high: number, low: number, clock: Clock): void {
  const { resolution } = clock;
  if (clock.nanoseconds === 0) return splitLong(high, low, clock);
  if (high < 0x20_0000) { // the number fits in the 53 bits of a double
    const units = high * 0x1_0000_0000 + low;
    const seconds = Math.floor(units / resolution);
    time.seconds = seconds + clock.offset;
    time.nanoseconds = (units - seconds * resolution) * clock.nanoseconds;
    return;
  }
  // Long division by 16 bits a step: each dividend stays below 2^46, so each quotient is exact.
  const q0 = Math.floor(high / resolution);
  const upper = (high - q0 * resolution) * 0x1_0000 + (low >>> 16);
  const q1 = Math.floor(upper / resolution);
  const lower = (upper - q1 * resolution) * 0x1_0000 + (low & 0xffff);
  const q2 = Math.floor(lower / resolution);
  time.seconds = (q0 * 0x1_0000 + q1) * 0x1_0000 + q2 + clock.offset;
  time.nanoseconds = (lower - q2 * resolution) * clock.nanoseconds;
}

/** Powers of two and units finer than a nanosecond are rare: here exactness matters, not speed. */
function splitLong(high: number, low: number, { exact, offset }: Clock): void {
  const units = (BigInt(high) << 32n) | BigInt(low);
  time.seconds = Number(units / exact) + offset;
  time.nanoseconds = Number((units % exact) * 1_000_000_000n / exact);
}

export const MICROSECOND_TSRESOL = 6;

/**
 * How an interface of a pcapng counts time (if_tsresol, if_tsoffset; draft-ietf-opsawg-pcapng section 4.2): in units of a negative power of ten, or of two where
 * tsresol's top bit is set. `split` leaves a timestamp in `seconds` and `nanoseconds`, so that no object is made a packet.
 */
export class Clock {
  /** Units per second. */
  readonly resolution: number;
  seconds = 0;
  nanoseconds = 0;
  /** Seconds to add. */
  private readonly offset: number;
  /** Nanoseconds a unit where that is a whole number, else 0: those go the long way. */
  private readonly unit: number;
  private readonly exact: bigint;
  /** Where the second in `seconds` begins, in units; most packets lie in the same second as the one before. */
  private high = 0;
  private low = 0;

  constructor(tsresol = MICROSECOND_TSRESOL, offset = 0) {
    const exponent = tsresol & 0x7f;
    const binary = tsresol > 0x7f;
    this.exact = (binary ? 2n : 10n) ** BigInt(exponent);
    this.resolution = Number(this.exact);
    this.unit = !binary && exponent <= 9 ? 1e9 / this.resolution : 0;
    this.offset = offset;
    this.seconds = offset;
  }

  /** Splits 64 bits of units. Whole seconds and nanoseconds are exact; what is finer is cut off. */
  split(high: number, low: number): void {
    const since = (high - this.high) * 0x1_0000_0000 + (low - this.low);
    if (since >= 0 && since < this.resolution && this.unit !== 0) this.nanoseconds = since * this.unit;
    else this.divide(high, low);
  }

  /** The same from the ground up, and where its second begins. */
  private divide(high: number, low: number): void {
    const units = (BigInt(high) << 32n) | BigInt(low);
    const seconds = units / this.exact;
    const begin = seconds * this.exact;
    this.seconds = Number(seconds) + this.offset;
    this.nanoseconds = Number((units - begin) * 1_000_000_000n / this.exact);
    this.high = Number(begin >> 32n);
    this.low = Number(begin & 0xffff_ffffn);
  }
}

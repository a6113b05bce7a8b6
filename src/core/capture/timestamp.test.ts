import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Clock } from './timestamp.ts';

it('splits 64 bits of units exactly, whatever came before', () => {
  const word = fc.oneof(fc.nat(0xffff_ffff), fc.constantFrom(0, 1, 0xffff_ffff, 0x7fff_ffff, 0x8000_0000));
  const steps = fc.array(fc.oneof(fc.tuple(word, word), fc.integer({ min: -2_000_000_000, max: 2_000_000_000 })), { minLength: 1, maxLength: 8 });
  fc.assert(fc.property(fc.nat(255), fc.integer({ min: -1e12, max: 1e12 }), steps, (tsresol, offset, walk) => {
    const clock = new Clock(tsresol, offset);
    const exact = (tsresol > 0x7f ? 2n : 10n) ** BigInt(tsresol & 0x7f);
    let units = 0n;
    for (const step of walk) {
      // Either anywhere, or near the one before, as packets are.
      units = typeof step === 'number' ? BigInt.asUintN(64, units + BigInt(step)) : (BigInt(step[0]) << 32n) | BigInt(step[1]);
      clock.split(Number(units >> 32n), Number(units & 0xffff_ffffn));
      expect([clock.seconds, clock.nanoseconds]).toEqual([Number(units / exact) + offset, Number((units % exact) * 1_000_000_000n / exact)]);
    }
  }), { numRuns: 500 });
});

it('begins the next second exactly where the one before ends', () => {
  const clock = new Clock();
  for (const [units, seconds, nanoseconds] of [[0, 0, 0], [999_999, 0, 999_999_000], [1_000_000, 1, 0], [999_999, 0, 999_999_000], [2_000_000, 2, 0], [1_999_999, 1, 999_999_000]] as const) {
    clock.split(0, units);
    expect([clock.seconds, clock.nanoseconds]).toEqual([seconds, nanoseconds]);
  }
});

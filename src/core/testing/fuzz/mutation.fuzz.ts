import fc from 'fast-check';

/** One change to bytes: at a place (a share of the length), by a byte that is likely to be a limit. */
interface Change { readonly at: number; readonly value: number; readonly kind: 'set' | 'flip' | 'cut' | 'insert' }

const LIMITS = [0, 1, 2, 4, 6, 8, 17, 0x45, 0x4f, 0x7f, 0x80, 0x86, 0xdd, 0xfe, 0xff];

export const changes: fc.Arbitrary<readonly Change[]> = fc.array(fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }), value: fc.oneof(fc.constantFrom(...LIMITS), fc.nat(255)), kind: fc.constantFrom('set', 'set', 'set', 'flip', 'cut', 'insert'),
}), { minLength: 1, maxLength: 8 });

/** The bytes with the changes made, those of the first `reach` bytes. */
export function mutated(bytes: Uint8Array, list: readonly Change[], reach: number): Uint8Array<ArrayBuffer> {
  let out = Uint8Array.from(bytes);
  for (const { at, value, kind } of list) {
    const place = Math.floor(at * Math.min(out.length, reach));
    if (kind === 'cut') out = out.slice(0, place);
    else if (kind === 'insert') out = Uint8Array.from([...out.subarray(0, place), value, ...out.subarray(place)]);
    else if (place < out.length) out[place] = kind === 'set' ? value : out[place]! ^ value;
  }
  return out;
}

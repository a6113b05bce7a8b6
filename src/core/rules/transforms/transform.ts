import type { Inspection, RuleBuffer } from '../match/chain.ts';
import { setRange } from '../match/buffers.ts';

/** What a keyword makes of a buffer before it is looked at. Answers new bytes, or the stretch given when there is nothing to change; never writes into what it is given. */
export type Transform = (bytes: Uint8Array) => Uint8Array;

/** More bytes than these are not changed: what is beyond is not looked at. */
const MOST = 1 << 20;

/** The buffer as a transform leaves it. */
export const transformed = (base: RuleBuffer, name: string, transform: Transform): RuleBuffer => ({
  ...base, name: `${base.name}|${name}`, label: `${base.label} after ${name}`,
  range(p, into: Inspection, instance: number): boolean {
    if (!base.range(p, into, instance)) return false;
    const bytes = transform(into.bytes.subarray(into.from, Math.min(into.to, into.from + MOST)));
    into.bytes = bytes;
    return setRange(into, 0, bytes.length);
  },
});

// Names, statistics and secrets as blocks of a little-endian pcapng whose interfaces count nanoseconds (draft-ietf-opsawg-pcapng sections 4.5 to 4.7).

import type { Extra } from '../capture/extras.ts';
import type { Option as FileOption } from '../capture/pcapng-options.ts';

/** An option's code and its value. */
export type Option = readonly [code: number, value: Uint8Array];
export const pair = ({ code, value }: FileOption): Option => [code, value];
export const word = (value: number): Uint8Array => Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24);

const [NAMES, STATISTICS, SECRETS] = [4, 5, 10];
const [ISB_START, ISB_END] = [2, 3];

/** A time as pcapng has it: the upper half first. Times before 1970 become 1970. */
function stamp(nanoseconds: bigint): Uint8Array {
  const units = nanoseconds < 0n ? 0n : nanoseconds;
  return new Uint8Array([...word(Number((units >> 32n) & 0xffff_ffffn)), ...word(Number(units & 0xffff_ffffn))]);
}

/** The type of its block and the parts of the body, each of which is padded to a multiple of four. `iface` is that of what is written. */
export function extraBlock(extra: Extra, iface: number): { readonly type: number; readonly parts: readonly Uint8Array[] } {
  switch (extra.kind) {
    case 'names': return { type: NAMES, parts: [...extra.records.flatMap(({ type, value }) => [Uint8Array.of(type, type >>> 8, value.length, value.length >>> 8), value]), word(0)] };
    case 'statistics': return { type: STATISTICS, parts: [word(iface), stamp(extra.time)] };
    case 'secrets': return { type: SECRETS, parts: [word(extra.type), word(extra.data.length), extra.data] };
  }
}

/** Its options, times among them. */
export function extraOptions(extra: Extra): Option[] {
  const times: Option[] = [];
  if (extra.kind === 'statistics' && extra.start !== null) times.push([ISB_START, stamp(extra.start)]);
  if (extra.kind === 'statistics' && extra.end !== null) times.push([ISB_END, stamp(extra.end)]);
  return [...times, ...extra.options.map(pair)];
}

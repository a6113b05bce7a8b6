// What came in several packets and belongs together: parts with a place in the whole. Datagrams are put together of fragments with this, wherever that is done.

export interface Part { readonly at: number; readonly bytes: Uint8Array }

export const byPlace = <P extends Part>(parts: readonly P[]): P[] => [...parts].sort((p, q) => p.at - q.at);

/** How far the parts reach from 0 on without a gap, each as long as `lengthOf` says: by what was captured of it where nothing else is said. */
export function gapless<P extends Part>(parts: readonly P[], lengthOf: (part: P) => number = ({ bytes }) => bytes.length): number {
  let reached = 0;
  for (const part of byPlace(parts)) {
    if (part.at > reached) break;
    reached = Math.max(reached, part.at + lengthOf(part));
  }
  return reached;
}

/** Writes the parts into `whole`, whose byte 0 of theirs is at `base`. Where they overlap, the one that stands first in the list stays; what lies behind the end is left out. */
export function join(parts: readonly Part[], whole: Uint8Array, base = 0): void {
  for (let i = parts.length - 1; i >= 0; i--) {
    const { at, bytes } = parts[i]!;
    const room = whole.length - base - at;
    if (room > 0) whole.set(room < bytes.length ? bytes.subarray(0, room) : bytes, base + at);
  }
}

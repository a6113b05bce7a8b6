import type { Wanted } from './literal.ts';
import type { Meaning } from './names.ts';
import { readBytes, readHeaders, type BuildRead } from './read-values.ts';
import type { LayerRange, Node } from './syntax.ts';
import type { Value } from './value.ts';

/** Something with values, once its names are known. */
export interface Expression extends Wanted {
  readonly node: Node;
  readonly read: BuildRead;
  readonly meaning: Meaning | null; //  of a bare field or protocol, which tests have shortcuts for
  readonly layers: readonly LayerRange[] | null;
  readonly constant: Value | null;
}

/** Values as bytes: of a protocol its header alone, or all from there to its end. */
export function bytesOf(of: Expression, extent: 'header' | 'rest'): BuildRead {
  if (of.meaning?.kind === 'protocol') return extent === 'header' ? readHeaders(of.meaning, of.layers) : of.read;
  return of.meaning ? readAddressBytes(of, of.meaning) : of.read;
}

const readAddressBytes = (of: Expression, meaning: Meaning): BuildRead => (of.type === 'text' ? of.read : readBytes(meaning, of.layers));

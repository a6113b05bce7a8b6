import { Content } from '../keywords/content.ts';
import type { Signature } from '../signature.ts';
import { PAYLOAD } from './buffers.ts';
import type { BufferChain } from './chain.ts';

/** Contents of a chain without which it cannot match. */
export const neededContents = ({ parts }: Pick<BufferChain, 'parts'>): Content[] => parts.filter((part): part is Content => part instanceof Content && !part.negated);

/** Contents of the payload without which a rule cannot match. */
export const payloadContents = ({ chains }: Signature): Content[] => chains.filter(({ buffer, absence }) => buffer === PAYLOAD && absence === 'no match').flatMap(neededContents);

/** The one that is sought first: that named with fast_pattern, else the longest; null without any. */
export const longest = (contents: readonly Content[]): Content | null =>
  contents.find(({ fastPattern }) => fastPattern) ?? contents.reduce<Content | null>((best, one) => (best === null || one.needle.bytes.length > best.needle.bytes.length ? one : best), null);

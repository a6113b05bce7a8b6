// What a browser must have; without it one sentence says so, instead of a page that does nothing.

import { tellText } from './stores/trouble.ts';

const NEEDED: readonly (readonly [name: string, purpose: string, there: () => boolean])[] = [
  // every engine that has AbortSignal.any has had module workers for longer, and those cannot be asked for without starting one
  ['module workers', 'which VXLens reads captures in', () => 'Worker' in window && 'any' in AbortSignal],
  ['readable streams of files', 'which VXLens reads captures by', () => typeof Blob.prototype.stream === 'function'],
];

/** False, and told, where something is missing. */
export function checkFeatures(): boolean {
  const missing = NEEDED.find(([, , there]) => !there());
  if (missing) tellText(`This browser lacks ${missing[0]}, ${missing[1]}. Use Firefox 124, Safari 17.4, Chrome or Edge 116, or a newer one.`);
  return missing === undefined;
}

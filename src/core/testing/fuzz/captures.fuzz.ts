import fc from 'fast-check';
import { FaultError } from '../../base/fault.ts';
import { allCaptures } from '../fixtures.ts';
import { indexBytes } from '../index-bytes.ts';
import { changes, mutated } from './mutation.fuzz.ts';

const SMALL = 1 << 16; // larger files find nothing more, and slowly

/** A capture that was changed anywhere gives rows or a fault and never throws anything else; windows of any size find the same rows in it. */
export function captures(): Promise<fc.IAsyncProperty<unknown>> {
  const files = allCaptures().map((fixture) => fixture.bytes()).filter(({ length }) => length < SMALL);
  const rows = async (bytes: Uint8Array, window: number): Promise<string> => {
    try {
      const table = await indexBytes(bytes, window);
      return `${table.count} ${Array.from({ length: Math.min(table.count, 50) }, (_, row) => `${table.at('fileOffset', row)}/${table.at('caplen', row)}/${table.at('marks', row)}`).join(' ')}`;
    } catch (e) {
      if (e instanceof FaultError) return e.fault.code;
      throw e;
    }
  };
  return Promise.resolve(fc.asyncProperty(fc.nat(files.length - 1), changes, fc.boolean(), fc.integer({ min: 64, max: 5000 }), async (which, list, head, window) => {
    const bytes = mutated(files[which]!, list, head ? 300 : SMALL);
    const [large, small] = [await rows(bytes, 1 << 17), await rows(bytes, window)];
    if (large !== small) throw new Error(`a window of ${window} bytes gives ${small.slice(0, 200)}, one of 128 kB ${large.slice(0, 200)}`);
  }));
}

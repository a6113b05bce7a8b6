import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { filterArbitrary, type Seen } from '../filter-arbitrary.ts';
import { differences, seenAlike } from '../filter-oracle.ts';
import { haveTshark } from '../tshark.ts';

const FOLDERS = ['public/samples', '../shared/captures/lab', '../shared/captures/public/core', '../shared/captures/public/encap', '../shared/captures/public/vxlan', '../shared/captures/mirror-session'];
/** Of packets that are cut or damaged in their headers tshark tells another extent of protocols and another number of layers. */
const DAMAGED = /rogue|vxlan-cut|igmp/i;
const LARGEST = 1 << 20;
const FILTERS = 200; // of one run of tshark, which takes them all at once

/** Filters made at random over any capture pass what they pass in tshark. */
export function language(): Promise<fc.IAsyncProperty<unknown>> {
  if (!haveTshark) { console.log('language: tshark is not installed here: nothing is compared'); return Promise.resolve(fc.asyncProperty(fc.constant(0), () => Promise.resolve())); }
  const paths = FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`))
    .filter((path) => /\.pcap(ng)?$/.test(path) && !DAMAGED.test(path) && statSync(path).size < LARGEST);
  const seen = new Map<string, Promise<Seen[]>>();
  // One run compares many filters, so that nothing is to be gained from shrinking it: the lines say which differ.
  return Promise.resolve(fc.asyncProperty(fc.noShrink(fc.tuple(fc.constantFrom(...paths), fc.integer())), async ([path, seed]) => {
    const file = Uint8Array.from(readFileSync(path));
    if (!seen.has(path)) seen.set(path, seenAlike(file, path));
    const filters = fc.sample(filterArbitrary(await seen.get(path)!), { numRuns: FILTERS, seed });
    const { lines } = await differences(file, path, [...new Set(filters)]);
    if (lines.length > 0) throw new Error(`${path}\n${lines.join('\n')}`);
  }));
}

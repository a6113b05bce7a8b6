import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { publicCaptures } from './public-captures.ts';

/** A capture file to test with. Those of the project itself are always there; lab and public ones lie beside a checkout, or not. */
export interface Fixture { readonly name: string; bytes(): Uint8Array<ArrayBuffer> }

const LAB = '../shared/captures/lab';
export const haveLabCaptures = existsSync(LAB);
/** Ends the name of each test group that is skipped where the lab captures are absent. */
export const LAB_CAPTURES = haveLabCaptures ? 'lab captures' : 'lab captures (absent here: skipped)';

const folder = (path: string, name: string): Fixture[] => readdirSync(path).filter((file) => /\.(pcap|pcapng)$/.test(file))
  .map((file) => ({ name: `${name}/${file}`, bytes: () => Uint8Array.from(readFileSync(`${path}/${file}`)) }));

/** The three captures of the story. */
export const ownCaptures = (): Fixture[] => folder('public/samples/mirrored-ping', 'mirrored-ping');

export const labCaptures = (): Fixture[] => (haveLabCaptures ? readdirSync(LAB, { withFileTypes: true }) : [])
  .filter((entry) => entry.isDirectory()).flatMap((entry) => folder(`${LAB}/${entry.name}`, entry.name));

export const allCaptures = (): Fixture[] => [...ownCaptures(), ...labCaptures(), ...publicCaptures()];

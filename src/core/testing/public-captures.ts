import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Captures of other projects with tshark's answers beside them; they lie beside a checkout and are no part of it. */
const ROOT = '../shared/captures/public';
export const havePublicCaptures = existsSync(ROOT);
/** Ends the name of each test group that is skipped where the captures are absent. */
export const PUBLIC = havePublicCaptures ? 'public captures' : 'public captures (absent here: skipped)';

export interface PublicCapture {
  /** "core/mdns.pcap" */
  readonly name: string;
  bytes(): Uint8Array<ArrayBuffer>;
  answers(): Answers;
}

/** What tshark says: all occurrences of each field, packet by packet, for the first hundred packets. */
export interface Answers {
  readonly exit_status: number;
  readonly stderr: string;
  readonly decode_as: string;
  readonly first_packets: number;
  readonly packets: readonly Readonly<Record<string, readonly string[]>>[];
}

/** Every public capture, or those of some folders. */
export const publicCaptures = (...folders: string[]): PublicCapture[] => (havePublicCaptures ? readdirSync(ROOT, { withFileTypes: true }) : [])
  .filter((entry) => entry.isDirectory() && (folders.length === 0 || folders.includes(entry.name)))
  .flatMap((folder) => readdirSync(`${ROOT}/${folder.name}`).filter((name) => !name.endsWith('.json.gz')).map((name) => `${folder.name}/${name}`))
  .map((name) => ({
    name,
    bytes: () => Uint8Array.from(readFileSync(`${ROOT}/${name}`)),
    answers: () => JSON.parse(gunzipSync(readFileSync(`${ROOT}/${name.replace(/\.[^.]*$/, '')}.fields.json.gz`)).toString()) as Answers,
  }));

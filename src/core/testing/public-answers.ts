// Runs `vxlens fields` over a public capture the way tshark was run for the answers beside it, and counts what differs. Test support.
import { readFileSync } from 'node:fs';
import type { PublicCapture } from './public-captures.ts';

/** Runs a command inside this process. */
export type Run = (...args: string[]) => Promise<{ readonly out: string }>;

const FIELDS = '../shared/captures/public/fields.tsv';
const FOLDER = '../shared/captures/public/';

export interface FieldRow { readonly name: string; readonly protocol: string; readonly priority: number }

/** The fields of priority 1 and 2. */
export const comparedFields = (): FieldRow[] => readFileSync(FIELDS, 'utf8').split('\n').slice(1).map((line) => line.split('\t'))
  .map(([name = '', , , , protocol = '', priority = '']) => ({ name, protocol, priority: Number(priority) })).filter(({ priority }) => priority === 1 || priority === 2);

/** How often a field was there, in ours or in theirs, and how often it was the same. */
export interface Score { readonly field: FieldRow; there: number; same: number; example: string }

type Packet = Readonly<Record<string, readonly string[]>>;

/** The layers up to the first that fields.tsv does not know. */
function known(path: string, protocols: ReadonlySet<string>): string {
  const names = path.split(':');
  const strange = names.findIndex((name) => !protocols.has(name));
  return names.slice(0, strange < 0 ? undefined : strange + 1).join(':');
}

/** Adds one capture's packets to the scores, by field name. Packets that tshark lists and we do not count as different in every field. */
export async function compareCapture(capture: PublicCapture, fields: readonly FieldRow[], scores: Map<string, Score>, run: Run): Promise<void> {
  const { packets, decode_as, first_packets } = capture.answers();
  const names = ['frame.number', ...fields.map(({ name }) => name)];
  const { out } = await run('fields', '-r', `${FOLDER}${capture.name}`, '-n', '-c', String(first_packets), '-T', 'fields', '-E', 'separator=/t', '-E', 'aggregator=\f', '-E', 'occurrence=a',
    ...(decode_as === '' ? [] : ['-d', decode_as]), ...names.flatMap((name) => ['-e', name]));
  const ours = new Map(out.split('\n').filter(Boolean).map((line) => line.split('\t')).map(([number = '', ...cells]) => [number, cells] as const));
  const protocols = knownProtocols();
  for (const theirs of packets) comparePacket(capture.name, ours.get(theirs['frame.number']![0]!) ?? [], theirs, fields, scores, protocols);
}

function comparePacket(file: string, cells: readonly string[], theirs: Packet, fields: readonly FieldRow[], scores: Map<string, Score>, protocols: ReadonlySet<string>): void {
  fields.forEach((field, i) => {
    const cell = cells[i] ?? '';
    let [mine, wanted] = [cell, (theirs[field.name] ?? []).join('\f')];
    if (field.name === 'frame.protocols') [mine, wanted] = [known(mine, protocols), known(wanted, protocols)];
    if (mine === '' && wanted === '') return;
    const score = scores.get(field.name) ?? { field, there: 0, same: 0, example: '' };
    scores.set(field.name, score);
    score.there++;
    if (escaped(mine) === escaped(wanted)) score.same++;
    else score.example ||= `${file} packet ${theirs['frame.number']![0]!}: ${shown(mine)} instead of ${shown(wanted)}`;
  });
}

/** The aggregator is one of the characters that `fields` writes as two inside a value; what tshark's lists hold has them as they are. */
const ESCAPES: Readonly<Record<string, string>> = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escaped = (text: string): string => text.replace(/[\b\t\n\r]/g, (c) => ESCAPES[c]!);
const MOST_SHOWN = 90;
const shown = (text: string): string => (text === '' ? 'nothing' : text.replaceAll('\f', ' | ').slice(0, MOST_SHOWN));

/** What frame.protocols may name and fields.tsv has fields of. */
const ALSO = ['ethertype', 'ieee8021ah', 'ieee8021ad', 'mdns', 'llmnr', 'esp', 'loop', 'pppoes', 'pppoed', 'pwethcw', 'pwethheuristic', 'ipv6.hopopts', 'ipv6.dstopts', 'ipv6.routing', 'ipv6.fraghdr', 'ah', 'data'];
const knownProtocols = (): ReadonlySet<string> => new Set([...comparedFields().flatMap(({ name, protocol }) => [protocol, name.split('.')[0]!]), ...ALSO]);

/** Same and there, of all fields of a priority. */
export const total = (scores: Iterable<Score>, priority: number): { same: number; there: number } => {
  const sum = { same: 0, there: 0 };
  for (const { field, same, there } of scores) if (field.priority === priority) { sum.same += same; sum.there += there; }
  return sum;
};

/** What is missing, the most first: a line a field. */
export const missingTable = (scores: Iterable<Score>): string => [...scores].filter(({ same, there }) => same < there).sort((a, b) => a.field.priority - b.field.priority || (b.there - b.same) - (a.there - a.same))
  .map(({ field, same, there, example }) => `${field.priority}  ${field.name.padEnd(40)} ${String(there - same).padStart(6)} of ${String(there).padStart(6)}  ${example}`).join('\n');

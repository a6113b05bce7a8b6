// What a name in a filter means: a field, a protocol, or something that the capture file says about the packet.

import { catalogue } from '../dissect/catalogue.ts';
import type { FieldInfo } from '../dissect/program.ts';
import type { Protocol } from '../dissect/protocol.ts';
import { PROTOCOLS } from '../protocols/all.ts';
import { FRAME_VALUES, type FrameValue } from './frame-values.ts';
import type { ValueType } from './value.ts';

export type Meaning =
  | { readonly kind: 'field'; readonly name: string; readonly type: ValueType; readonly infos: readonly FieldInfo[] }
  | { readonly kind: 'protocol'; readonly name: string; readonly type: 'protocol'; readonly protocol: Protocol; readonly via: string }
  | { readonly kind: 'frame'; readonly name: string; readonly type: ValueType; readonly value: FrameValue }
  | { readonly kind: 'status'; readonly name: string; readonly type: 'uint'; readonly infos: readonly FieldInfo[] }
  | { readonly kind: 'packet'; readonly name: 'frame'; readonly type: 'protocol' }
  | { readonly kind: 'path'; readonly name: 'frame.protocols'; readonly type: 'text' };

function meanings(): ReadonlyMap<string, Meaning> {
  const names = new Map<string, Meaning>();
  const { fields } = catalogue(PROTOCOLS);
  const byName = new Map<string, FieldInfo[]>();
  for (const field of fields) {
    for (const name of [field.abbrev, ...field.aliases]) byName.set(name, [...(byName.get(name) ?? []), field]);
  }
  for (const [name, infos] of byName) names.set(name, { kind: 'field', name, type: HOST.test(name) ? 'text' : infos[0]!.type, infos });
  for (const protocol of PROTOCOLS) {
    // To reach a layer it is enough to want its first field.
    const via = fields.find((f) => f.protocol === protocol)?.abbrev ?? protocol.name;
    names.set(nameOf(protocol), { kind: 'protocol', name: nameOf(protocol), type: 'protocol', protocol, via });
    const checked = fields.find((f) => f.protocol === protocol && f.name === protocol.checksum?.field);
    if (checked) names.set(`${checked.abbrev}.status`, status(checked));
  }
  for (const [name, value] of FRAME_VALUES) names.set(name, { kind: 'frame', name, type: value.type, value });
  names.set('frame', { kind: 'packet', name: 'frame', type: 'protocol' });
  names.set('frame.protocols', { kind: 'path', name: 'frame.protocols', type: 'text' });
  return names;
}

/** Addresses by another name, which in Wireshark are texts: ip.src_host contains "172". */
const HOST = /^ip(?:v6)?\.(?:src_|dst_)?host$/;

/** What Wireshark calls the protocol. */
export const nameOf = (p: Protocol): string => p.path ?? p.name;

const STATUSES = { 0: 'Bad', 1: 'Good', 2: 'Unverified', 3: 'Not present', 4: 'Illegal' };

/** The verdict on a checksum, a number that is on no wire. */
const status = (checked: FieldInfo): Meaning => ({ kind: 'status', name: `${checked.abbrev}.status`, type: 'uint',
  infos: [{ ...checked, label: `Status of ${checked.label}`, display: 'dec', width: 8, strings: STATUSES, aliases: [], abbrev: `${checked.abbrev}.status` }] });

let known: ReadonlyMap<string, Meaning> | undefined;

/** Every name that a filter may use. Made when first asked for. */
export const NAMES = (): ReadonlyMap<string, Meaning> => (known ??= meanings());

/** The name that was most likely meant; '' when none is near. */
export function nearest(name: string): string {
  const wanted = name.toLowerCase();
  if (NAMES().has(wanted)) return wanted;
  let best = '';
  let least = Math.min(3, Math.ceil(wanted.length / 3)) + 1;
  for (const candidate of NAMES().keys()) {
    if (Math.abs(candidate.length - wanted.length) >= least) continue;
    const d = distance(wanted, candidate, least);
    if (d < least) { least = d; best = candidate; }
  }
  return best;
}

/** Insertions, deletions and replacements between two short words, or `limit` when there are as many. */
function distance(a: string, b: string, limit: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    if (Math.min(...next) >= limit) return limit;
    row = next;
  }
  return row[b.length]!;
}

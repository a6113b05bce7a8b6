// Fields by name as text, the way `tshark -T fields -E occurrence=a` prints them.

import { fieldIds } from './catalogue.ts';
import { checksums } from './checksums.ts';
import { FRAME_FIELDS, type FrameInfo } from './frame.ts';
import { layersOf } from './layer.ts';
import type { Protocol } from './protocol.ts';
import type { FieldInfo, Program } from './program.ts';
import { valueText } from './read-tape.ts';
import { layerEnd, type Tape } from './tape.ts';
import { rowsWiresharkShows } from './together.ts';

/** Which checksums tshark was told to verify; ICMP's it always does. */
export interface Preferences { readonly 'ip.check_checksum'?: boolean; readonly 'tcp.check_checksum'?: boolean; readonly 'udp.check_checksum'?: boolean }

type Lookup = (program: Program, tape: Tape, packet: Uint8Array, frame: FrameInfo, preferences: Preferences) => string[];

const NONE: Preferences = {};

const lookups = new WeakMap<Program, Map<string, Lookup>>();

/**
 * All values of a field in the order in which they stand in the packet, outermost first; [] where it does not occur and for names that are
 * none. `packet` starts at the packet's first byte, and `program` must have been compiled with the field among those wanted. A protocol's
 * name gives one text a layer, `frame` and `frame.*` what the file says.
 */
export function occurrences(program: Program, tape: Tape, packet: Uint8Array, frame: FrameInfo, name: string, preferences: Preferences = NONE): string[] {
  let known = lookups.get(program);
  if (!known) lookups.set(program, known = new Map<string, Lookup>());
  let lookup = known.get(name);
  if (!lookup) known.set(name, lookup = lookupOf(program, name));
  return lookup(program, tape, packet, frame, preferences);
}

/** Is this the name of a field or of a protocol? */
export const isFieldName = (program: Program, name: string): boolean =>
  name === 'frame' || name === 'frame.protocols' || Object.hasOwn(FRAME_FIELDS, name) || statusOf(program, name) !== undefined || program.protocols.some((p) => nameOf(p) === name) || fieldIds(program.fields, name).length > 0;

function lookupOf(program: Program, name: string): Lookup {
  if (name === 'frame') return (_program, _tape, _packet, frame) => [frameText(frame)];
  if (name === 'frame.protocols') return (p, tape) => [protocolPath(p, tape)];
  const own = Object.hasOwn(FRAME_FIELDS, name) ? FRAME_FIELDS[name]! : undefined;
  if (own) return (_program, _tape, _packet, frame) => [own.text(frame)].flat();
  if (program.protocols.some((p) => nameOf(p) === name)) return (p, tape, packet) => titles(p, tape, packet, name);
  const checked = statusOf(program, name);
  if (checked !== undefined) return (p, tape, packet, _frame, preferences) => statuses(p, tape, packet, checked, preferences);
  const wanted = new Set(fieldIds(program.fields, name));
  return (p, tape, packet) => {
    const found: string[] = [];
    const rows = rowsWiresharkShows(p, tape);
    for (let row = 0; row < rows; row++) if (wanted.has(tape.fieldId[row]!)) found.push(valueText(p, tape, row, packet));
    return found;
  };
}

/** What Wireshark calls the protocol. */
const nameOf = (p: Protocol): string => p.path ?? p.name;

/** ip.checksum.status is the status of the field ip.checksum. */
const statusOf = (program: Program, name: string): FieldInfo | undefined => {
  if (!name.endsWith('.status')) return undefined;
  const field = program.fields.find((f) => f.abbrev === name.slice(0, -'.status'.length));
  return field?.protocol.checksum?.field === field?.name ? field : undefined;
};

/** Wireshark's numbers for a verdict. */
const STATUS = { bad: '0', good: '1', unchecked: '2', absent: '3' } as const;
const ILLEGAL = '4';
const ALWAYS: readonly string[] = ['icmp', 'icmpv6', 'igmp', 'gre'];

function statuses(program: Program, tape: Tape, packet: Uint8Array, checked: FieldInfo, preferences: Preferences): string[] {
  const { name } = checked.protocol;
  const verify = ALWAYS.includes(name) || preferences[`${name}.check_checksum` as keyof Preferences] === true;
  const rows = rowsWiresharkShows(program, tape);
  return checksums(layersOf(program, tape, packet), tape, packet).filter(({ row }) => row < rows && program.fields[tape.fieldId[row]!] === checked)
    .map(({ verdict, quoted, illegal, fits }) => {
      if (illegal) return ILLEGAL;
      if (verdict === 'absent') return STATUS.absent;
      if (!verify || (quoted && name === 'icmp') || (name === 'udp' && !fits)) return STATUS.unchecked;
      return fits ? STATUS[verdict] : STATUS.bad;
    });
}

const frameText = ({ number, origlen, caplen }: FrameInfo): string =>
  `Frame ${number}: ${origlen} bytes on wire (${origlen * 8} bits), ${caplen} bytes captured (${caplen * 8} bits)`;

/** Protocol names joined by colons; Wireshark lists its ethertype dissector as a layer of its own, and so does this. */
function protocolPath(program: Program, tape: Tape): string {
  const names: string[] = [];
  for (let layer = 0; layer < tape.layerCount; layer++) {
    const { name, path, through, unlisted } = program.protocols[tape.layerProtocol[layer]!]!;
    if (!unlisted) names.push(path ?? name);
    if (through && (through.last || layer + 1 < tape.layerCount) && hasAny(program, tape, layer, through.when)) names.push(through.name);
  }
  return names.join(':');
}

function hasAny({ fields }: Program, tape: Tape, layer: number, names: readonly string[]): boolean {
  for (let row = tape.layerFirst[layer]!; row < layerEnd(tape, layer); row++) if (names.includes(fields[tape.fieldId[row]!]!.name)) return true;
  return false;
}

function titles(program: Program, tape: Tape, packet: Uint8Array, name: string): string[] {
  return layersOf(program, tape, packet).filter((layer) => nameOf(layer.protocol) === name)
    .map((layer) => (layer.protocol.title ? layer.protocol.label + layer.protocol.title(layer) : name));
}

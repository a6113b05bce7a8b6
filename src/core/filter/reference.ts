// What the reference page shows: every protocol and field that a filter can name, from the declarations that the dissector reads. Nothing is written down twice.

import { cellsOf } from '../dissect/cells.ts';
import { catalogue } from '../dissect/catalogue.ts';
import type { FieldInfo } from '../dissect/program.ts';
import type { Protocol } from '../dissect/protocol.ts';
import { PROTOCOLS } from '../protocols/all.ts';
import { wordsFor } from './literal.ts';
import { nameOf, NAMES, type Meaning } from './names.ts';
import { example, foundAt, sourcesOf, typeText, type Source } from './reference-words.ts';

/** A protocol, or `frame`, with all of its fields. */
export interface ReferencePage {
  readonly name: string; //                   "vxlan"
  readonly label: string;
  readonly short: string; //                  "VXLAN", as the column Protocol has it
  readonly sources: readonly Source[]; //     what it follows
  readonly found: readonly string[]; //       "UDP port 4789"
  readonly envelope: boolean;
  readonly diagrams: readonly ReferenceDiagram[]; // none where the header has no fixed form
  readonly fields: readonly ReferenceField[];
}
/** A header of the protocol: those that have two forms (VXLAN and VXLAN-GPE) have one each. */
export interface ReferenceDiagram { readonly label: string; readonly cells: readonly ReferenceCell[] }
/** A cell of the header diagram, and the name of the field that it shows; '' for reserved bits. */
export interface ReferenceCell { readonly bitOffset: number; readonly bits: number; readonly label: string; readonly short: string; readonly name: string }
export interface ReferenceField {
  readonly name: string; //                   "icmp.type"
  readonly label: string;
  readonly type: string; //                   "Unsigned integer, 8 bits"
  readonly filter: string; //                 one that can be applied: "icmp.type == 0"
  readonly also: readonly string[]; //        other names that this one stands for, or that stand for this one
  readonly values: readonly (readonly [value: string, words: string])[];
  readonly moreValues: number; //             values with words that are not listed
  readonly recalled: boolean; //              follows from other packets as well
}

/** A field with more words than this (all places of a fragment, say) lists only some. */
const MOST_VALUES = 300;

let made: readonly ReferencePage[] | undefined;

/** All pages: `frame` first, then by name. Made when first asked for. */
export const referencePages = (): readonly ReferencePage[] => (made ??= pages());

function pages(): readonly ReferencePage[] {
  const fields = new Map<string, ReferenceField[]>();
  for (const meaning of NAMES().values()) {
    if (meaning.kind === 'protocol' || meaning.kind === 'packet') continue;
    for (const page of pagesOf(meaning)) fields.set(page, [...(fields.get(page) ?? []), fieldOf(meaning)]);
  }
  const groups = new Map<string, Protocol[]>();
  for (const protocol of PROTOCOLS) groups.set(nameOf(protocol), [...(groups.get(nameOf(protocol)) ?? []), protocol]);
  const all = [...groups].map(([name, group]) => pageOf(name, group, fields.get(name) ?? []));
  return [{ ...FRAME, fields: fields.get('frame') ?? [] }, ...all.sort((a, b) => a.name.localeCompare(b.name, 'en'))];
}

const FRAME: ReferencePage = {
  name: 'frame', label: 'What the capture file says of the packet', short: 'Frame', found: ['every packet'], envelope: false, diagrams: [], fields: [],
  sources: sourcesOf('draft-ietf-opsawg-pcap-06; draft-ietf-opsawg-pcapng-04 section 4.3'),
};

const pagesOf = (meaning: Meaning): readonly string[] =>
  (meaning.kind === 'field' || meaning.kind === 'status' ? [...new Set(meaning.infos.map(({ protocol }) => nameOf(protocol)))] : ['frame']);

function pageOf(name: string, group: readonly Protocol[], fields: readonly ReferenceField[]): ReferencePage {
  const [first] = group as [Protocol];
  return {
    name, label: first.label, short: first.short ?? first.column, envelope: group.some(({ encapsulates }) => encapsulates === true), fields, diagrams: group.map(diagramOf).filter(({ cells }) => cells.length > 1),
    sources: sourcesOf(group.map(({ reference }) => reference).join('; ')), found: [...new Set(group.flatMap(foundAt))],
  };
}

function diagramOf(protocol: Protocol): ReferenceDiagram {
  const own = catalogue(PROTOCOLS).fields.filter((field) => field.protocol === protocol);
  const cells = cellsOf(protocol.header).map(({ name, ...cell }) => ({ ...cell, name: own.find((field) => name !== '' && field.name === name)?.abbrev ?? '' }));
  return { label: protocol.label, cells };
}

type Described = Exclude<Meaning, { kind: 'protocol' | 'packet' }>;

function fieldOf(meaning: Described): ReferenceField {
  const infos: readonly FieldInfo[] = 'infos' in meaning ? meaning.infos : [];
  const values = valuesOf(infos);
  return {
    name: meaning.name, label: labelOf(meaning), type: typeText(meaning.type, infos), filter: example(meaning.name, meaning.type, infos), also: alsoOf(meaning.name, infos),
    values: values.slice(0, MOST_VALUES), moreValues: Math.max(0, values.length - MOST_VALUES), recalled: infos.length > 0 && infos.every(({ recalled }) => recalled === true),
  };
}

const labelOf = (meaning: Described): string =>
  (meaning.kind === 'frame' ? meaning.value.label : meaning.kind === 'path' ? 'Protocols in the packet' : [...new Set(meaning.infos.map(({ label }) => label))].slice(0, 3).join(' or '));

const alsoOf = (name: string, infos: readonly FieldInfo[]): readonly string[] =>
  [...new Set(infos.flatMap(({ abbrev, aliases }) => (abbrev === name ? aliases : [abbrev])))].filter((other) => other !== name);

/** The words that the fields of one name have for numbers, as a filter writes those. */
function valuesOf(infos: readonly FieldInfo[]): readonly (readonly [string, string])[] {
  const words = new Map<string, string>();
  for (const info of infos) {
    for (const [value, text] of wordsFor(info)) {
      const written = info.display === 'hex' ? `0x${value.toString(16).padStart(Math.ceil(info.width / 4), '0')}` : String(value);
      if (!words.has(written)) words.set(written, text);
    }
  }
  return [...words];
}

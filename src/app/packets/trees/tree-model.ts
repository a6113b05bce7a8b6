// The stacks of a packet as rows of trees: one tree a level of encapsulation, folded as the person left them, and padded so that
// counterparts stand at one height.

import type { ChecksumVerdict, FieldView, LayerView, PacketDetail } from '../../../worker/protocol.ts';
import { byteSpan, bytesOf, rangeOf, within, type Place } from '../locate.ts';
import { align } from './align.ts';

export interface TreeRow {
  readonly place: Place;
  readonly depth: number; //            1 for a layer
  readonly label: string;
  readonly text: string; //             the value for people; of a layer its summary
  readonly registered: string; //       what IEEE or IANA has registered for the value, '' for nothing
  readonly bytes: string; //            "46–48", '' for a value on no wire
  readonly note: string; //             of a layer
  readonly lines: number; //            that the note takes under its layer
  readonly verdict: ChecksumVerdict | null;
  readonly derived: boolean; //         follows from other packets as well
  readonly packet: number; //           that it points to; 0 for none
  readonly title: string; //            all of it, for a row that is cut short, with the name in full or the field's filter name
  readonly fold: string; //             what its folding is remembered by; '' for a leaf
  readonly open: boolean;
  readonly parent: number; //           row in the same stack, -1 for a layer
  readonly position: number; //         among its siblings, from 1
  readonly siblings: number;
  readonly gap: number; //              empty rows before it
}

export interface Stack {
  readonly level: number;
  readonly layers: readonly LayerView[];
  readonly rows: readonly TreeRow[];
  readonly bytes: number; //            of its layers, the envelope header included
}

/** What is folded, where that differs from how it is at first. */
export type Folds = ReadonlyMap<string, boolean>;

/** Layers that say it all in their summary, mostly: folded until somebody opens them. */
const FOLDED_AT_FIRST = new Set(['eth', 'sll', 'null', 'loop', 'vlan', 'ieee8021ad', 'udp', 'data']);
/** What stands opposite what although it is not the same protocol. */
const COUNTERPARTS: Readonly<Record<string, string>> = {
  eth: 'link', sll: 'link', null: 'link', loop: 'link', ip: 'network', ipv6: 'network', arp: 'network', udp: 'transport', tcp: 'transport', icmp: 'transport', icmpv6: 'transport',
};
const counterpart = ({ protocol }: LayerView): string => COUNTERPARTS[protocol] ?? protocol;

export const layerFold = ({ level, protocol }: LayerView): string => `${level}:${protocol}`;
const fieldFold = (layer: LayerView, { name, label }: FieldView): string => `${layer.level}:${name || label}`;
export const isOpen = (folds: Folds, fold: string): boolean => folds.get(fold) ?? (/^\d+:[^.]*$/.test(fold) && !FOLDED_AT_FIRST.has(fold.slice(fold.indexOf(':') + 1)));

/** The folds that have to be open for a place to be seen. */
export function foldsAbove({ layers, fields }: PacketDetail, { layer, field }: Place): string[] {
  if (field < 0) return [];
  const folds = [layerFold(layers[layer]!)];
  for (let at = fields[field]!.parent; at >= 0; at = fields[at]!.parent) folds.push(fieldFold(layers[layer]!, fields[at]!));
  return folds;
}

type Bare = Omit<TreeRow, 'gap'> & { readonly key: string };

/** A note longer than this many lines is cut; the row's title has all of it. */
const MOST_LINES = 4;
/** What stands for a line of a note while stacks are aligned. */
const NOTE = { key: ' note', depth: 2 };

/** What is registered for a field's value, '' for nothing. */
export type NameOf = (field: FieldView) => string;
const noName: NameOf = () => '';

/** One stack a level, at least one. `across` is how many characters of a note go into a line. */
export function stacks(detail: PacketDetail, folds: Folds, across: number, nameOf: NameOf = noName): Stack[] {
  const children = childrenOf(detail);
  const levels = Math.max(0, ...detail.layers.map(({ level }) => level)) + 1;
  const bare = Array.from({ length: levels }, (_, level) => rowsOf(detail, level, folds, across, children, nameOf));
  const gaps = align(bare.map((rows) => rows.flatMap(({ key, depth, lines }) => [{ key, depth }, ...Array<typeof NOTE>(lines).fill(NOTE)])));
  return bare.map((rows, level) => {
    const layers = detail.layers.filter((layer) => layer.level === level);
    let at = 0;
    const gapBefore = ({ lines }: Pick<Bare, 'lines'>): number => { // what was put between the lines of a note stands before the next row
      const gap = gaps[level]![at]!;
      at += 1 + lines;
      return gap;
    };
    return { level, layers, bytes: layers.reduce((sum, { length }) => sum + length, 0), rows: rows.map(({ key: _, ...row }) => ({ ...row, gap: gapBefore(row) })) };
  });
}

/** Fields by the field above them; those right under layer n are at -1 - n. */
function childrenOf({ fields }: PacketDetail): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const [at, { parent, layer }] of fields.entries()) {
    const under = parent >= 0 ? parent : -1 - layer;
    const list = children.get(under);
    if (list) list.push(at);
    else children.set(under, [at]);
  }
  return children;
}

function rowsOf(detail: PacketDetail, level: number, folds: Folds, across: number, children: Map<number, number[]>, nameOf: NameOf): Bare[] {
  const rows: Bare[] = [];
  const own = [...detail.layers.entries()].filter(([, layer]) => layer.level === level);
  for (const [position, [index, layer]] of own.entries()) {
    const below = children.get(-1 - index) ?? [];
    const place = { layer: index, field: -1 };
    const fold = below.length > 0 ? layerFold(layer) : '';
    const open = fold !== '' && isOpen(folds, fold);
    const { from, to } = bytesOf(within(detail, rangeOf(detail, place)));
    rows.push({
      place, depth: 1, label: layer.name, text: summaryOf(layer), registered: '', bytes: to > from ? byteSpan(from, to) : '', note: layer.note, lines: Math.min(MOST_LINES, Math.ceil(layer.note.length / across)), verdict: null, derived: false, packet: 0,
      title: titleOf(layer.name, summaryOf(layer), layer.label, layer.note),
      fold, open, parent: -1, position: position + 1, siblings: own.length, key: counterpart(layer),
    });
    if (open) pushFields(rows, detail, index, below, folds, children, nameOf);
  }
  return rows;
}

/** Of a header that was cut before its addresses only an arrow is left, which says nothing. */
const summaryOf = ({ summary }: LayerView): string => (/[\p{L}\p{N}]/u.test(summary) ? summary : '');
/** "443 (https)" */
export const withName = (text: string, registered: string): string => (registered === '' ? text : `${text} (${registered})`);
const titleOf = (label: string, text: string, ...more: readonly string[]): string => [text === '' ? label : `${label}: ${text}`, ...more].filter(Boolean).join('\n');

/** Depth first with a stack of its own: how deep fields nest is the packet's choice. */
function pushFields(rows: Bare[], detail: PacketDetail, layer: number, top: readonly number[], folds: Folds, children: Map<number, number[]>, nameOf: NameOf): void {
  const todo: { list: readonly number[]; at: number; depth: number; parent: number }[] = [{ list: top, at: 0, depth: 2, parent: rows.length - 1 }];
  while (todo.length > 0) {
    const level = todo.at(-1)!;
    if (level.at === level.list.length) { todo.pop(); continue; }
    const index = level.list[level.at++]!;
    const field = detail.fields[index]!;
    const registered = nameOf(field);
    const below = children.get(index) ?? [];
    const fold = below.length > 0 ? fieldFold(detail.layers[layer]!, field) : '';
    const open = fold !== '' && isOpen(folds, fold);
    const { from, to } = bytesOf(within(detail, { bit: field.bitOffset, bits: field.bitLength }));
    rows.push({
      place: { layer, field: index }, depth: level.depth, label: field.label, text: field.text, registered, bytes: to > from ? byteSpan(from, to) : '', note: '', lines: 0, verdict: field.verdict, derived: field.derived, packet: field.packet,
      title: titleOf(field.label, withName(field.text, registered), field.name),
      fold, open, parent: level.parent, position: level.at, siblings: level.list.length, key: field.name || field.label,
    });
    if (open) todo.push({ list: below, at: 0, depth: level.depth + 1, parent: rows.length - 1 });
  }
}

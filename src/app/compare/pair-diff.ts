// Two packets beside each other: which layers stand opposite, which fields and bytes differ. The packets come dissected from their workers.

import type { FieldView, LayerView, PacketDetail } from '../../worker/protocol.ts';

export interface SideField { readonly field: FieldView; readonly differs: boolean }
export interface SideLayer { readonly layer: LayerView; readonly fields: readonly SideField[]; readonly differs: boolean }
/** A line of the three columns: the source's layer and the appliance's inner one, either may be missing. */
export interface LayerPair { readonly source: SideLayer | null; readonly appliance: SideLayer | null }

export interface PairDiff {
  readonly layers: readonly LayerPair[];
  readonly envelope: readonly SideLayer[]; //    of the appliance, from outside; empty without one
  readonly sourceAt: number; //                  where the compared frame starts, in bytes of its packet
  readonly applianceAt: number;
  readonly lanes: Lanes;
  readonly differing: ReadonlySet<number>; //    columns of the lanes
  readonly compared: number; //                  columns in which both have a byte
}

/** The bytes of both frames opposite each other, column by column: where each is in its packet, -1 for a gap. */
export interface Lanes { readonly source: readonly number[]; readonly appliance: readonly number[] }

const layersOf = (detail: PacketDetail, wanted: (layer: LayerView) => boolean): number[] => detail.layers.flatMap((layer, at) => (wanted(layer) ? [at] : []));
const deepest = ({ layers }: PacketDetail): number => Math.max(0, ...layers.map(({ level }) => level));
const frameStart = (detail: PacketDetail, level: number): number => detail.layers.find((layer) => layer.level === level)?.offset ?? 0;

const fieldsOf = (detail: PacketDetail, layer: number): FieldView[] => detail.fields.filter((field) => field.layer === layer);
/** Fields are opposite by name and by how often the name has come in the layer. */
function opposite(own: readonly FieldView[], others: readonly FieldView[], at: number): FieldView | undefined {
  const { name } = own[at]!;
  const nth = own.slice(0, at).filter((field) => field.name === name).length;
  return others.filter((field) => field.name === name)[nth];
}

function sideLayer(detail: PacketDetail, at: number, other: PacketDetail | null, otherAt: number | undefined): SideLayer {
  const own = fieldsOf(detail, at);
  const others = other && otherAt !== undefined ? fieldsOf(other, otherAt) : [];
  const compare = other !== null && otherAt !== undefined;
  const fields = own.map((field, index) => ({ field, differs: compare && opposite(own, others, index)?.value !== field.value }));
  return { layer: detail.layers[at]!, fields, differs: (other !== null && otherAt === undefined) || fields.some(({ differs }) => differs) };
}

/** Pairs the layers in order: a layer that one side lacks leaves a gap on that side. */
function pairedLayers(source: PacketDetail | null, appliance: PacketDetail | null): LayerPair[] {
  const own = source ? layersOf(source, ({ level }) => level === deepest(source)) : [];
  const theirs = appliance ? layersOf(appliance, ({ level }) => level === deepest(appliance)) : [];
  const pairs: LayerPair[] = [];
  let at = 0;
  for (const mine of own) {
    const found = theirs.slice(at).findIndex((other) => appliance!.layers[other]!.protocol === source!.layers[mine]!.protocol);
    const passed = found < 0 ? [] : theirs.slice(at, at + found);
    pairs.push(...passed.map((other) => ({ source: null, appliance: sideLayer(appliance!, other, source, undefined) })));
    const other = found < 0 ? undefined : theirs[at + found];
    pairs.push({
      source: sideLayer(source!, mine, appliance, other),
      appliance: other === undefined ? null : sideLayer(appliance!, other, source, mine),
    });
    if (found >= 0) at += found + 1;
  }
  return [...pairs, ...theirs.slice(at).map((other) => ({ source: null, appliance: sideLayer(appliance!, other, source, undefined) }))];
}

/** What may be on one side only: a tag, or the whole link header where the envelope carries bare IP (GENEVE of a load balancer). */
export const LINKS: ReadonlySet<string> = new Set(['eth', 'vlan', 'ieee8021ad', 'sll', 'null', 'raw', 'llc']);

/** Link headers stand opposite layer by layer, with a gap where one side has none; from the network header on, byte by byte. */
function lanesOf(layers: readonly LayerPair[], source: PacketDetail | null, appliance: PacketDetail | null, sourceAt: number, applianceAt: number): Lanes {
  const lanes: { source: number[]; appliance: number[] } = { source: [], appliance: [] };
  let a = sourceAt, b = applianceAt;
  const put = (toA: number, toB: number): void => {
    for (; a < toA || b < toB;) { lanes.source.push(a < toA ? a++ : -1); lanes.appliance.push(b < toB ? b++ : -1); }
  };
  const network = layers.findIndex(isNetwork);
  for (let i = 0; i <= network; i++) put(startOf(layers, i, 'source'), startOf(layers, i, 'appliance')); // up to where this layer starts
  put(source?.bytes.length ?? a, appliance?.bytes.length ?? b);
  return lanes;
}

/** Where a layer starts on one side; where it has none, the next that it has. */
const startOf = (layers: readonly LayerPair[], from: number, side: 'source' | 'appliance'): number => layers.slice(from).find((pair) => pair[side] !== null)?.[side]?.layer.offset ?? 0;

/** A layer of both sides that is no link header. */
const isNetwork = ({ source, appliance }: LayerPair): boolean => source !== null && appliance !== null && !LINKS.has(source.layer.protocol);

/** Compares the innermost frames of two packets; either may be missing. */
export function pairDiff(source: PacketDetail | null, appliance: PacketDetail | null): PairDiff {
  const sourceAt = source ? frameStart(source, deepest(source)) : 0;
  const applianceAt = appliance ? frameStart(appliance, deepest(appliance)) : 0;
  const layers = pairedLayers(source, appliance);
  const lanes = lanesOf(layers, source, appliance, sourceAt, applianceAt);
  const differing = new Set<number>();
  let compared = 0;
  for (const [at, from] of lanes.source.entries()) {
    const to = lanes.appliance[at]!;
    if (from < 0 || to < 0) continue;
    compared++;
    if (source!.bytes[from] !== appliance!.bytes[to]) differing.add(at);
  }
  const envelope = appliance ? layersOf(appliance, ({ level }) => level < deepest(appliance)).map((at) => sideLayer(appliance, at, null, undefined)) : [];
  return { layers, envelope, sourceAt, applianceAt, lanes, differing, compared };
}

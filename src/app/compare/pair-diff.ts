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
  readonly differing: ReadonlySet<number>; //    byte offsets within the frames
  readonly compared: number; //                  bytes that both have
}

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

/** Compares the innermost frames of two packets; either may be missing. */
export function pairDiff(source: PacketDetail | null, appliance: PacketDetail | null): PairDiff {
  const sourceAt = source ? frameStart(source, deepest(source)) : 0;
  const applianceAt = appliance ? frameStart(appliance, deepest(appliance)) : 0;
  const a = source?.bytes.subarray(sourceAt) ?? new Uint8Array(0);
  const b = appliance?.bytes.subarray(applianceAt) ?? new Uint8Array(0);
  const compared = source && appliance ? Math.min(a.length, b.length) : 0;
  const differing = new Set<number>();
  for (let at = 0; at < compared; at++) if (a[at] !== b[at]) differing.add(at);
  const envelope = appliance ? layersOf(appliance, ({ level }) => level < deepest(appliance)).map((at) => sideLayer(appliance, at, null, undefined)) : [];
  return { layers: pairedLayers(source, appliance), envelope, sourceAt, applianceAt, differing, compared };
}

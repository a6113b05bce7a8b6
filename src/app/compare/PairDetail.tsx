import { ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import { count } from '../../core/format/number.ts';
import { FaultError } from '../../core/base/fault.ts';
import { placeName, vniNamed, withNames } from '../../core/format/names.ts';
import type { Why } from '../../worker/compare-protocol.ts';
import type { PacketDetail } from '../../worker/protocol.ts';
import { Split } from '../shared/Split.tsx';
import { useNames } from '../stores/names.ts';
import { callCapture } from '../stores/workers.ts';
import { nameOf, useComparison, whyOf } from './compare-run.ts';
import { pairDiff, type PairDiff, type SideField, type SideLayer } from './pair-diff.ts';
import { PairBytes } from './PairBytes.tsx';
import { onTreeKey } from './tree-keys.ts';
import { WhyFate } from './WhyFate.tsx';

const QUIET = new Set(['eth', 'vlan', 'data']);

interface Folds { readonly is: (layer: string, first: boolean) => boolean; readonly turn: (layer: string) => void }

/** Which layers are turned from how they start. */
function useFolds(): Folds {
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  return {
    is: (layer, first) => turned.has(layer) !== first,
    turn: (layer) => setTurned((before) => { const next = new Set(before); if (!next.delete(layer)) next.add(layer); return next; }),
  };
}

interface Both { readonly source: PacketDetail | null; readonly appliance: PacketDetail | null; readonly why: Why }

/** The two packets of the chosen row, dissected by their captures' workers. */
function useBoth(): Both | null {
  const { chosen, of } = useComparison();
  const [both, setBoth] = useState<Both | null>(null);
  useEffect(() => {
    if (!chosen || !of) return;
    let gone = false;
    const ask = (capture: number, number: number | null) => (number === null ? Promise.resolve(null) : callCapture(capture, 'packet', { number }));
    Promise.all([ask(of.source, chosen.source), ask(of.appliance, chosen.appliance), whyOf(chosen)]).then(
      ([source, appliance, why]) => { if (!gone) setBoth({ source, appliance, why }); },
      (error: unknown) => { if (!(error instanceof FaultError)) throw error; });
    return () => { gone = true; };
  }, [chosen, of]);
  return chosen ? both : null;
}

/** Three columns that line up: the source's layers, the appliance's inner layers, the envelope; below them the bytes. */
export function PairDetail() {
  const both = useBoth();
  const [field, setField] = useState('');
  const folds = useFolds();
  const names = useNames();
  const of = useComparison((comparison) => comparison.of);
  if (!both) return <p className="empty">Choose a row above: both packets stand here beside each other, with what differs marked.</p>;
  const diff = pairDiff(both.source, both.appliance);
  const headOf = (detail: PacketDetail | null, capture: number | undefined, at: number): string => {
    if (!detail) return 'no packet';
    const place = placeName(nameOf(capture), detail.interfaceName, names);
    return [...(place === undefined ? [] : [`“${place}”`]), `packet ${detail.number}`, `${count(detail.bytes.length - at)} bytes`].join(' · ');
  };
  const columns = (
    <div className="pair-columns" role="group" aria-label="Layers of both">
      <Column name="Source" hue="hue-inner" head={headOf(both.source, of?.source, diff.sourceAt)} layers={diff.layers.map(({ source }) => source)} opposite={diff.layers.map(({ appliance }) => appliance)}
        empty="The source's capture does not have this packet." absent={!both.source} folds={folds} field={field} onField={setField} />
      <Column name="Appliance, inner" hue="hue-inner" head={headOf(both.appliance, of?.appliance, diff.applianceAt)} layers={diff.layers.map(({ appliance }) => appliance)} opposite={diff.layers.map(({ source }) => source)}
        note={noteOf(both, diff)} marks={both.source !== null} empty="The appliance's capture does not have this packet." absent={!both.appliance} folds={folds} field={field} onField={setField} />
      <Column name="Envelope" hue="hue-outer" head={diff.envelope.length > 0 ? `added by the mirror · ${count(diff.applianceAt)} bytes` : 'none'} layers={diff.envelope} opposite={[]}
        empty={both.appliance ? 'No envelope: the appliance saw this packet itself.' : 'No envelope, since there is no packet.'} absent={diff.envelope.length === 0} folds={folds} field={field} onField={setField} />
    </div>
  );
  return (
    <div className="pair-detail">
      <WhyFate why={both.why} />
      <Split id="compare-detail" orientation="vertical" parts={[
        { id: 'layers', name: 'layers', size: 56, least: '72px', content: columns },
        { id: 'bytes', name: 'bytes', size: 44, least: '76px', content: <PairBytes source={both.source} appliance={both.appliance} diff={diff} /> },
      ]} />
    </div>
  );
}

function noteOf({ source, appliance }: Both, { differing, compared }: PairDiff): string {
  if (!source || !appliance) return '';
  return differing.size === 0 ? `all ${count(compared)} bytes equal` : `${count(differing.size)} of ${count(compared)} bytes differ`;
}

interface ColumnProps {
  readonly name: string; readonly hue: string; readonly head: string; readonly note?: string; readonly marks?: boolean; readonly empty: string; readonly absent: boolean;
  readonly layers: readonly (SideLayer | null)[]; readonly opposite: readonly (SideLayer | null)[]; readonly folds: Folds; readonly field: string; readonly onField: (field: string) => void;
}

/** Link headers and payload say little: they start folded, unless something in them differs. */
const isQuiet = (side: SideLayer | null, opposite: SideLayer | null): boolean => QUIET.has((side ?? opposite)?.layer.protocol ?? '') && side?.differs !== true && opposite?.differs !== true;

function Column({ name, hue, head, note = '', marks = false, empty, absent, layers, opposite, folds, field, onField }: ColumnProps) {
  const [stop, setStop] = useState('');
  const foldOf = (at: number): string => `${name === 'Envelope' ? 'envelope' : 'frame'} ${at}`; // source and appliance fold together, or their rows would no longer be opposite
  const isFolded = (at: number): boolean => folds.is(foldOf(at), isQuiet(layers[at]!, opposite[at] ?? null));
  const items = layers.flatMap((side, at) => (side ? [`${at}`, ...(isFolded(at) ? [] : shownFields(side).map((_, i) => `${at}.${i}`))] : []));
  const tabbed = items.includes(stop) ? stop : items[0];
  return (
    <section className="pane pair-column" aria-label={name}>
      <div className="pane-head"><i className={`dot ${hue}`} />{name === 'Envelope' && <i className="dot hue-envelope" />}<h2>{name}</h2><span className="clip">{head}</span><span className="spring" /><span>{note}</span></div>
      {absent ? <p className="empty">{empty}</p> : (
        <ul role="tree" aria-label={`${name} layers`} onKeyDown={onTreeKey} onFocus={({ target }) => setStop(target.dataset.item ?? '')}>
          {layers.map((side, at) => <Layer key={at} at={at} tabbed={tabbed} side={side} opposite={opposite[at] ?? null} framed={name !== 'Envelope'} marks={marks} folded={isFolded(at)} onFold={() => folds.turn(foldOf(at))} field={field} onField={onField} />)}
        </ul>
      )}
    </section>
  );
}

/** The fields that are drawn: those right under the layer, and deeper ones only where they differ. */
const shownFields = (side: SideLayer | null): readonly SideField[] => side?.fields.filter(({ field, differs }) => field.parent < 0 || differs) ?? [];

interface LayerProps {
  readonly at: number; readonly tabbed: string | undefined; // its place, and the item of the tree that Tab leads to
  readonly side: SideLayer | null; readonly opposite: SideLayer | null; readonly framed: boolean; readonly marks: boolean;
  readonly folded: boolean; readonly onFold: () => void; readonly field: string; readonly onField: (field: string) => void;
}

/** A layer with its fields, as high as its counterpart, so that the layer below stands opposite too. */
function Layer({ at: place, tabbed, side, opposite, framed, marks, folded, onFold, field, onField }: LayerProps) {
  const names = useNames();
  const height = folded ? 0 : Math.max(shownFields(side).length, shownFields(opposite).length);
  if (!side) return <li role="none" className="pair-gap" style={{ height: `calc(${height + 1} * var(--row-compact))` }} />;
  const { layer, differs } = side;
  const summary = withNames(layer.summary, names);
  const fields = folded ? [] : shownFields(side);
  const hue = framed ? 'hue-inner' : layer.part === 'envelope' ? 'hue-envelope' : 'hue-outer'; // the frame wears one hue on both sides, enveloped or not
  const mark = (different: boolean) => marks && <span className="pair-mark">{different ? '≠' : '='}<span className="visually-hidden">{different ? ' differs' : ' same'}</span></span>;
  return (
    <li role="treeitem" data-item={place} tabIndex={tabbed === String(place) ? 0 : -1} aria-expanded={!folded} aria-label={`${layer.name}: ${summary}`} className={`pair-layer ${hue}`} data-differs={(marks && differs) || undefined}>
      <div className="pair-layer-head" onClick={onFold}><ChevronRight size={12} aria-hidden className={folded ? 'pair-fold' : 'pair-fold open'} /><b title={layer.label}>{layer.name}</b><span className="mono clip">{summary}</span>{mark(differs)}</div>
      <ul role="group">
        {fields.map(({ field: { name, label, text: plain }, differs: different }, at) => {
          const text = name.endsWith('.vni') ? vniNamed(plain, names) : plain;
          return (
            <li key={at} role="treeitem" data-item={`${place}.${at}`} tabIndex={tabbed === `${place}.${at}` ? 0 : -1} aria-label={`${label}: ${text}`} aria-selected={name !== '' && name === field} data-differs={(marks && different) || undefined} className={`pair-field ${name !== '' && name === field ? 'selected-mark' : ''}`} onClick={() => onField(name)}>
              <span className="pair-label">{label}</span><span className="mono clip pair-value">{text}</span>{mark(different)}
            </li>
          );
        })}
        {Array.from({ length: height - fields.length }, (_, at) => <li key={`gap ${at}`} role="none" className="pair-gap" />)}
      </ul>
    </li>
  );
}

import type { LayerView, PacketDetail } from '../../worker/protocol.ts';
import { LINKS, type PairDiff } from './pair-diff.ts';
import { count } from '../../core/format/number.ts';

const LINE = 50; //       bytes a line: the envelope over IPv4 is one line
const MOST = 4096; //     bytes that are drawn; beyond, the words say so

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

/** Which layer's tint a byte wears: neighbouring layers alternate, alike on both sides, whatever link headers a side has; the frame has one hue on both sides, enveloped or not. */
function tintsOf(detail: PacketDetail, framed: boolean): string[] {
  const tints: string[] = [];
  const hueOf = ({ part }: LayerView): string => (framed ? 'hue-inner' : part === 'envelope' ? 'hue-envelope' : 'hue-outer');
  const network = detail.layers.findLastIndex(({ protocol }) => LINKS.has(protocol)) + 1;
  detail.layers.forEach((layer, at) => {
    const end = detail.layers[at + 1]?.offset ?? detail.bytes.length;
    for (let byte = layer.offset; byte < end; byte++) tints[byte] = `${hueOf(layer)} ${(at - network) % 2 === 0 ? 'second' : ''}`;
  });
  return tints;
}

/** The bytes of both, one under the other, with the envelope apart and what differs marked. */
export function PairBytes({ source, appliance, diff }: { source: PacketDetail | null; appliance: PacketDetail | null; diff: PairDiff }) {
  const { lanes, differing } = diff;
  const length = Math.min(MOST, lanes.source.length);
  const own = source && tintsOf(source, true), theirs = appliance && tintsOf(appliance, true), envelope = appliance && tintsOf(appliance, false);
  const envelopeLane = appliance ? Array.from({ length: diff.applianceAt }, (_, at) => at) : [];
  return (
    <section className="pane pair-bytes" aria-label="Bytes of both">
      <div className="pane-head"><h2>Bytes</h2><span>one under the other{diff.envelope.length > 0 ? '; the envelope set apart' : ''}</span><span className="spring" />
        <span>{source && appliance ? `${count(diff.differing.size)} of ${count(diff.compared)} bytes differ` : ''}{lanes.source.length > MOST ? `; the first ${count(MOST)} are drawn` : ''}</span></div>
      <div className="byte-lines mono" tabIndex={0} role="group" aria-label="Lines of bytes">
        {appliance && diff.envelope.length > 0 && lines(diff.applianceAt).map((from) => <ByteLine key={`e${from}`} name={`Envelope of ${appliance.number}`} detail={appliance} tints={envelope!} lane={envelopeLane} from={from} differing={null} />)}
        {lines(length).map((from) => (
          <div key={from} className="byte-pair">
            {source && <ByteLine name={`Source ${source.number}`} detail={source} tints={own!} lane={lanes.source} from={from} differing={differing} />}
            {appliance && <ByteLine name={`Appliance ${appliance.number}${diff.envelope.length > 0 ? ', inner' : ''}`} detail={appliance} tints={theirs!} lane={lanes.appliance} from={from} differing={differing} />}
          </div>
        ))}
      </div>
    </section>
  );
}

const lines = (length: number): number[] => Array.from({ length: Math.ceil(length / LINE) }, (_, line) => line * LINE);

interface LineProps { readonly name: string; readonly detail: PacketDetail; readonly tints: readonly string[]; readonly lane: readonly number[]; readonly from: number; readonly differing: ReadonlySet<number> | null }

/** A stretch of a lane; nothing where it has only gaps. */
function ByteLine({ name, detail, tints, lane, from, differing }: LineProps) {
  const places = lane.slice(from, from + LINE), first = places.find((at) => at >= 0);
  if (first === undefined) return null;
  return (
    <div className="byte-line">
      <span className="byte-name">{name}</span><span className="byte-offset">{first.toString(16).padStart(4, '0')}</span>
      {places.slice(0, places.findLastIndex((at) => at >= 0) + 1).map((at, i) => (at < 0
        ? <span key={i} className="byte gap" />
        : <span key={i} className={`byte ${tints[at] ?? ''}`} data-differs={differing?.has(from + i) || undefined}>{hex(detail.bytes[at]!)}</span>))}
    </div>
  );
}

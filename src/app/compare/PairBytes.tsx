import type { LayerView, PacketDetail } from '../../worker/protocol.ts';
import type { PairDiff } from './pair-diff.ts';
import { count } from '../../core/format/number.ts';

const LINE = 50; //       bytes a line: the envelope over IPv4 is one line
const MOST = 4096; //     bytes that are drawn; beyond, the words say so

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

/** Which layer's tint a byte wears: neighbouring layers alternate; the frame has one hue on both sides, enveloped or not. */
function tintsOf(detail: PacketDetail, framed: boolean): string[] {
  const tints: string[] = [];
  const hueOf = ({ part }: LayerView): string => (framed ? 'hue-inner' : part === 'envelope' ? 'hue-envelope' : 'hue-outer');
  detail.layers.forEach((layer, at) => {
    const end = detail.layers[at + 1]?.offset ?? detail.bytes.length;
    for (let byte = layer.offset; byte < end; byte++) tints[byte] = `${hueOf(layer)} ${at % 2 === 1 ? 'second' : ''}`;
  });
  return tints;
}

/** The bytes of both, one under the other, with the envelope apart and what differs marked. */
export function PairBytes({ source, appliance, diff }: { source: PacketDetail | null; appliance: PacketDetail | null; diff: PairDiff }) {
  const length = Math.min(MOST, Math.max(source ? source.bytes.length - diff.sourceAt : 0, appliance ? appliance.bytes.length - diff.applianceAt : 0));
  const cut = Math.max(source?.bytes.length ?? 0, appliance?.bytes.length ?? 0) > MOST;
  return (
    <section className="pane pair-bytes" aria-label="Bytes of both">
      <div className="pane-head"><h2>Bytes</h2><span>one under the other{diff.envelope.length > 0 ? '; the envelope set apart' : ''}</span><span className="spring" />
        <span>{source && appliance ? `${diff.differing.size} of ${diff.compared} bytes differ` : ''}{cut ? `; the first ${count(MOST)} are drawn` : ''}</span></div>
      <div className="byte-lines mono" tabIndex={0} role="group" aria-label="Lines of bytes">
        {appliance && diff.envelope.length > 0 && lines(diff.applianceAt).map((from) => <ByteLine key={`e${from}`} name={`Envelope of ${appliance.number}`} detail={appliance} base={0} from={from} to={Math.min(from + LINE, diff.applianceAt)} differing={null} />)}
        {lines(length).map((from) => (
          <div key={from} className="byte-pair">
            {source && <ByteLine name={`Source ${source.number}`} detail={source} base={diff.sourceAt} from={from} to={from + LINE} differing={diff.differing} />}
            {appliance && <ByteLine name={`Appliance ${appliance.number}${diff.envelope.length > 0 ? ', inner' : ''}`} detail={appliance} base={diff.applianceAt} from={from} to={from + LINE} differing={diff.differing} />}
          </div>
        ))}
      </div>
    </section>
  );
}

const lines = (length: number): number[] => Array.from({ length: Math.ceil(length / LINE) }, (_, line) => line * LINE);

interface LineProps { readonly name: string; readonly detail: PacketDetail; readonly base: number; readonly from: number; readonly to: number; readonly differing: ReadonlySet<number> | null }

function ByteLine({ name, detail, base, from, to, differing }: LineProps) {
  const tints = tintsOf(detail, differing !== null);
  const bytes = detail.bytes.subarray(base + from, Math.min(base + to, detail.bytes.length));
  return (
    <div className="byte-line">
      <span className="byte-name">{name}</span><span className="byte-offset">{(base + from).toString(16).padStart(4, '0')}</span>
      {Array.from(bytes, (byte, at) => <span key={at} className={`byte ${tints[base + from + at] ?? ''}`} data-differs={differing?.has(from + at) || undefined}>{hex(byte)}</span>)}
    </div>
  );
}

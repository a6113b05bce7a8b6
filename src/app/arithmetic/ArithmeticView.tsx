import { useId, useState } from 'react';
import { count, counted } from '../../core/format/number.ts';
import { useDetail } from '../packets/detail.ts';
import { beginSizes, LEAST_FRAME, MOST_FRAME, setFrame, useSizes } from '../stores/arithmetic.ts';
import { ETHERNET, reckon, type Result, type Sizes } from './arithmetic.ts';
import { frameLength } from './frame-length.ts';
import './arithmetic.css';

interface Slider { readonly of: 'frame' | 'source' | 'target' | 'tags' | 'options'; readonly label: string; readonly min: number; readonly max: number; readonly step?: number }

const SLIDERS: readonly Slider[] = [
  { of: 'frame', label: 'Frame at the source, with its Ethernet header', min: LEAST_FRAME, max: MOST_FRAME },
  { of: 'source', label: 'MTU of the source', min: 576, max: 9001 },
  { of: 'target', label: 'MTU of the target', min: 576, max: 9001 },
  { of: 'tags', label: 'VLAN tags outside', min: 0, max: 2 },
  { of: 'options', label: 'GENEVE options', min: 0, max: 252, step: 4 },
];

/** MTU, overhead and truncation: what becomes of a frame, to scale. */
export function ArithmeticView() {
  const sizes = useSizes();
  const result = reckon(sizes);
  const detail = useDetail((state) => state.detail);
  const taken = detail && frameLength(detail);
  return (
    <div className="arithmetic">
      <section className="arithmetic-sizes" aria-label="Sizes">
        {SLIDERS.map((slider) => <SizeRow key={slider.of} slider={slider} sizes={sizes} />)}
        <div className="arithmetic-choices">
          <Choice name="Outside" all={[4, 6]} now={sizes.ip} text={(ip) => `IPv${ip}`} choose={(ip) => useSizes.setState({ ip })} />
          <Choice name="Envelope" all={['VXLAN', 'GENEVE']} now={sizes.kind} text={(kind) => kind} choose={(kind) => useSizes.setState({ kind })} />
          <span className="spring" />
          <button type="button" className="button small" disabled={taken === null} onClick={() => { if (taken !== null) setFrame(taken); }}>{taken === null ? 'Take the length of the packet in view' : `Take the length of the packet in view: ${count(taken)}`}</button>
          <button type="button" className="button small" onClick={beginSizes}>Begin again</button>
        </div>
      </section>
      <Bar sizes={sizes} result={result} />
      <Outcome sizes={sizes} result={result} />
    </div>
  );
}

/** A slider and a box for the same number; what is typed counts once it is within the bounds. */
function SizeRow({ slider: { of, label, min, max, step = 1 }, sizes }: { slider: Slider; sizes: Sizes }) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null); // as it is being typed
  const disabled = of === 'options' && sizes.kind !== 'GENEVE';
  const set = (text: string): void => { const value = Number(text); if (text !== '' && value >= min && value <= max && value % step === 0) useSizes.setState({ [of]: value }); };
  return (
    <div className="arithmetic-row">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="range" min={min} max={max} step={step} value={sizes[of]} disabled={disabled} onChange={({ target }) => set(target.value)} />
      <input type="number" className="text-input" aria-label={`${label}, in figures`} min={min} max={max} step={step} value={typed ?? sizes[of]} disabled={disabled} onChange={({ target }) => { setTyped(target.value); set(target.value); }} onBlur={() => setTyped(null)} />
    </div>
  );
}

function Choice<T extends string | number>({ name, all, now, text, choose }: { name: string; all: readonly T[]; now: T; text: (of: T) => string; choose: (of: T) => void }) {
  const id = useId();
  return (
    <fieldset className="arithmetic-choice">
      <legend>{name}</legend>
      {all.map((each) => <label key={each} className="check"><input type="radio" name={id} checked={each === now} onChange={() => choose(each)} />{text(each)}</label>)}
    </fieldset>
  );
}

/** The mirrored frame, its parts as long as their bytes, and what is cut behind the target's MTU. */
function Bar({ sizes, result: { parts, wire, cut } }: { sizes: Sizes; result: Result }) {
  const whole = wire + cut, limit = ETHERNET + sizes.tags * 4 + sizes.target;
  const scale = Math.max(whole, limit);
  return (
    <section className="arithmetic-bar" aria-label="The mirrored frame">
      <div className="scale" aria-hidden="true">
        {parts.map(({ name, bytes, of }) => bytes > 0 && <span key={name} className={of} title={`${name}: ${count(bytes)}`} style={{ width: `${(100 * bytes) / scale}%` }} />)}
        <i className="limit" style={{ left: `${(100 * limit) / scale}%` }} title={`MTU of the target: ${count(sizes.target)}`} />
      </div>
      <table className="arithmetic-parts">
        <thead><tr>{parts.map(({ name, of }) => <th key={of + name} scope="col" className={of}>{name}</th>)}<th scope="col">On the wire</th></tr></thead>
        <tbody><tr>{parts.map(({ name, of, bytes }) => <td key={of + name}>{count(bytes)}</td>)}<td>{count(wire)}</td></tr></tbody>
      </table>
    </section>
  );
}

/** The same in sentences, and why the provider's figure is another. */
function Outcome({ sizes: { ip, kind, options, source, target }, result: { frame, packets, room, cut, fragments, overhead, advised, fits } }: { sizes: Sizes; result: Result }) {
  const ipHeader = ip === 4 ? 20 : 40, shim = 8 + (kind === 'GENEVE' ? options : 0);
  return (
    <section className="arithmetic-outcome" aria-label="What becomes of it">
      <p role="status" className="strong">{cut > 0 ? `${counted(cut, 'byte')} of ${count(frame)} are cut off: only ${count(room)} fit into the envelope.` : `Nothing is cut: ${count(frame)} of ${count(room)} bytes that fit.`}</p>
      {packets > 1 && <p>The source’s MTU is {count(source)}, so it sends this in {packets} packets, as segments or fragments; the longest is {count(frame)} bytes with its Ethernet header.</p>}
      <p>{fragments > 1 ? `A sender that fragments instead of cutting, as Linux does without DF outside, sends the envelope in ${fragments} fragments.` : 'A sender that fragments instead of cutting has nothing to do either.'}</p>
      <p>Between the two MTUs are {overhead} bytes: IPv{ip} {ipHeader}, UDP 8, {kind} {shim}, and the Ethernet header inside, 14. The Ethernet header outside and its VLAN tags do not count to an MTU. So a source MTU of <b>{count(fits)}</b> just fits.</p>
      {kind === 'VXLAN' && <p>AWS advises {ip === 4 ? 54 : 74} less than the target’s MTU, <b>{count(advised)}</b>: four more than the headers, for a reason that it does not give{target === 9001 && ip === 4 ? '. 9,001 less 54 is its figure of 8,947' : ''}. A Gateway Load Balancer takes 8,500 at most, which leaves {count(8500 - (ip === 4 ? 54 : 74))}.</p>}
    </section>
  );
}

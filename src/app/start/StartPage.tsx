import { Lock } from 'lucide-react';
import { Glyph } from '../shared/Glyph.tsx';
import { counted } from '../../core/format/number.ts';
import { useOpening } from './from-address.ts';
import { openSample } from './open.ts';
import { OpenButtons } from './OpenButtons.tsx';
import { offered, useSamples, type Sample } from './samples.ts';
import { chooseTab, LEARN } from '../stores/view.ts';
import { namesIn, useAwaited } from '../url/sync.ts';
import './start.css';

/** What is here before a capture is: what this does, the promise, a place to drop, the samples. */
export function StartPage() {
  const opening = useOpening(({ count }) => count > 0);
  const samples = offered(useSamples((state) => state.samples));
  if (opening) return <p className="empty" role="status">Opening …</p>;
  return (
    <div className="start">
      <div className="start-column">
        <h1>See what a mirroring network did to every packet: the envelope, the frame inside, and which rules can match where.</h1>
        <p className="promise"><Lock size={16} aria-hidden />Your captures are not uploaded: they are read in this page, on this machine. It works offline too.</p>
        <Strip />
        <section className="drop-zone" aria-label="Open">
          <p className="drop-big">Drop captures anywhere on this page</p>
          <Awaited />
          <div className="drop-buttons"><OpenButtons large /></div>
          <p className="dim">pcap, pcapng, snoop or ERF, several at once; gzip, zstd and lz4 too. Or paste a file.</p>
        </section>
        {samples.length > 0 && (
          <section aria-labelledby="samples-head">
            <h2 id="samples-head">Samples</h2>
            <ul className="samples">{samples.map((sample) => <SampleRow key={sample.name} sample={sample} />)}</ul>
            <p className="to-lessons"><button type="button" className="link" onClick={() => chooseTab(LEARN)}>New to mirrored traffic? Walk through the mirrored ping, step by step</button></p>
          </section>
        )}
      </div>
    </div>
  );
}

/** A link tells which captures its view is of; only the person has them. */
function Awaited() {
  const link = useAwaited((state) => state.link);
  const names = link === null ? [] : [...namesIn(link)];
  return names.length > 0 && <p className="strong">This link shows {names.join(', ')}: open {names.length === 1 ? 'that file' : 'those files'} to see the same view.</p>;
}

function SampleRow({ sample }: { sample: Sample }) {
  const { title, line, captures, packets, layers } = sample;
  const size = counted(captures.length, 'capture') + (packets === undefined ? '' : `, ${counted(packets, 'packet')}`);
  return (
    <li>
      <button type="button" className="sample" onClick={() => void openSample(sample)}>
        <Glyph parts={layers ?? ['outer', 'envelope', 'inner']} />
        <span className="sample-title">{title}</span><span className="sample-line">{line}</span><span className="sample-size">{size}</span>
      </button>
    </li>
  );
}

/** The story in one line: the bytes of a mirrored ping. */
const Strip = () => (
  <div className="strip mono" aria-hidden="true">
    <div className="hue-outer" style={{ flex: 42 }}><b>outer 42</b>0a 36 d2 fc 94 2e 0a …</div>
    <div className="hue-envelope" style={{ flex: 'none' }}><b>VXLAN 8</b>08 00 00 00 00 01 4d 00</div>
    <div className="hue-inner" style={{ flex: 60 }}><b>inner 98</b>0a d3 93 e4 27 b2 0a 00 00 …</div>
  </div>
);

import { useEffect } from 'react';
import { Check, Redo2, Undo2, X } from 'lucide-react';
import { HeaderDiagram } from '../packets/diagram/HeaderDiagram.tsx';
import { Hex, HexHead } from '../packets/hex/Hex.tsx';
import { ContextMenu } from '../packets/menu/ContextMenu.tsx';
import { Stacks } from '../packets/trees/Stacks.tsx';
import { Split } from '../shared/Split.tsx';
import { edit, openBench, redo, saveBench, undo, useBench } from './bench.ts';
import { FieldBits } from './FieldBits.tsx';
import { useBenchPacket } from '../stores/bench.ts';
import type { EnvelopeKind } from '../../worker/protocol.ts';
import '../packets/packets-view.css';
import './bench.css';

/** What can be put around the packet, by the words on its button. */
const PUT_ON: readonly (readonly [EnvelopeKind, string])[] = [['vxlan', 'VXLAN over IPv4'], ['vxlan6', 'VXLAN over IPv6'], ['gbp', 'VXLAN with Group Policy'], ['geneve', 'GENEVE']];

/** A packet that is put together and taken apart in front of one's eyes. */
export function BenchView() {
  const { detail } = useBench();
  const taken = useBenchPacket(({ bytes }) => bytes);
  useEffect(openBench, [taken]);
  const hex = <section className="bytes" aria-label="Bytes"><HexHead detail={detail} />{detail && <Hex detail={detail} />}</section>;
  const packet = <Split id="bench" orientation="vertical" parts={[
    { id: 'stacks', name: 'layers', size: 48, least: '120px', content: <Stacks /> },
    { id: 'bytes', name: 'bytes', size: 24, least: '80px', content: hex },
    { id: 'diagram', name: 'header diagram', size: 28, least: '80px', content: <HeaderDiagram detail={detail} /> },
  ]} />;
  return (
    <div className="bench">
      <Tools />
      <div className="bench-packet">{packet}</div>
      <aside className="bench-side"><FieldBits /><Receivers /></aside>
      <ContextMenu />
    </div>
  );
}

function Tools() {
  const { detail, before, after } = useBench();
  const wrapped = detail?.layers.some(({ level }) => level > 0) === true;
  return (
    <div className="toolbar" role="group" aria-label="Bench">
      <span className="dim">Put on</span>
      {PUT_ON.map(([envelope, label]) => <button key={envelope} type="button" className="button small" onClick={() => edit({ kind: 'put on', envelope })}>{label}</button>)}
      <button type="button" className="button small" disabled={!wrapped} onClick={() => edit({ kind: 'take off' })}>Take the envelope off</button>
      <button type="button" className="button small" onClick={() => edit({ kind: 'put right' })}>Put lengths and checksums right</button>
      <span className="spring" />
      <button type="button" className="button icon quiet" aria-label="Undo" title="Undo" disabled={before.length === 0} onClick={undo}><Undo2 size={16} aria-hidden /></button>
      <button type="button" className="button icon quiet" aria-label="Redo" title="Redo" disabled={after.length === 0} onClick={redo}><Redo2 size={16} aria-hidden /></button>
      <button type="button" className="button small" onClick={() => void saveBench()}>Save as a capture</button>
    </div>
  );
}

/** What each receiver makes of the packet as it is. */
function Receivers() {
  const verdicts = useBench((state) => state.verdicts);
  return (
    <section className="bench-receivers" aria-label="Receivers">
      <h2>What a receiver makes of it</h2>
      <ul>
        {verdicts.map(({ who, takes, why }) => (
          <li key={who} className={takes ? 'takes' : 'drops'}>
            {takes ? <Check size={14} aria-hidden /> : <X size={14} aria-hidden />}
            <span><b>{who}</b> {takes ? 'opens it' : 'does not open it'}: {why}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

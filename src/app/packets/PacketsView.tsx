import { useEffect } from 'react';
import { useDetail, followDetail } from './detail.ts';
import { HeaderDiagram } from './diagram/HeaderDiagram.tsx';
import { FilterBar } from './filter/FilterBar.tsx';
import { Hex, HexHead } from './hex/Hex.tsx';
import { Split, useWide } from './Layout.tsx';
import { PacketList } from './list/PacketList.tsx';
import { ContextMenu } from './menu/ContextMenu.tsx';
import { Stacks } from './trees/Stacks.tsx';
import './packets-view.css';

/** The packets of a capture: the list, and of the selected one both stacks, the bytes and the header, all following one selection. */
export function PacketsView() {
  useEffect(followDetail, []);
  const wide = useWide();
  const stacks = { id: 'stacks', name: 'layers', size: wide ? 60 : 50, least: wide ? '420px' : '80px', content: <Stacks /> };
  const bytes = { id: 'bytes', name: 'bytes', size: wide ? 40 : 50, least: wide ? '320px' : '80px', content: <Bytes /> };
  const list = { id: 'list', name: 'list', size: 38, least: '72px', content: <PacketList /> };
  const packet = { id: 'packet', name: 'packet', size: 62, least: '120px', content: <Split id={wide ? 'packet' : 'packet-narrow'} orientation={wide ? 'horizontal' : 'vertical'} parts={[stacks, bytes]} /> };
  return (
    <div className="packets">
      <FilterBar />
      <Split id="packets" orientation="vertical" parts={[list, packet]} />
      <ContextMenu />
    </div>
  );
}

function Bytes() {
  const detail = useDetail((state) => state.detail);
  return (
    <div className="bytes-and-diagram">
      <section className="bytes" aria-label="Bytes">
        <HexHead detail={detail} />
        {detail ? <Hex detail={detail} /> : <p className="empty">Select a packet in the list to see its bytes.</p>}
      </section>
      {detail && <HeaderDiagram detail={detail} />}
    </div>
  );
}

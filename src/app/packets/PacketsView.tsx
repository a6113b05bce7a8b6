import { useEffect, useState } from 'react';
import { useShownCapture } from '../stores/captures.ts';
import { setStatus } from '../stores/view.ts';
import { guardComments } from './comments.ts';
import { useDetail, followDetail } from './detail.ts';
import { registerCommands, registerKeyNotes } from '../commands/commands.ts';
import { PACKET_COMMANDS, PACKET_KEYS } from './commands.ts';
import { GoTo } from './GoTo.tsx';
import { DecodeAs } from './decode-as/DecodeAs.tsx';
import { DecodeOffer } from './decode-as/DecodeOffer.tsx';
import { HeaderDiagram } from './diagram/HeaderDiagram.tsx';
import { FilterBar } from './filter/FilterBar.tsx';
import { Hex, HexHead } from './hex/Hex.tsx';
import { PacketList } from './list/PacketList.tsx';
import { useNextTask } from '../shared/next-task.ts';
import { listShare, Split, useWide } from '../shared/Split.tsx';
import { ContextMenu } from './menu/ContextMenu.tsx';
import { Stacks } from './trees/Stacks.tsx';
import { statusParts } from './status.ts';
import './packets-view.css';

registerCommands(PACKET_COMMANDS);
registerKeyNotes(PACKET_KEYS);

/** Pixels of the bars above and below. */
const FRAME = 112;
/** Pixels of window from which trees and bytes have room beside each other; and, below that, bytes and diagram. */
const TREES_AND_BYTES = 1280;
const BYTES_AND_DIAGRAM = 960;

/** The packets of a capture: the list, and of the selected one both stacks, the bytes and the header, all following one selection. */
export function PacketsView() {
  useEffect(followDetail, []);
  useEffect(guardComments, []);
  useStatus();
  const wide = useWide(TREES_AND_BYTES);
  const [share] = useState(() => listShare(innerHeight - FRAME, 24, wide));
  const stacks = { id: 'stacks', name: 'layers', size: wide ? 58 : 50, least: wide ? '420px' : '80px', content: <Stacks /> };
  const bytes = { id: 'bytes', name: 'bytes', size: wide ? 42 : 50, least: wide ? '320px' : '80px', content: <Bytes beside={wide} /> };
  const listDue = useNextTask(true); // the frame of the page first, then the list, then what is under it
  const below = useNextTask(listDue);
  const list = { id: 'list', name: 'list', size: share, least: '72px', content: listDue && <PacketList /> };
  const packet = { id: 'packet', name: 'packet', size: 100 - share, least: '120px', content: below && <Split id={wide ? 'packet' : 'packet-narrow'} orientation={wide ? 'horizontal' : 'vertical'} parts={[stacks, bytes]} /> };
  return (
    <div className="packets">
      <FilterBar />
      <DecodeOffer />
      <Split id="packets" orientation="vertical" parts={[list, packet]} />
      <ContextMenu />
      <GoTo />
      <DecodeAs />
    </div>
  );
}

function useStatus(): void {
  const detail = useDetail((state) => state.detail);
  const capture = useShownCapture();
  const [name, packets] = [capture?.name ?? '', capture?.packets ?? 0];
  useEffect(() => { setStatus(statusParts(name, packets, detail)); }, [name, packets, detail]);
}

/** The bytes and the header that the selection is in: each keeps its place, whatever the next packet's length is. */
function Bytes({ beside }: { beside: boolean }) {
  const detail = useDetail((state) => state.detail);
  const bytesDue = useNextTask(detail !== null);
  const diagramDue = useNextTask(bytesDue);
  const across = useWide(BYTES_AND_DIAGRAM) && !beside;
  const hex = (
    <section className="bytes" aria-label="Bytes">
      <HexHead detail={detail} />
      {detail ? bytesDue && <Hex detail={detail} /> : <p className="empty">Select a packet in the list to see its bytes.</p>}
    </section>
  );
  const parts = [
    { id: 'hex', name: 'bytes in rows', size: across ? 48 : 57, least: across ? '360px' : '96px', content: hex },
    { id: 'diagram', name: 'header diagram', size: across ? 52 : 43, least: across ? '360px' : '72px', content: detail && !diagramDue ? null : <HeaderDiagram detail={detail} /> },
  ];
  return <Split id={across ? 'bytes-across' : 'bytes-down'} orientation={across ? 'horizontal' : 'vertical'} parts={parts} />;
}

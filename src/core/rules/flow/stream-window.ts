import type { PacketView } from '../packet/packet-view.ts';
import type { StreamSettings } from '../settings/settings.ts';
import type { TcpSession } from './tcp-session.ts';
import type { TcpSide } from './tcp-side.ts';
import { TcpState } from './tcp-state.ts';

// Which stretches of a direction rules look at when a packet of it comes (StreamReassembleRaw). Where packets are only watched, what was acknowledged is looked at in chunks, or at once when the
// application layer or the session's end asks for it; where packets can be stopped, each packet with what lies before it.

/** Bytes that are gathered before rules look (toserver-chunk-size and toclient-chunk-size of the stock yaml; Suricata varies them by a tenth at random). */
const CHUNK = 2560;

/** Puts the stretches that are ready into the view. */
export function ready(p: PacketView, session: TcpSession, side: TcpSide, { inline }: StreamSettings, isEnd: boolean): void {
  if (side.buffer.blocks.length === 0) return;
  if (inline && !isEnd) { window(p, side); return; }
  const enough = isEnd || side.flush || side.depthReached || session.state > TcpState.timeWait || side.ackedPlace - side.rawPlace >= CHUNK;
  if (!enough) return;
  const limit = isEnd ? side.buffer.end : side.ackedPlace;
  for (const block of side.buffer.blocks) {
    const start = Math.max(block.start, side.rawPlace);
    const end = Math.min(block.end, limit);
    if (end > start) p.addStretch(block.data, block.from + start - block.start, block.from + end - block.start);
  }
}

/** The packet's data with two thirds of what a chunk leaves before it and one third after it. */
function window(p: PacketView, side: TcpSide): void {
  const size = p.payloadLength;
  if (size === 0 || !p.streamAdded) return;
  const at = p.streamPlace;
  const block = side.buffer.at(Math.max(0, at));
  if (block === null || block.start > at + size) return;
  const spare = Math.max(0, CHUNK - size);
  const start = Math.max(block.start, at - Math.ceil((spare * 2) / 3));
  const end = Math.min(block.end, at + size + Math.floor(spare / 3));
  if (end > start) p.addStretch(block.data, block.from + start - block.start, block.from + end - block.start);
}

/** Notes that rules have looked at what was ready, and forgets what nobody looks at any more. */
export function looked(p: PacketView, side: TcpSide, { inline }: StreamSettings, isEnd: boolean): void {
  const limit = isEnd ? side.buffer.end : inline ? Math.max(side.rawPlace, p.streamPlace + p.payloadLength) : side.ackedPlace;
  if (p.stretches > 0 || isEnd) { side.rawPlace = Math.max(side.rawPlace, limit); side.flush = false; }
  const raw = inline ? side.rawPlace - CHUNK : side.rawPlace;
  side.buffer.drop(Math.min(raw, side.appPlace));
}

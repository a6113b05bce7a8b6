import type { PacketView } from '../packet/packet-view.ts';
import type { StreamSettings } from '../settings/settings.ts';
import type { TcpSession } from './tcp-session.ts';
import type { TcpSide } from './tcp-side.ts';
import { TcpState } from './tcp-state.ts';

// Which stretches of a direction rules look at when a packet of it comes (StreamReassembleRaw). Where packets are only watched, what was acknowledged is looked at in chunks, or at once when the
// application layer or the session's end asks for it; where packets can be stopped, each packet with what lies before it.

/** Bytes that are gathered before rules look; Suricata varies them by a tenth at random. */
const chunkOf = (p: PacketView, { chunkToServer, chunkToClient }: StreamSettings): number => (p.toServer ? chunkToServer : chunkToClient);
const UNKNOWN_WINDOW = 4096;

/** Puts the stretches that are ready into the view. */
export function ready(p: PacketView, session: TcpSession, side: TcpSide, settings: StreamSettings, isEnd: boolean): void {
  if (side.buffer.blocks.length === 0) return;
  if (settings.inline && !isEnd) { window(p, side, chunkOf(p, settings)); return; }
  const enough = isEnd || side.flush || side.depthReached || session.state > TcpState.timeWait || side.ackedPlace - side.rawPlace >= chunkOf(p, settings);
  if (!enough) return;
  const limit = isEnd ? side.buffer.end : side.ackedPlace;
  for (const block of side.buffer.blocks) {
    const start = Math.max(block.start, side.rawPlace);
    const end = Math.min(block.end, limit);
    if (end > start) p.addStretch(block.data, block.from + start - block.start, block.from + end - block.start);
  }
}

/** The packet's data and what lies around it, a chunk in all, or the packet and a third of a chunk where it is large (StreamReassembleRawInline). */
function window(p: PacketView, side: TcpSide, most: number): void {
  const size = p.payloadLength;
  if (size === 0 || !p.streamAdded || side.done) return;
  const chunk = size > Math.floor(most / 3) * 2 ? size + Math.floor(most / 3) : most;
  const [left, right] = [p.streamPlace, p.streamPlace + size];
  const block = side.buffer.at(Math.max(0, left));
  // What is not kept whole is looked at as it came.
  if (block === null || block.start > left || block.end < right) { p.addStretch(p.bytes, p.payload, p.payloadEnd); return; }
  const half = (chunk - size) >> 1;
  let [before, after] = [left - block.start, block.end - right];
  if (before + after + size > chunk) {
    if (after === 0 || (before >= half && after < half)) before = chunk - size - after;
    else if (before < half) after = chunk - size - before;
    else before = after = half;
  }
  p.addStretch(block.data, block.from + left - before - block.start, block.from + right + after - block.start);
}

/** Notes that rules have looked at what was ready, and forgets what nobody looks at any more. */
export function looked(p: PacketView, side: TcpSide, settings: StreamSettings, isEnd: boolean): void {
  const { inline, checkOverlap } = settings;
  const limit = isEnd ? side.buffer.end : inline ? Math.max(side.rawPlace, p.streamPlace + p.payloadLength) : side.ackedPlace;
  if (p.stretches > 0 || isEnd) { side.rawPlace = Math.max(side.rawPlace, limit); side.flush = false; }
  const raw = inline ? Math.max(0, side.rawPlace - chunkOf(p, settings)) : side.rawPlace;
  let base = Math.min(raw, side.appPlace);
  // What may be sent again with other bytes is kept to be compared.
  if (inline) base = Math.min(base, side.ackedPlace);
  else if (checkOverlap) base -= side.window === 0 ? UNKNOWN_WINDOW : side.window;
  if (base <= side.base) return;
  side.base = base;
  side.buffer.drop(base);
}

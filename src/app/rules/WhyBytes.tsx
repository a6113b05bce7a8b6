import { useEffect, useState } from 'react';
import { FaultError } from '../../core/base/fault.ts';
import { byteSpan } from '../packets/locate.ts';
import { HexLines } from '../packets/hex/HexLines.tsx';
import { ACROSS, hexRows } from '../packets/hex/hex-model.ts';
import type { PacketDetail } from '../../worker/protocol.ts';
import type { CaptureId } from '../stores/captures.ts';
import { callCapture } from '../stores/workers.ts';
import '../packets/hex/hex.css';

/** A condition's bytes, [from..to) of the packet. */
export interface ByteRange { readonly from: number; readonly to: number }

/** A packet whole, for its bytes. */
export function usePacket(capture: CaptureId | null, packet: number | null): PacketDetail | null {
  const [detail, setDetail] = useState<PacketDetail | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    if (capture === null || packet === null) return () => stop.abort();
    callCapture(capture, 'packet', { number: packet }, { signal: stop.signal }).then(
      (found) => { if (!stop.signal.aborted) setDetail(found); }, (error: unknown) => { if (!(error instanceof FaultError)) throw error; });
    return () => stop.abort();
  }, [capture, packet]);
  return detail?.number === packet ? detail : null;
}

/** Rows before and after those of the condition. */
const AROUND = 1;
const MOST_ROWS = 8;

/** The bytes that a condition looked at, among their neighbours. */
export function WhyBytes({ detail, range }: { detail: PacketDetail; range: ByteRange | null }) {
  const rows = hexRows(detail.bytes.length);
  const first = Math.max(0, Math.floor((range?.from ?? 0) / ACROSS) - AROUND);
  const last = Math.min(rows - 1, first + MOST_ROWS - 1, Math.floor(((range?.to ?? 1) - 1) / ACROSS) + AROUND);
  return (
    <section className="why-bytes" aria-label="Bytes">
      <p role="status">{range ? `${range.to - range.from === 1 ? 'byte' : 'bytes'} ${byteSpan(range.from, range.to)} of packet ${detail.number}` : 'Choose a condition that looked at bytes.'}</p>
      <div role="grid" aria-label="Hex" aria-rowcount={rows} className="hex-grid" tabIndex={0}>
        <HexLines detail={detail} source={detail.sources[0]!} first={first} count={Math.max(0, last - first + 1)} chosen={range} pointed={null} cursor={-1} />
      </div>
    </section>
  );
}

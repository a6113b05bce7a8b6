import { count, counted } from '../../../core/format/number.ts';
import type { Lookalike } from '../../../worker/protocol.ts';
import { useShownCapture } from '../../stores/captures.ts';
import { addRule, decline, useDecodeAs } from '../../stores/decode-as.ts';
import './decode-as.css';

const NONE: readonly Lookalike[] = [];
const vniText = ({ vnis }: Lookalike): string => `VNI ${vnis.map(count).join(', ')}`;

/** Envelopes on a port that is nobody's are offered, never assumed. */
export function DecodeOffer() {
  const found = useShownCapture()?.summary?.lookalikes ?? NONE;
  const declined = useDecodeAs((state) => state.declined);
  const offer = found.find(({ port }) => !declined.includes(port));
  if (!offer) return null;
  const { port, packets } = offer;
  return (
    <section className="decode-offer" aria-label="Offer">
      <p role="status">The payload of UDP {port} looks like VXLAN ({counted(packets, 'packet')}, {vniText(offer)}). It is shown as data until you say so.</p>
      <button type="button" className="button primary" onClick={() => addRule({ table: 'udp.port', port: String(port), protocol: 'vxlan' })}>Decode as VXLAN</button>
      <button type="button" className="button quiet" onClick={() => decline(port)}>Leave it</button>
    </section>
  );
}

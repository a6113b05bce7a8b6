import { ICMP, ICMPV6, type PacketView, UDP } from '../packet/packet-view.ts';

/** Seconds without a packet after which a flow has ended: before both sides spoke (for TCP, before the handshake is done), after it, and once a TCP session is closed. */
export interface Timeouts { readonly new: number; readonly established: number; readonly closed: number }

/** flow-timeouts of suricata.yaml. Those for emergencies and for flows that are bypassed have no place where a capture is read. */
export interface FlowTimeouts { readonly default: Timeouts; readonly tcp: Timeouts; readonly udp: Timeouts; readonly icmp: Timeouts }

export const TIMED = ['default', 'tcp', 'udp', 'icmp'] as const;

const OTHER: Timeouts = { new: 30, established: 300, closed: 0 };

/** Those of the stock suricata.yaml. */
export const STOCK_TIMEOUTS: FlowTimeouts = { default: OTHER, tcp: { new: 60, established: 600, closed: 60 }, udp: OTHER, icmp: OTHER };

/** Those of a packet that is not TCP. */
export function timeoutsOf({ udp, icmp, default: other }: FlowTimeouts, { protocol }: PacketView): Timeouts {
  if (protocol === UDP) return udp;
  return protocol === ICMP || protocol === ICMPV6 ? icmp : other;
}

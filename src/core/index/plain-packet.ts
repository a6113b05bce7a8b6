import { LOST_ADDRESS } from '../table/address-table.ts';
import { NO_ROOM } from '../table/flow-table.ts';
import { Mark, type PacketColumns } from '../table/packet-columns.ts';
import type { PacketTable } from '../table/packet-table.ts';
import { Name } from '../table/protocol-names.ts';
import { BY_VXLAN, NO_PATH } from '../table/vni-paths.ts';
import { CARRIER, icmpHasSequence, Step, UDP_PORTS, udpService, udpStep, type UdpPorts } from './numbers.ts';

/** Ethernet's type, IPv4's version and the length of a header without options: bytes 12 to 14 of a plain frame. */
const ETHERNET_IPV4 = 0x0800_45;
const TO_TRANSPORT = 14 + 20;
const ENVELOPE = TO_TRANSPORT + 8 + 8;
const [ICMP, TCP, UDP] = [1, 6, 17];

/** Whether b[frame..end) is Ethernet and a whole IPv4 packet: no options, no fragment, neither cut nor padded. */
const isPlain = (b: DataView, frame: number, end: number): boolean => end - frame >= TO_TRANSPORT + 4 && b.getInt32(frame + 12) >>> 8 === ETHERNET_IPV4
  && frame + 14 + b.getUint16(frame + 16) === end && (b.getUint16(frame + 20) & 0x3fff) === 0;

/** Whether the plain frame carries UDP that fills it and leads to VXLAN. */
const isEnvelope = (b: DataView, frame: number, end: number, ports: UdpPorts): boolean => b.getUint8(frame + 23) === UDP && end - frame >= ENVELOPE
  && frame + TO_TRANSPORT + b.getUint16(frame + 38) === end && udpService(b.getUint16(frame + 34), b.getUint16(frame + 36), ports) === Name.VXLAN;

/** Whether nothing is sought in the payload, and nothing is in it that the columns would have to know of. */
const staysUdp = (service: number): boolean => service !== CARRIER && udpStep(service) === Step.STOP;

/** Whether a plain frame's transport header is whole and of a kind that ends the way. */
function endsPlainly(b: DataView, frame: number, end: number, ports: UdpPorts): boolean {
  const at = frame + TO_TRANSPORT;
  const left = end - at;
  switch (b.getUint8(frame + 23)) {
    case ICMP: return left >= 8;
    case TCP: return left >= 20 && b.getUint8(at + 12) >>> 4 >= 5 && left >= (b.getUint8(at + 12) >>> 4) * 4;
    case UDP: return left > 8 && b.getUint16(at + 4) === left && staysUdp(udpService(b.getUint16(at), b.getUint16(at + 2), ports));
    default: return false;
  }
}

/**
 * Fills the row of the packet that nearly all are: b[start..end), kept whole, is Ethernet, IPv4 and ICMP, TCP or UDP, by itself or in one VXLAN envelope
 * over IPv4, each header as long as it always is. False for any other, and its row stays as it was. The same as `Walker` says of it, in half the time:
 * whether the packet is one of these is known before the first column is written, so that nothing has to be carried from header to header.
 */
export function plainRow(b: DataView, start: number, end: number, table: PacketTable, c: PacketColumns, row: number, ports: UdpPorts = UDP_PORTS): boolean {
  if (!isPlain(b, start, end)) return false;
  const depth = isEnvelope(b, start, end, ports) ? 1 : 0;
  const frame = start + depth * ENVELOPE;
  if (depth === 1 && !isPlain(b, frame, end) || !endsPlainly(b, frame, end, ports)) return false;
  const { addresses, paths } = table;
  const outerSource = addresses.v4(b, start + 26);
  const outerDestination = addresses.v4(b, start + 30);
  const source = depth === 0 ? outerSource : addresses.v4(b, frame + 26);
  const destination = depth === 0 ? outerDestination : addresses.v4(b, frame + 30);
  if (source === LOST_ADDRESS || destination === LOST_ADDRESS) return false;
  const ipProtocol = b.getUint8(frame + 23);
  const at = frame + TO_TRANSPORT;
  const sourcePort = ipProtocol === ICMP ? 0 : b.getUint16(at);
  const destinationPort = ipProtocol === ICMP ? 0 : b.getUint16(at + 2);
  const protocol = ipProtocol === TCP ? Name.TCP : ipProtocol === ICMP ? Name.ICMP : udpService(sourcePort, destinationPort, ports) || Name.UDP;
  const vni = depth === 0 ? -1 : b.getInt32(frame - 5) & 0xff_ffff; // -1 is NO_VNI in 32 bits
  const path = depth === 0 ? NO_PATH : paths.into(NO_PATH, BY_VXLAN, vni);
  const { flows } = table;
  let flow = flows.find(source, destination, sourcePort, destinationPort, ipProtocol, path);
  if (ipProtocol === TCP && flow !== NO_ROOM) flow = flows.tcp(flow, b, at);
  c.outerSource[row] = outerSource;
  c.outerDestination[row] = outerDestination;
  c.outerSourcePort[row] = depth === 0 ? sourcePort : b.getUint16(start + 34);
  c.outerDestinationPort[row] = depth === 0 ? destinationPort : b.getUint16(start + 36);
  c.outerProtocol[row] = depth === 0 ? protocol : Name.VXLAN;
  c.source[row] = source;
  c.destination[row] = destination;
  c.sourcePort[row] = sourcePort;
  c.destinationPort[row] = destinationPort;
  c.protocol[row] = protocol;
  c.ipProtocol[row] = ipProtocol;
  c.innerOffset[row] = frame - start;
  c.vni[row] = vni;
  c.flow[row] = flow;
  c.depth[row] = depth;
  c.marks[row] = transportMarks(b, at, ipProtocol, c, row) | (flows.reversed ? Mark.REVERSED : 0);
  return true;
}

/** Fills what only TCP and ICMP have, and tells which of it is there. */
function transportMarks(b: DataView, at: number, ipProtocol: number, c: PacketColumns, row: number): number {
  if (ipProtocol === UDP) return Mark.PORTS;
  c.control[row] = ipProtocol === TCP ? b.getUint16(at + 12) & 0x0fff : b.getUint16(at);
  if (ipProtocol === ICMP && !icmpHasSequence(b.getUint8(at))) return Mark.CONTROL;
  c.sequence[row] = b.getInt32(at + 4);
  return ipProtocol === TCP ? Mark.PORTS | Mark.CONTROL | Mark.SEQUENCE : Mark.CONTROL | Mark.SEQUENCE;
}


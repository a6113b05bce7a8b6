import { u8 } from '../../bytes/read.ts';
import { ICMP, ICMPV6, type PacketView, TCP, UDP } from '../packet/packet-view.ts';
import { chunkData, chunkEnd, hasSctp, SCTP_HEADER, sctpChunk } from '../packet/sctp.ts';
import type { Inspection, RuleBuffer } from './chain.ts';

// Stretches of a packet that contents may look at. The header buffers are Suricata's sticky buffers of the same names.

export const setRange = (into: Inspection, from: number, to: number): true => { into.from = from; into.to = to; return true; };

/**
 * What the last protocol of the packet carries; empty for the outer packet of a decoded tunnel. A rule about streams looks at the stretches of the TCP stream that are ready with this packet, and at
 * the packet's own payload only where that did not go into the stream (detect-engine-payload.c).
 */
export const PAYLOAD: RuleBuffer = {
  name: 'payload', label: 'the payload', many: true,
  range(p, into, instance) {
    const { look } = into;
    const stretches = look === 'stream' || look === 'packet and stream' || look === 'only stream' ? p.stretches : 0;
    if (instance < stretches) {
      into.bytes = p.stretchBytes[instance]!;
      into.inStream = true;
      return setRange(into, p.stretchFrom[instance]!, p.stretchTo[instance]!);
    }
    if (instance > stretches || look === 'only stream' || (look === 'stream' && p.streamAdded)) return false;
    return p.inspectPayload && p.payload >= 0 && p.payloadEnd > p.payload && setRange(into, p.payload, p.payloadEnd);
  },
};

const header = (name: string, label: string, range: (p: PacketView, into: Inspection) => boolean): RuleBuffer => ({ name, label, ofPacket: true, range });

export const HEADER_BUFFERS: readonly RuleBuffer[] = [
  header('ether.hdr', 'the Ethernet header', (p, into) => p.ether >= 0 && setRange(into, p.ether, p.ether + 14)),
  header('ipv4.hdr', 'the IPv4 header', (p, into) => p.ipVersion === 4 && setRange(into, p.ip, p.ip + (u8(p.bytes, p.ip) & 0x0f) * 4)),
  // With its extension headers, up to the transport.
  header('ipv6.hdr', 'the IPv6 header', (p, into) => p.ipVersion === 6 && setRange(into, p.ip, p.transport >= 0 ? p.transport : p.payload >= 0 ? p.payload : p.ip + 40)),
  header('tcp.hdr', 'the TCP header', (p, into) => p.transport >= 0 && p.protocol === TCP && setRange(into, p.transport, p.payload)),
  header('udp.hdr', 'the UDP header', (p, into) => p.transport >= 0 && p.protocol === UDP && setRange(into, p.transport, p.payload)),
  header('icmpv4.hdr', 'the ICMP header', (p, into) => p.transport >= 0 && p.protocol === ICMP && setRange(into, p.transport, p.payload)),
  header('icmpv6.hdr', 'the ICMPv6 header', (p, into) => p.transport >= 0 && p.protocol === ICMPV6 && setRange(into, p.transport, p.payload)),
  header('igmp.hdr', 'the IGMP header', (p, into) => p.protocol === 2 && p.transport >= 0 && setRange(into, p.transport, p.payloadEnd)),
  header('sctp.hdr', 'the SCTP common header', (p, into) => hasSctp(p) && setRange(into, p.transport, p.transport + SCTP_HEADER)),
  {
    name: 'sctp.chunk_data', label: 'the data of an SCTP chunk', many: true,
    range(p, into, instance) { const at = sctpChunk(p, instance); return at >= 0 && setRange(into, chunkData(at), chunkEnd(p, at)); },
  },
  header('ip.src', 'the source address', (p, into) => p.ipVersion !== 0 && setRange(into, p.sourceAddress, p.sourceAddress + (p.ipVersion === 4 ? 4 : 16))),
  header('ip.dst', 'the destination address', (p, into) => p.ipVersion !== 0 && setRange(into, p.destinationAddress, p.destinationAddress + (p.ipVersion === 4 ? 4 : 16))),
];

/** What base64_decode of the same rule gave. */
export const BASE64_DATA: RuleBuffer = {
  name: 'base64_data', label: 'what base64_decode gave',
  range(_p, into) {
    if (into.decoded === null) return false;
    into.bytes = into.decoded;
    return setRange(into, 0, into.decoded.length);
  },
};

/** Where contents go whose buffer is not read here; the rule does not run. */
export const ELSEWHERE: RuleBuffer = { name: 'elsewhere', label: 'a buffer that is not read here', range: () => false };

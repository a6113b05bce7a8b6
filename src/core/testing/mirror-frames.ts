// Packets written down field by field, as a source sends them and as its mirror wraps them.

import { concat, fromHex, int } from './bytes.ts';
import type { PcapPacket } from './pcap-file.ts';

export interface UdpFrame {
  /** Four bytes that make the packet what it is. */
  readonly content: number;
  readonly from?: number;
  readonly to?: number;
  /** Bytes of payload, at least 4. */
  readonly size?: number;
  /** Sent by the other host to the source. */
  readonly back?: boolean;
}

/** Ethernet, IPv4 and UDP between two hosts. The IP identification is 0, as with DF. */
export const udpFrame = ({ content, from = 40_960, to = 5_001, size = 20, back = false }: UdpFrame): Uint8Array => concat([
  fromHex(back ? '0ad393e427b2 0a0000000001 0800 4500' : '0a0000000001 0ad393e427b2 0800 4500'), int(28 + size, 2, false), fromHex(`0000 4000 4011 0000 ${back ? '08080808 ac1f0990' : 'ac1f0990 08080808'}`),
  int(from, 2, false), int(to, 2, false), int(8 + size, 2, false), fromHex('0000'), int(content, 4, false), new Uint8Array(size - 4).fill(0x5a),
]);

export interface TcpFrame {
  readonly sequence: number;
  readonly payload: Uint8Array;
  /** The IP identification. */
  readonly ident?: number;
}

/** Ethernet, IPv4 and TCP from the source to another host, one flow. */
export const tcpFrame = ({ sequence, payload, ident = 0 }: TcpFrame): Uint8Array => concat([
  fromHex('0a0000000001 0ad393e427b2 0800 4500'), int(40 + payload.length, 2, false), int(ident, 2, false), fromHex('4000 4006 0000 ac1f0990 08080808 a000 0050'),
  int(sequence, 4, false), fromHex('00000001 5010 01f6 0000 0000'), payload,
]);

export interface Envelope { readonly vni?: number; readonly port?: number; /** The outer IP identification. */ readonly ident?: number }

/** The frame in VXLAN over UDP, from the source to its mirror's target. */
export const wrapped = (inner: Uint8Array, { vni = 333, port = 4789, ident = 0 }: Envelope = {}): Uint8Array => concat([
  fromHex('0a36d2fc942e 0ad393e427b2 0800 4500'), int(36 + inner.length, 2, false), int(ident, 2, false), fromHex('4000 4011 0000 ac1f0990 ac1f0483 c000'), int(port, 2, false), int(16 + inner.length, 2, false),
  fromHex('0000 08000000'), int(vni, 3, false), fromHex('00'), inner,
]);

/** A packet at so many milliseconds. */
export const at = (milliseconds: number, bytes: Uint8Array): PcapPacket => ({ bytes, seconds: 1_000 + Math.floor(milliseconds / 1e3), fraction: Math.round(milliseconds % 1e3 * 1e3) });

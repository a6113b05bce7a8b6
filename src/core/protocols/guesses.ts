// Protocols that are told by how they begin, on whatever port (Wireshark's heuristic dissectors, those that are on without being asked for).

import type { Probe } from '../dissect/part.ts';
import { u32 } from '../bytes/read.ts';

/** Does a message start with this, character by character? */
function begins(...words: string[]): Probe {
  const all = words.map((word) => Uint8Array.from(word, (c) => c.charCodeAt(0)));
  return (b, at, end) => {
    for (let i = 0; i < all.length; i++) if (startsWith(b, at, end, all[i]!)) return 1;
    return 0;
  };
}

function startsWith(b: Uint8Array, at: number, end: number, word: Uint8Array): boolean {
  if (b[at] !== word[0] || at + word.length > end) return false;
  for (let i = 1; i < word.length; i++) if (b[at + i] !== word[i]) return false;
  return true;
}

/** A call of version 2 of ONC RPC (RFC 5531 section 9). */
const call = (skip: number): Probe => (b, at, end) => Number(at + skip + 24 <= end && u32(b, at + skip + 4) === 0 && u32(b, at + skip + 8) === 2 && u32(b, at + skip + 12) >= 100_000 && u32(b, at + skip + 12) < 0x4000_0000);
const SIP = begins('SIP/2.0 ', 'INVITE sip:', 'REGISTER sip:', 'OPTIONS sip:', 'ACK sip:', 'BYE sip:', 'CANCEL sip:', 'SUBSCRIBE sip:', 'NOTIFY sip:', 'PUBLISH sip:', 'MESSAGE sip:', 'INFO sip:', 'REFER sip:', 'UPDATE sip:', 'PRACK sip:');
/** A magic number that no other message has at its place (RFC 8489 section 5). */
const STUN: Probe = (b, at, end) => Number(at + 20 <= end && b[at]! < 0x40 && u32(b, at + 4) === 0x2112_a442);
/** A record of DTLS with a version there is (RFC 6347 section 4.1). */
const DTLS: Probe = (b, at, end) => Number(at + 13 <= end && b[at]! >= 20 && b[at]! <= 25 && b[at + 1] === 0xfe && (b[at + 2] === 0xff || b[at + 2] === 0xfd));
/** A long header, a fixed bit and a version there is (RFC 9000 section 17.2, RFC 9369). */
const QUIC: Probe = (b, at, end) => Number(at + 7 <= end && (b[at]! & 0xc0) === 0xc0 && (u32(b, at + 1) === 1 || u32(b, at + 1) === 0x6b33_43cf || (u32(b, at + 1) & 0xffff_ff00) >>> 0 === 0xff00_0000));
/** Its first message's type and length are fixed (wireguard.com/protocol). */
export const WIREGUARD: Probe = (b, at, end) => Number(at + 4 <= end && b[at + 1] === 0 && b[at + 2] === 0 && b[at + 3] === 0 && ((b[at] === 1 && end - at === 148) || (b[at] === 2 && end - at === 92)));

/** Novell's own framing puts IPX right behind the length; its checksum of ones is no LLC address. */
const RAW_IPX: Probe = (b, at, end) => Number(at + 2 <= end && b[at] === 0xff && b[at + 1] === 0xff);

export const GUESSES: Readonly<Record<string, Readonly<Record<string, Probe>>>> = {
  ipx: { '802.3': RAW_IPX }, rpc: { 'udp.port': call(0), 'tcp.port': call(4) }, sip: { 'udp.port': SIP, 'tcp.port': SIP }, stun: { 'udp.port': STUN }, dtls: { 'udp.port': DTLS }, quic: { 'udp.port': QUIC }, bittorrent: { 'tcp.port': begins('\x13BitTorrent protocol') },
  'bt-dht': { 'udp.port': begins('d1:ad2:id20:', 'd1:rd2:id20:') },
};

import { u16, u8 } from '../../bytes/read.ts';
import type { PacketView } from './packet-view.ts';
import { ETHERNET, type Inside, IPV4, IPV6 } from './tunnels.ts';

const HEADER = 8;
const NEXT: ReadonlyMap<number, number> = new Map([[1, IPV4], [2, IPV6], [3, ETHERNET]]);
const FIXED_LENGTH = 24;

/** RFC 8300 section 2: a header of four-byte words, then what its next protocol says (decode-nsh.c). False when nothing follows that is read. */
export function readNsh(p: PacketView, at: number, inside: Inside): boolean {
  const { bytes: b, end } = p;
  if (at + HEADER > end) { p.event('nsh.header_too_small'); return false; }
  const size = (u16(b, at) & 0x3f) * 4;
  const kind = u8(b, at + 2) & 0x0f;
  if (u8(b, at) >> 6 !== 0) { p.event('nsh.unsupported_version'); return false; }
  if (at + size >= end) { p.event('nsh.bad_header_length'); return false; }
  if (kind === 0) { p.event('nsh.reserved_type'); return false; }
  if ((kind === 1 && size !== FIXED_LENGTH) || (kind === 2 && size < HEADER)) { p.event('nsh.bad_header_length'); return false; }
  if (kind !== 1 && kind !== 2) { p.event('nsh.unsupported_type'); return false; }
  const next = NEXT.get(u8(b, at + 3));
  if (next === undefined) { p.event('nsh.unknown_payload'); return false; }
  return inside.set(next, at + size);
}

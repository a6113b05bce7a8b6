import { u32, u32le } from '../bytes/read.ts';
import { gap, uint } from '../dissect/field.ts';
import { derived, type Probe } from '../dissect/part.ts';
import type { Layer } from '../dissect/layer.ts';
import { protocol } from '../dissect/protocol.ts';
import { typeWords } from './words.ts';
import { ETHERTYPES } from './numbers/ethertypes.ts';

const FAMILIES = { 2: 'IP', 7: 'OSI', 16: 'Appletalk', 23: 'Netware IPX/SPX', 24: 'IPv6', 28: 'IPv6', 30: 'IPv6' };
const LONGEST_FRAME = 1500; // above it the number is an Ethernet type

/**
 * The family is in the byte order of the host that captured, and some hosts wrote only 16 bits of it into the first or the last two
 * bytes; a small number in one of the readings tells which. Facts: tcpdump.org/linktypes.html (LINKTYPE_NULL) and tshark's answers.
 */
function familyAt(b: Uint8Array, at: number): number {
  const value = u32le(b, at);
  const small = (half: number): boolean => (half & 0xff00) < 0x600;
  const swapped = (half: number): boolean => (half & 0xff) === 0 && (half & 0xff00) < 0x600;
  const turn = (half: number): number => ((half & 0xff) << 8) | (half >>> 8);
  const high = value >>> 16;
  if (high === 0) return swapped(value) ? turn(value) : value;
  if ((high & 0xff00) === 0 && small(high) && (high & 0xff) < 6) return high;
  if ((value & 0xffff) === 0 && swapped(high)) return turn(high);
  return u32(b, at);
}

const family: Probe = (b, at) => { const n = familyAt(b, at); return n > LONGEST_FRAME ? -1 : n; };
const type: Probe = (b, at) => { const n = familyAt(b, at); return n > LONGEST_FRAME ? n : -1; };
const carried: Probe = (b, at) => familyAt(b, at);
const said = (l: Layer): string => l.words('family') || l.words('type');

const spec = {
  label: 'Null/Loopback', reference: 'tcpdump.org/linktypes.html, LINKTYPE_NULL and LINKTYPE_LOOP', column: 'N/A', short: 'Loopback',
  carries: (l: Layer) => (l.has('type') ? typeWords(l, 'type', 'Ethernet type') : typeWords(l, 'family', 'address family')),
  summary: said, info: () => 'Null/Loopback',
};

/** LINKTYPE_NULL: BSD loopback, the address family in the host's byte order. */
export const nullLoopback = protocol('null', {
  ...spec,
  header: [
    derived('family', 'Family', family, { width: 32, span: 4, strings: FAMILIES }),
    derived('type', 'Type', type, { width: 16, display: 'hex', span: 4, strings: ETHERTYPES }),
    derived('carried', 'Carried', carried, { hidden: true, span: 4 }), gap(32),
  ],
  next: { table: 'null.family', keys: ['carried'] },
});

/** LINKTYPE_LOOP: OpenBSD's, always in network byte order. */
export const loop = protocol('loop', {
  ...spec, prefix: 'null', path: 'null',
  header: [uint('family', 32, 'Family', { strings: FAMILIES })],
  next: { table: 'null.family', keys: ['family'] },
});

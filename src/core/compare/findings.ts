// What the pairing leaves open is looked at once more, in the bytes: what kind the packets without a counterpart are, which way they went, and, where
// nothing came through at all, whether envelopes came that were not known as such.

import { FaultError } from '../base/fault.ts';
import { u16, u8 } from '../bytes/read.ts';
import type { ByteSource } from '../bytes/byte-source.ts';
import { ETHERNET_LINK, ETHERTYPE, PROTOCOL, linkPlace, newTransport, transportPlace, type NetworkPlace } from '../mirror/headers.ts';
import { SourceInterface } from '../mirror/source-interface.ts';
import { Frames } from './frames.ts';
import { KIND, kindOf } from './kinds.ts';
import { compared, NONE, type Matching } from './matching.ts';
import { MARK } from './sightings.ts';

export interface Findings {
  /** One of KIND, of each source packet without a pair; 0 of the others. */
  readonly kinds: Uint8Array;
  /** Set when all that came went one way at the source, and nothing that went the other way came. */
  readonly oneWay: 'ingress' | 'egress' | null;
  /** Where nothing came through: UDP ports with packets whose payload looks like VXLAN, and how many. */
  readonly lookalikes: ReadonlyMap<number, number>;
}

/** Looks at what the bytes still say. Rejects with a FaultError when the signal aborts. */
export async function findings(matching: Matching, a: ByteSource, b: ByteSource, signal?: AbortSignal): Promise<Findings> {
  const none = matching.pairOf.every((copy) => copy === NONE);
  return { ...await aboutSource(matching, a, signal), lookalikes: none ? await lookalikes(matching, b, signal) : new Map() };
}

const SAMPLES = 512; //  of those that came, and of those that did not
const ENOUGH = 8;
const HEADERS = 96; //   bytes

async function aboutSource({ a: scan, pairOf }: Matching, source: ByteSource, signal: AbortSignal | undefined): Promise<Pick<Findings, 'kinds' | 'oneWay'>> {
  const { columns: c, count } = scan;
  const kinds = new Uint8Array(count);
  const step = Math.max(1, Math.floor(count / SAMPLES));
  const came: Uint8Array[] = [], missed: Uint8Array[] = [];
  await eachFrame(source, scan, (row) => compared(c.marks[row]!) && (pairOf[row] === NONE || row % step === 0), (row, { bytes, at, net, have }) => {
    const head = (): Uint8Array => bytes.slice(at, at + Math.min(have, HEADERS));
    const ethernet = (c.marks[row]! & MARK.ethernet) !== 0;
    if (pairOf[row] !== NONE) { if (ethernet) came.push(head()); return; }
    kinds[row] = kindOf(bytes, at + net, at + have, c.type[row]!);
    if (kinds[row] === KIND.plain && missed.length < SAMPLES && ethernet) missed.push(head());
  }, signal);
  return { kinds, oneWay: oneWay(came, missed) };
}

/** Which way everything went that came, where all the rest went the other way. */
function oneWay(came: readonly Uint8Array[], missed: readonly Uint8Array[]): Findings['oneWay'] {
  if (came.length < ENOUGH || missed.length < ENOUGH) return null;
  const face = new SourceInterface();
  for (const head of [...came, ...missed]) face.see(head, 0, head.length, ETHERNET_LINK);
  const direction = face.directionOf();
  const place: NetworkPlace = { net: 0, type: 0 };
  const ways = (heads: readonly Uint8Array[]): Set<string> => new Set(heads.map((head) => (linkPlace(head, 0, head.length, ETHERNET_LINK, place) ? direction(head, 0, place) : 'unknown')));
  const [way, ...others] = ways(came);
  const missing = ways(missed);
  return others.length === 0 && (way === 'ingress' || way === 'egress') && !missing.has(way) && !missing.has('unknown') ? way : null;
}

/** VXLAN to another port: the flags, the reserved bytes, and an Ethernet frame of a known kind behind them (RFC 7348 section 5). */
async function lookalikes({ b: scan }: Matching, source: ByteSource, signal: AbortSignal | undefined): Promise<Map<number, number>> {
  const { columns: c } = scan;
  const ports = new Map<number, number>();
  const t = newTransport();
  await eachFrame(source, scan, (row) => compared(c.marks[row]!) && c.depth[row] === 0 && c.protocol[row] === PROTOCOL.udp, (row, { bytes, at, net, have }) => {
    const end = at + have;
    if (!transportPlace(bytes, at + net, end, c.type[row]!, t) || t.fragment > 0 || t.at + 8 + 8 + 14 > end || !isVxlan(bytes, t.at + 8)) return;
    const port = u16(bytes, t.at + 2);
    ports.set(port, (ports.get(port) ?? 0) + 1);
  }, signal);
  return ports;
}

const INNER: ReadonlySet<number> = new Set([ETHERTYPE.ipv4, ETHERTYPE.ipv6, ETHERTYPE.arp, 0x8100, 0x88a8]);
const isVxlan = (b: Uint8Array, at: number): boolean => u8(b, at) === 0x08 && u8(b, at + 1) === 0 && u16(b, at + 2) === 0 && u8(b, at + 7) === 0 && INNER.has(u16(b, at + 8 + 12));

async function eachFrame(source: ByteSource, scan: Matching['a'], wanted: (row: number) => boolean, act: (row: number, place: Frames['place']) => void, signal: AbortSignal | undefined): Promise<void> {
  const frames = new Frames(source, scan);
  try {
    for (let row = 0; row < scan.count; row++) {
      if (row % 4096 === 0 && signal?.aborted === true) throw new FaultError({ code: 'cancelled', what: 'The comparison was cancelled', next: 'Start it again when you like.' });
      if (wanted(row) && (frames.has(row) || await frames.load(row))) act(row, frames.place);
    }
  } finally { await frames.close(); }
}

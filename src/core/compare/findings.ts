// What the pairing leaves open is looked at once more, in the bytes: what kind the packets without a counterpart are, which way they went, and, where
// nothing came through at all, whether envelopes came that were not known as such.

import { u16 } from '../bytes/read.ts';
import type { ByteSource } from '../bytes/byte-source.ts';
import { ETHERNET_LINK, PROTOCOL, linkPlace, newTransport, transportPlace, type NetworkPlace } from '../mirror/headers.ts';
import { KIND, kindOf } from '../mirror/kinds.ts';
import { SourceInterface } from '../mirror/source-interface.ts';
import { IntSet } from './groups.ts';
import { eachHead, isVxlan } from './heads.ts';
import { NONE, type Matching } from './matching.ts';
import { MARK } from './sightings.ts';
import { strangers, type Strangers } from './strangers.ts';
import type { Watch } from './watch.ts';

export interface Findings {
  /** One of KIND, of each source packet without a pair; 0 of the others. */
  readonly kinds: Uint8Array;
  /** Set when all that came went one way at the source, and nothing that went the other way came. */
  readonly oneWay: 'ingress' | 'egress' | null;
  /** Where nothing came through: UDP ports with packets whose payload looks like VXLAN, and how many. */
  readonly lookalikes: ReadonlyMap<number, number>;
  /** Whose the packets are that only the appliance has. */
  readonly strangers: Strangers;
}

/** Looks at what the bytes still say. Rejects with a FaultError when the signal aborts. */
export async function findings(matching: Matching, a: ByteSource, b: ByteSource, asked: { vni: number | null; wrapped: boolean }, watch: Watch): Promise<Findings> {
  const none = matching.pairOf.every((copy) => copy === NONE);
  return { ...await aboutSource(matching, a, watch), lookalikes: none ? await lookalikes(matching, b, watch) : new Map(), strangers: await strangers(matching, a, b, asked, watch) };
}

const SAMPLES = 512; //  of those that came, and of those that did not
const ENOUGH = 8;

/** Packets of a flow that came otherwise just got lost: they are not asked. */
async function aboutSource({ a: scan, pairOf }: Matching, source: ByteSource, watch: Watch): Promise<Pick<Findings, 'kinds' | 'oneWay'>> {
  const { columns: c, count } = scan;
  const kinds = new Uint8Array(count);
  const flows = new IntSet();
  for (let row = 0; row < count; row++) if (pairOf[row] !== NONE) flows.add(c.flow[row]!);
  const missed: Uint8Array[] = [], came: Uint8Array[] = [];
  const isEthernet = (row: number): boolean => (c.marks[row]! & MARK.ethernet) !== 0;
  await eachHead(source, scan, (row) => pairOf[row] === NONE && !flows.has(c.flow[row]!), (row, head) => {
    kinds[row] = kindOf(head, c.net[row]!, head.length, c.type[row]!);
    if (kinds[row] === KIND.plain && missed.length < SAMPLES && isEthernet(row)) missed.push(head);
  }, watch);
  const step = Math.max(1, Math.floor(count / SAMPLES));
  if (missed.length >= ENOUGH) await eachHead(source, scan, (row) => row % step === 0 && pairOf[row] !== NONE && isEthernet(row), (_, head) => { came.push(head); }, watch);
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
async function lookalikes({ b: scan }: Matching, source: ByteSource, watch: Watch): Promise<Map<number, number>> {
  const { columns: c } = scan;
  const ports = new Map<number, number>();
  const t = newTransport();
  await eachHead(source, scan, (row) => c.depth[row] === 0 && c.protocol[row] === PROTOCOL.udp, (row, head) => {
    if (!transportPlace(head, c.net[row]!, head.length, c.type[row]!, t) || t.fragment > 0 || t.at + 8 + 8 + 14 > head.length || !isVxlan(head, t.at + 8)) return;
    const port = u16(head, t.at + 2);
    ports.set(port, (ports.get(port) ?? 0) + 1);
  }, watch);
  return ports;
}

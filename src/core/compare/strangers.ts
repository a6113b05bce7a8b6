// Whose the packets are that only the appliance has, as their way and their headers say: another source's mirror, control traffic, what is no envelope
// though it looks like one, and traffic on the appliance's wire that no mirror brought.

import type { ByteSource } from '../bytes/byte-source.ts';
import { u16, u8 } from '../bytes/read.ts';
import { ETHERNET_LINK, ETHERTYPE, newTransport, PROTOCOL, transportPlace } from '../mirror/headers.ts';
import { CONTROL, CONTROLS, controlOf } from '../mirror/control.ts';
import { macKey, SourceInterface } from '../mirror/source-interface.ts';
import { NO_RUNG } from './content-hash.ts';
import { IntSet } from './groups.ts';
import { eachHead, isVxlan } from './heads.ts';
import { compared, NONE, ROLE, type Matching } from './matching.ts';
import { Rewritten, type Rewrite } from './rewritten.ts';
import { hex, MARK, type Path, type SightingColumns } from './sightings.ts';
import type { Watch } from './watch.ts';

/** What a packet is that only the appliance has. Numbers from `control` on are that and a number in CONTROLS. */
export const STRANGER = {
  none: 0, otherMirror: 1, sameWay: 2, notAsked: 3, head: 4, tail: 5, fragment: 6, noFrame: 7, otherPort: 8, rewritten: 9, appliances: 10, sources: 11, others: 12, unknown: 13, short: 14, otherInterface: 15, conversation: 16, fromSource: 17, toSource: 18, foreign: 19, otherHost: 20, control: 32,
} as const;

export interface Strangers {
  /** One of STRANGER, of each packet of the appliance that has no counterpart; 0 of the others. */
  readonly kinds: Uint8Array;
  /** By row, the source packet of the same payload. */
  readonly rewrites: ReadonlyMap<number, Rewrite>;
}

/** The ways that packets of this source came, by number. */
export function waysOf({ b, pairOf }: Matching): ReadonlySet<number> {
  const ways = new Set<number>();
  for (const copy of pairOf) if (copy !== NONE) ways.add(b.columns.path[copy]!);
  return ways;
}

/** The capture interfaces that packets of this source came at, by number. */
export function interfacesOf({ b, pairOf }: Matching): ReadonlySet<number> {
  const interfaces = new Set<number>();
  for (const copy of pairOf) if (copy !== NONE) interfaces.add(b.columns.iface[copy]!);
  return interfaces;
}

/** Looks at each. `vni`: the one that counts as the mirror's, or null; `wrapped`: the appliance's capture has envelopes that the source's has not. Rejects with a FaultError when the signal aborts. */
export async function strangers(matching: Matching, a: ByteSource, b: ByteSource, { vni, wrapped }: { vni: number | null; wrapped: boolean }, watch: Watch): Promise<Strangers> {
  const { b: scan, roleOf } = matching;
  const { columns: c, count, paths } = scan;
  const kinds = new Uint8Array(count);
  const ways = waysOf(matching);
  let bare = 0;
  for (let row = 0; row < count; row++) {
    if (roleOf[row] !== ROLE.none || (c.marks[row]! & MARK.outside) !== 0) continue;
    kinds[row] = isCutEarly(c, row) ? STRANGER.short : byWay(c.marks[row]!, paths[c.path[row]!]!, ways.has(c.path[row]!), vni);
    if (kinds[row] === STRANGER.unknown) bare++;
  }
  if (bare > 0) {
    const wire = await Wire.of(matching, a, b, ways, wrapped, watch);
    await eachHead(b, scan, (row) => kinds[row] === STRANGER.unknown, (row, head) => { kinds[row] = wire.kindOf(row, head, c.net[row]!, c.type[row]!, c.payload[row]!); }, watch);
    wire.connections(kinds);
  }
  for (const [row, pieces] of scan.pieces) { // the fragments of one envelope are what it is
    if (kinds[row] !== STRANGER.none) for (const { packet } of pieces) if (kinds[packet - 1] !== STRANGER.none) kinds[packet - 1] = kinds[row]!;
  }
  const rewrites = await new Rewritten(matching, (row) => kinds[row] !== STRANGER.none && kinds[row]! < STRANGER.control && kinds[row] !== STRANGER.otherMirror && kinds[row] !== STRANGER.notAsked).find(a, b, watch);
  for (const row of rewrites.keys()) kinds[row] = STRANGER.rewritten;
  return { kinds, rewrites };
}

/** Cut by the capture before the header that says what it is; of a fragment more is known. */
export const isCutEarly = ({ have, wire, top, marks }: SightingColumns, row: number): boolean => top[row] === NO_RUNG && have[row]! < wire[row]! && (marks[row]! & (MARK.tail | MARK.member | MARK.partial)) === 0;

/** What the marks and the way say alone. */
function byWay(marks: number, { vnis }: Path, known: boolean, vni: number | null): number {
  if ((marks & MARK.tail) !== 0) return STRANGER.unknown;
  if (vnis.length === 0) return (marks & MARK.member) !== 0 ? STRANGER.head : STRANGER.unknown;
  if (vni !== null && !vnis.includes(vni)) return STRANGER.notAsked;
  if ((marks & (MARK.partial | MARK.member)) !== 0) return STRANGER.head;
  return known ? STRANGER.sameWay : STRANGER.otherMirror;
}

const SAMPLES = 256;
const MOST_CONNECTIONS = 1 << 16;
const ENVELOPE = 20 + 8 + 8 + 14; // IPv4, UDP, VXLAN, Ethernet
const ENVELOPE_PORTS: ReadonlySet<number> = new Set([4789, 4790, 6081]);

/** Who is who on the appliance's wire. */
class Wire {
  readonly #targets = new Set<string>();
  readonly #envelopeEnds = new Set<string>();
  #mac = -1;
  /** Where no envelopes tell whose a packet is, its conversation and the interface do. */
  #flows: IntSet | null = null;
  #interfaces: ReadonlySet<number> = new Set();
  #sourceMac = -1;
  readonly #sources = new Set<string>();
  readonly #t = newTransport();
  readonly #connections = new Map<string, { rows: number[]; opened: boolean; data: boolean }>();
  readonly #matching: Matching;

  private constructor(matching: Matching) { this.#matching = matching; }

  static async of(matching: Matching, a: ByteSource, b: ByteSource, ways: ReadonlySet<number>, wrapped: boolean, watch: Watch): Promise<Wire> {
    const wire = new Wire(matching);
    const { b: { columns: c, count, paths, interfaces }, a: left } = matching;
    for (const { ends: [from, to] } of paths) if (from !== undefined && to !== undefined) { if (wrapped) wire.#targets.add(to); wire.#envelopeEnds.add(from + to); }
    for (let row = 0; wrapped && row < count; row++) {
      if (c.depth[row] === 0 || (ways.size > 0 && !ways.has(c.path[row]!)) || interfaces[c.iface[row]!]!.linkType !== ETHERNET_LINK || (c.marks[row]! & MARK.assembled) !== 0) continue;
      const mac = await b.slice(c.fileOffset[row]!, c.fileOffset[row]! + 6);
      if (mac.length === 6) wire.#mac = macKey(mac, 0);
      break;
    }
    const face = new SourceInterface();
    const step = Math.max(1, Math.floor(left.count / SAMPLES));
    await eachHead(a, left, (row) => row % step === 0 && (left.columns.marks[row]! & MARK.ethernet) !== 0, (_, head) => { face.see(head, 0, head.length, ETHERNET_LINK); }, watch);
    for (const address of [face.address(4), face.address(16)]) if (address !== null) wire.#sources.add(hex(address, 0, address.length));
    for (const own of wire.#targets) wire.#sources.delete(own); // a source that is its own appliance
    if (!wrapped) {
      wire.#interfaces = interfacesOf(matching);
      wire.#sourceMac = await macOfCopies(matching, b, face.mac(), watch);
      wire.#flows = new IntSet();
      for (let row = 0; row < left.count; row++) if (compared(left.columns.marks[row]!)) wire.#flows.add(left.columns.flow[row]!);
    }
    return wire;
  }

  /** Of a packet without an envelope, its first bytes in `b`. */
  kindOf(row: number, b: Uint8Array, net: number, type: number, payload: number): number {
    const t = this.#t;
    const c = this.#matching.b.columns, marks = c.marks[row]!, isCut = c.have[row]! < c.wire[row]! && c.have[row]! < net + ENVELOPE;
    const control = controlOf(b, 0, net, b.length, type);
    if (control !== CONTROL.none) return STRANGER.control + control;
    const ip = transportPlace(b, net, b.length, type, t);
    const at = type === ETHERTYPE.ipv4 ? net + 12 : net + 8, width = type === ETHERTYPE.ipv4 ? 4 : 16;
    const from = ip ? hex(b, at, at + width) : '', to = ip ? hex(b, at + width, at + 2 * width) : '';
    if ((marks & MARK.tail) !== 0) return this.#envelopeEnds.has(from + to) ? STRANGER.tail : STRANGER.fragment;
    if (ip && t.fragment === 0 && t.protocol === PROTOCOL.udp && t.at + 4 <= b.length) {
      if (ENVELOPE_PORTS.has(u16(b, t.at + 2))) return isCut ? STRANGER.short : STRANGER.noFrame;
      if (t.at + 30 <= b.length && isVxlan(b, t.at + 8)) return STRANGER.otherPort;
    }
    if (this.#flows !== null) return this.#bare(row, b, net, from, to);
    if (this.#sources.has(from) || this.#sources.has(to)) return STRANGER.sources;
    if (this.#targets.has(from) || this.#targets.has(to) || (this.#mac >= 0 && net >= 14 && (macKey(b, 0) === this.#mac || macKey(b, 6) === this.#mac))) {
      if (ip && t.protocol === PROTOCOL.tcp && t.fragment === 0 && t.at + 14 <= b.length) this.#connection(row, [from + u16(b, t.at), to + u16(b, t.at + 2)].sort().join(), u8(b, t.at + 13), payload);
      return STRANGER.appliances;
    }
    return this.#targets.size === 0 ? STRANGER.unknown : STRANGER.others;
  }

  /** Of a packet in a capture that was decapsulated, or of a tap: the closest that it has to the source's. */
  #bare(row: number, b: Uint8Array, net: number, from: string, to: string): number {
    const { columns: c } = this.#matching.b;
    const isKnown = this.#flows!.has(c.flow[row]!);
    if (this.#interfaces.size > 0 && !this.#interfaces.has(c.iface[row]!)) return STRANGER.otherInterface;
    if (this.#sourceMac >= 0 && net >= 14 && macKey(b, 0) !== this.#sourceMac && macKey(b, 6) !== this.#sourceMac && (isKnown || this.#sources.has(from) || this.#sources.has(to))) return STRANGER.otherHost;
    if (isKnown) return STRANGER.conversation;
    if (this.#sources.has(from)) return STRANGER.fromSource;
    if (this.#sources.has(to)) return STRANGER.toSource;
    return this.#sources.size > 0 && from !== '' ? STRANGER.foreign : STRANGER.unknown;
  }

  #connection(row: number, key: string, flags: number, payload: number): void {
    let known = this.#connections.get(key);
    if (known === undefined) {
      if (this.#connections.size >= MOST_CONNECTIONS) return;
      this.#connections.set(key, known = { rows: [], opened: false, data: false });
    }
    known.data ||= payload > 0;
    known.opened ||= (flags & 0x02) !== 0; // SYN
    if (known.data) known.rows.length = 0;
    else known.rows.push(row);
  }

  /** Connections in which nothing was sent. */
  connections(kinds: Uint8Array): void {
    for (const { rows, opened } of this.#connections.values()) if (opened) for (const row of rows) kinds[row] = STRANGER.control + CONTROL.emptyConnection;
  }
}

const COPIES = 64;

/** The source's MAC address as a number, where its packets have it at the appliance too; -1 where that capture has others, or none. */
async function macOfCopies({ b: scan, pairOf }: Matching, b: ByteSource, mac: Uint8Array | null, watch: Watch): Promise<number> {
  if (mac === null) return -1;
  const own = macKey(mac, 0), wanted = new Set<number>();
  for (const copy of pairOf) if (copy !== NONE && (scan.columns.marks[copy]! & MARK.ethernet) !== 0 && wanted.size < COPIES) wanted.add(copy);
  let having = 0;
  await eachHead(b, scan, (row) => wanted.has(row), (_, head) => { if (head.length >= 12 && (macKey(head, 0) === own || macKey(head, 6) === own)) having++; }, watch);
  return having > wanted.size / 2 ? own : -1;
}

const WORDS: Readonly<Record<number, string>> = {
  [STRANGER.otherMirror]: 'of another source’s mirror', [STRANGER.sameWay]: 'that came the source’s own way', [STRANGER.notAsked]: 'of other VNIs', [STRANGER.head]: 'of an envelope that came in part',
  [STRANGER.tail]: 'of an envelope whose beginning did not arrive (fragments)', [STRANGER.fragment]: 'of a packet whose beginning did not arrive (fragments)', [STRANGER.noFrame]: 'to an envelope’s port without a frame in them',
  [STRANGER.otherPort]: 'that look like VXLAN to another port', [STRANGER.rewritten]: 'with a source packet’s payload and other addresses or ports (NAT)', [STRANGER.appliances]: 'direct traffic of the appliance’s own',
  [STRANGER.sources]: 'direct from or to the source, which its capture does not have', [STRANGER.others]: 'direct traffic of others', [STRANGER.unknown]: 'without an envelope', [STRANGER.short]: 'of which too little was captured (snaplen)',
  [STRANGER.otherInterface]: 'that came at another interface than the source’s', [STRANGER.conversation]: 'of conversations that the source’s capture has', [STRANGER.fromSource]: 'from the source’s address, of conversations that its capture does not have',
  [STRANGER.toSource]: 'to the source’s address, of conversations that its capture does not have', [STRANGER.otherHost]: 'with the source’s address and another host’s MAC address', [STRANGER.foreign]: 'between other addresses than the source’s',
};

/** "control traffic (ARP)", "of another source’s mirror": goes on "17 packets". */
export const strangerWords = (kind: number): string => (kind >= STRANGER.control ? `control traffic (${CONTROLS[kind - STRANGER.control]!.name})` : WORDS[kind] ?? 'without a counterpart');

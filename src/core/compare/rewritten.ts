// Packets whose addresses or ports were rewritten on their way (NAT): they are no copies, and no content pairs them; but their payload is a source packet's.

import type { ByteSource } from '../bytes/byte-source.ts';
import { u8 } from '../bytes/read.ts';
import { ETHERTYPE, newTransport, PROTOCOL, transportPlace, type Transport } from '../mirror/headers.ts';
import { eachHead } from './heads.ts';
import type { Matching } from './matching.ts';
import { hex } from './sightings.ts';
import type { Watch } from './watch.ts';

/** The source packet of the same payload (a row), and Wireshark's names of the fields that differ. */
export interface Rewrite { readonly row: number; readonly fields: readonly string[] }

const MOST = 1 << 12; //        packets that are looked at
const MOST_READ = 1 << 14; //   source packets of their size and protocol, read for them
const LEAST_PAYLOAD = 8;

interface Head { readonly row: number; readonly bytes: Uint8Array; readonly net: number; readonly type: number; readonly at: number }

export class Rewritten {
  readonly #matching: Matching;
  readonly #wanted: (row: number) => boolean;
  readonly #t: Transport = newTransport();

  /** `wanted`: packets of the appliance that have no counterpart. */
  constructor(matching: Matching, wanted: (row: number) => boolean) { this.#matching = matching; this.#wanted = wanted; }

  /** By the appliance's row. Nothing where it would take reading too much. Rejects with a FaultError when the signal aborts. */
  async find(a: ByteSource, b: ByteSource, watch: Watch): Promise<Map<number, Rewrite>> {
    const found = new Map<number, Rewrite>();
    const { a: { columns: left, count }, b: right } = this.#matching;
    const sizes = new Set<number>();
    let rows = 0;
    for (let row = 0; row < right.count && rows <= MOST; row++) if (this.#wanted(row) && isAsked(right.columns.protocol[row]!)) { rows++; sizes.add(sizeKey(right.columns.size[row]!, right.columns.protocol[row]!)); }
    if (rows === 0 || rows > MOST) return found;
    const fits = (row: number): boolean => isAsked(left.protocol[row]!) && sizes.has(sizeKey(left.size[row]!, left.protocol[row]!));
    let reads = 0;
    for (let row = 0; row < count && reads <= MOST_READ; row++) if (fits(row)) reads++;
    if (reads === 0 || reads > MOST_READ) return found;
    const known = new Map<string, Head[]>();
    await eachHead(a, this.#matching.a, fits, (row, bytes) => {
      const head = this.#head(row, bytes, left.net[row]!, left.type[row]!);
      const key = head === null ? null : keyOf(head, left.size[row]!, left.protocol[row]!);
      if (head === null || key === null) return;
      const list = known.get(key);
      if (list === undefined) known.set(key, [head]);
      else list.push(head);
    }, watch);
    await eachHead(b, right, (row) => this.#wanted(row) && isAsked(right.columns.protocol[row]!), (row, bytes) => {
      const head = this.#head(row, bytes, right.columns.net[row]!, right.columns.type[row]!);
      const key = head === null ? null : keyOf(head, right.columns.size[row]!, right.columns.protocol[row]!);
      if (head === null || key === null) return;
      const list = known.get(key);
      const same = list !== undefined && list.length > 1 ? list.shift() : list?.[0]; // of identical ones each in its turn
      const fields = same === undefined ? [] : changes(same, head, right.columns.protocol[row]!);
      if (same !== undefined && fields.length > 0) found.set(row, { row: same.row, fields });
    }, watch);
    return found;
  }

  #head(row: number, bytes: Uint8Array, net: number, type: number): Head | null {
    const t = this.#t;
    return transportPlace(bytes, net, bytes.length, type, t) && t.fragment === 0 ? { row, bytes, net, type, at: t.at } : null;
  }
}

const isAsked = (protocol: number): boolean => protocol === PROTOCOL.tcp || protocol === PROTOCOL.udp || protocol === PROTOCOL.icmp;
const sizeKey = (size: number, protocol: number): number => size * 256 + protocol;

/** What a translation leaves: the kind, the size and the payload's beginning; null where there is too little. */
function keyOf({ bytes, at }: Head, size: number, protocol: number): string | null {
  const from = at + (protocol === PROTOCOL.tcp ? at + 13 <= bytes.length ? (u8(bytes, at + 12) >> 4) * 4 : bytes.length : 8);
  return bytes.length - from < LEAST_PAYLOAD ? null : `${size} ${protocol} ${hex(bytes, from, Math.min(bytes.length, from + 64))}`;
}

/** Addresses, ports and the hop limit. Nothing where no address and no port differs. */
function changes(a: Head, b: Head, protocol: number): string[] {
  if (a.type !== b.type) return [];
  const v4 = a.type === ETHERTYPE.ipv4, width = v4 ? 4 : 16, from = v4 ? 12 : 8, name = v4 ? 'ip' : 'ipv6';
  const ports = protocol === PROTOCOL.tcp ? 'tcp' : 'udp';
  const differs = (p: number, q: number, length: number): boolean => hex(a.bytes, p, p + length) !== hex(b.bytes, q, q + length);
  const named: [string, boolean][] = [[`${name}.src`, differs(a.net + from, b.net + from, width)], [`${name}.dst`, differs(a.net + from + width, b.net + from + width, width)]];
  if (protocol === PROTOCOL.icmp) named.push(['icmp.ident', differs(a.at + 4, b.at + 4, 2)]);
  else named.push([`${ports}.srcport`, differs(a.at, b.at, 2)], [`${ports}.dstport`, differs(a.at + 2, b.at + 2, 2)]);
  const fields = named.filter(([, changed]) => changed).map(([field]) => field);
  const hops = v4 ? 8 : 7;
  return fields.length > 0 && differs(a.net + hops, b.net + hops, 1) ? [...fields, v4 ? 'ip.ttl' : 'ipv6.hlim'] : fields;
}

import { linkTypeName } from '../capture/link-types.ts';
import { Mark, NO_VNI, type PacketColumns } from '../table/packet-columns.ts';
import type { PacketTable } from '../table/packet-table.ts';
import { PassingTable } from '../table/passing-table.ts';
import { protocolText } from '../table/protocol-names.ts';

/** Packets and bytes on the wire. */
export interface Share { readonly packets: number; readonly bytes: number }

/** A capture in numbers, as `vxlens stats --json` prints it. Bytes are those on the wire, envelope included. */
export interface Summary {
  readonly file: string;
  readonly format: string;
  readonly packets: number;
  readonly bytes: number;
  /** Unix times of the earliest and the latest packet, in seconds; null where no packet has a time. */
  readonly first: number | null;
  readonly last: number | null;
  /** Packets of which the capture kept a part. */
  readonly truncated: number;
  /** Packets by the name of their link type. */
  readonly linkTypes: Readonly<Record<string, number>>;
  /** Packets by what the innermost stack's Protocol column says. */
  readonly protocols: Readonly<Record<string, number>>;
  /** Packets by the number of envelopes around them. */
  readonly levels: Readonly<Record<string, number>>;
  /** By the VNI of the innermost envelope. */
  readonly vnis: Readonly<Record<string, Share>>;
  /** Addresses that an envelope came from or went to, in ascending order. */
  readonly tunnelEndpoints: readonly string[];
  /** Conversations of the innermost stacks: two ends, an IP protocol and a way in through envelopes. */
  readonly conversations: number;
}

const RECENT = 64;

/** What one pass over the columns counts. */
class Count {
  bytes = 0;
  truncated = 0;
  timed = 0;
  firstSeconds = 0;
  firstNanoseconds = 0;
  lastSeconds = 0;
  lastNanoseconds = 0;
  readonly interfaces = new Uint32Array(1 << 16);
  readonly protocols = new Uint32Array(1 << 16); // by number of protocol-names.ts
  readonly levels = new Uint32Array(256);
  readonly vnis = new Map<number, { packets: number; bytes: number }>();
  /** By address number: 1 for an end of an envelope. */
  endpoints = new Uint8Array(1 << 10);
  readonly #recent: { vni: number; packets: number; bytes: number }[] = Array.from({ length: RECENT }, () => ({ vni: NO_VNI, packets: 0, bytes: 0 }));

  segment(c: PacketColumns, rows: number, addresses: number): void {
    if (addresses > this.endpoints.length) {
      const { endpoints } = this;
      this.endpoints = new Uint8Array(addresses * 2);
      this.endpoints.set(endpoints);
    }
    const { protocols, levels, endpoints, interfaces } = this;
    for (let row = 0; row < rows; row++) {
      const origlen = c.origlen[row]!;
      const marks = c.marks[row]!;
      this.bytes += origlen;
      if ((marks & Mark.CUT) !== 0) this.truncated++;
      protocols[c.protocol[row]!]!++;
      levels[c.depth[row]!]!++;
      interfaces[c.iface[row]!]!++;
      if ((marks & Mark.NO_TIME) === 0) this.#time(c.seconds[row]!, c.nanoseconds[row]!);
      if (c.depth[row] !== 0) endpoints[c.outerSource[row]!] = endpoints[c.outerDestination[row]!] = 1;
      const vni = c.vni[row]!;
      if (vni === NO_VNI) continue;
      const share = this.#recent[vni % RECENT]!; // a look into the map only where two VNIs share a place
      if (share.vni !== vni) { this.#settle(share); share.vni = vni; share.packets = share.bytes = 0; }
      share.packets++;
      share.bytes += origlen;
    }
  }

  /** Brings what was counted lately into the map. */
  end(): void {
    for (const share of this.#recent) { this.#settle(share); share.packets = share.bytes = 0; }
  }

  #settle({ vni, packets, bytes }: { vni: number; packets: number; bytes: number }): void {
    if (packets === 0) return;
    const share = this.#share(vni);
    share.packets += packets;
    share.bytes += bytes;
  }

  #share(vni: number): { packets: number; bytes: number } {
    let share = this.vnis.get(vni);
    if (!share) this.vnis.set(vni, share = { packets: 0, bytes: 0 });
    return share;
  }

  #time(seconds: number, nanoseconds: number): void {
    const early = seconds < this.firstSeconds || (seconds === this.firstSeconds && nanoseconds < this.firstNanoseconds);
    const late = seconds > this.lastSeconds || (seconds === this.lastSeconds && nanoseconds > this.lastNanoseconds);
    if (early || this.timed === 0) { this.firstSeconds = seconds; this.firstNanoseconds = nanoseconds; }
    if (late || this.timed === 0) { this.lastSeconds = seconds; this.lastNanoseconds = nanoseconds; }
    this.timed++;
  }

  get first(): number | null { return this.timed === 0 ? null : this.firstSeconds + this.firstNanoseconds / 1e9; }
  get last(): number | null { return this.timed === 0 ? null : this.lastSeconds + this.lastNanoseconds / 1e9; }
}

/** Most packets first; equal ones by name. */
const ranked = (entries: readonly (readonly [string, number])[]): Record<string, number> =>
  Object.fromEntries([...entries].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : a > b ? 1 : 0)));

/** The numbers at which a count is not 0, with their names; those of one name are one. */
function counted(counts: Uint32Array, name: (n: number) => string): [string, number][] {
  const sums = new Map<string, number>();
  counts.forEach((packets, n) => { if (packets > 0) sums.set(name(n), (sums.get(name(n)) ?? 0) + packets); });
  return [...sums];
}

/** Counts a capture while it is indexed into `table`, segment by segment, so that a capture of any size takes the memory of one. */
export class Summariser {
  readonly table: PacketTable;
  readonly #count = new Count();

  constructor() { this.table = new PassingTable((columns, rows) => { this.#count.segment(columns, rows, this.table.addresses.count); }); }

  /** Once the table is closed. Where the index has no name for a protocol, the link type's stands for it. */
  summary(file: { readonly name: string; readonly format: string }): Summary {
    const { table } = this;
    const count = this.#count;
    count.end();
    const ranks = table.addresses.ranks();
    const endpoints = [...count.endpoints.keys()].filter((id) => count.endpoints[id] === 1).sort((a, b) => ranks[a]! - ranks[b]!);
    return {
      file: file.name, format: file.format, packets: table.count, bytes: count.bytes, first: count.first, last: count.last, truncated: count.truncated,
      linkTypes: ranked(counted(count.interfaces, (iface) => linkTypeName(table.interfaces[iface]!.linkType))),
      protocols: ranked(counted(count.protocols, (n) => protocolText(n) || 'Unknown')),
      levels: Object.fromEntries(counted(count.levels, String)),
      vnis: Object.fromEntries([...count.vnis].sort(([a], [b]) => a - b)),
      tunnelEndpoints: endpoints.map((id) => table.addresses.text(id)).filter((text) => text !== ''),
      conversations: table.flows.count,
    };
  }
}

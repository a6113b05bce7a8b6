import { linkTypeName } from '../capture/link-types.ts';
import { Mark, NO_VNI, SEGMENT_ROWS, type PacketColumns } from '../table/packet-columns.ts';
import type { PacketTable } from '../table/packet-table.ts';
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
  readonly endpoints = new Set<number>();

  segment(c: PacketColumns, rows: number): void {
    const { protocols, levels, endpoints, interfaces } = this;
    let vni = NO_VNI; // packets of one VNI come in runs: a look into the map for each run only
    let share: { packets: number; bytes: number } | undefined;
    for (let row = 0; row < rows; row++) {
      const origlen = c.origlen[row]!;
      const marks = c.marks[row]!;
      this.bytes += origlen;
      if ((marks & Mark.CUT) !== 0) this.truncated++;
      protocols[c.protocol[row]!]!++;
      levels[c.depth[row]!]!++;
      interfaces[c.iface[row]!]!++;
      if ((marks & Mark.NO_TIME) === 0) this.#time(c.seconds[row]!, c.nanoseconds[row]!);
      if (c.depth[row] !== 0) { endpoints.add(c.outerSource[row]!); endpoints.add(c.outerDestination[row]!); }
      if (c.vni[row] === NO_VNI) continue;
      if (c.vni[row] !== vni || !share) { vni = c.vni[row]!; share = this.#share(vni); }
      share.packets++;
      share.bytes += origlen;
    }
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

/** One pass over the columns. Where the index has no name for a protocol, the link type's stands for it. */
export function summarise(table: PacketTable, file: { readonly name: string; readonly format: string }): Summary {
  const count = new Count();
  table.segments.forEach((c, segment) => count.segment(c, Math.min(SEGMENT_ROWS, table.count - segment * SEGMENT_ROWS)));
  const ranks = table.addresses.ranks();
  return {
    file: file.name, format: file.format, packets: table.count, bytes: count.bytes, first: count.first, last: count.last,
    truncated: count.truncated, linkTypes: ranked(counted(count.interfaces, (iface) => linkTypeName(table.interfaces[iface]!.linkType))), protocols: ranked(counted(count.protocols, (n) => protocolText(n) || 'Unknown')),
    levels: Object.fromEntries(counted(count.levels, String)),
    vnis: Object.fromEntries([...count.vnis].sort(([a], [b]) => a - b)),
    tunnelEndpoints: [...count.endpoints].sort((a, b) => ranks[a]! - ranks[b]!).map((id) => table.addresses.text(id)).filter((text) => text !== ''),
    conversations: table.flows.count,
  };
}

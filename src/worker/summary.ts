// What can be said of a capture as a whole, from its columns.

import type { Fault } from '../core/base/fault.ts';
import { linkTypeName } from '../core/capture/link-types.ts';
import { Mark, NO_VNI, SEGMENT_ROWS } from '../core/table/packet-columns.ts';
import type { PacketTable } from '../core/table/packet-table.ts';
import type { CaptureSummary, Role } from './protocol.ts';
import type { OpenSession } from './session.ts';

/** VNIs that are named; a hostile capture has millions. */
const MOST_VNIS = 32;

interface Counts { readonly tunnelled: number; readonly truncated: number; readonly vnis: readonly number[]; readonly byInterface: readonly number[] }

function count(table: PacketTable): Counts {
  const vnis = new Set<number>();
  const byInterface = table.interfaces.map(() => 0);
  let tunnelled = 0;
  let truncated = 0;
  table.segments.forEach((c, segment) => {
    const rows = Math.min(SEGMENT_ROWS, table.count - segment * SEGMENT_ROWS);
    for (let row = 0; row < rows; row++) {
      if (c.depth[row]! > 0) tunnelled++;
      if ((c.marks[row]! & Mark.CUT) !== 0) truncated++;
      if (c.vni[row] !== NO_VNI && vnis.size < MOST_VNIS) vnis.add(c.vni[row]!);
      byInterface[c.iface[row]!]!++;
    }
  });
  return { tunnelled, truncated, vnis: [...vnis], byInterface };
}

/** `name` is the file's: it helps to guess the role. */
export function summarise({ file, reader, table }: OpenSession, name: string, fault: Fault | null): Omit<CaptureSummary, 'lookalikes'> {
  const { tunnelled, truncated, vnis, byInterface } = count(table);
  return {
    format: reader.description, packets: table.count, bytes: file.size, tunnelled, truncated, vnis, fault,
    interfaces: table.interfaces.map((each, id) => ({ id, name: each.name, linkType: linkTypeName(each.linkType), packets: byInterface[id]! })),
    firstSeconds: table.count > 0 ? table.at('seconds', 0) : null,
    guess: roleOf(name, table, tunnelled),
  };
}

/** What the packets read so far make of the role. */
export const guessOf = ({ table }: OpenSession, name: string): Role => roleOf(name, table, count(table).tunnelled);

const roleOf = (name: string, table: PacketTable, tunnelled: number): Role => guessRole(name, table.interfaces.map((each) => each.name), table.count, tunnelled);

/**
 * Envelopes are seen where they arrive, at the appliance. Without any, the content of a source and of a decapsulating interface is the same, so names
 * decide: a VXLAN interface is mostly called so.
 */
export function guessRole(name: string, interfaces: readonly string[], packets: number, tunnelled: number): Role {
  const names = [name, ...interfaces].join(' ').toLowerCase();
  if (packets === 0) return 'Other';
  if (tunnelled > 0) return 'Appliance';
  if (/vxlan|geneve|decap|\bgnv|\bvx\d/.test(names)) return 'Decapsulated';
  if (/appliance|\bids\b|sensor|suricata/.test(names)) return 'Appliance';
  return 'Source';
}

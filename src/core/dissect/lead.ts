import type { Leads, Program } from './program.ts';
import type { Memory } from './recall.ts';

/** Which protocol is behind a header: by number (of two ports the lower first), and if nobody takes it, by what packet[at..end) looks like. */
export function lead({ units }: Program, leads: Leads, registers: Int32Array, packet: Uint8Array, at: number, end: number, memory: Memory | null): number {
  const table = leads.table!;
  let key = registers[leads.key]!;
  if (leads.key2 >= 0) {
    const other = registers[leads.key2]!;
    const found = table.find(Math.min(key, other));
    if (found !== -1 && accepts(units, found, packet, at, end)) return found;
    key = Math.max(key, other);
  }
  const found = table.find(key);
  if (found !== -1 && accepts(units, found, packet, at, end)) return found;
  if (at >= end) return leads.otherwise;
  for (const { id, looks } of leads.guesses) {
    if (looks(packet, at, end, at, at) <= 0) continue;
    if (memory !== null && units[id]!.keeps) memory.keep(id);
    return id;
  }
  return leads.otherwise;
}

function accepts(units: Program['units'], id: number, packet: Uint8Array, at: number, end: number): boolean {
  const probe = units[id]!.accepts;
  return probe === null || probe(packet, at, end, at, at) > 0;
}

import type { RuleDraft } from '../parse/draft.ts';
import type { Option } from '../parse/options.ts';
import type { PacketView } from '../packet/packet-view.ts';
import type { Side } from '../state/address-key.ts';

export type BitCommand = 'set' | 'unset' | 'toggle' | 'isset' | 'isnotset';
export const BIT_COMMANDS: readonly BitCommand[] = ['set', 'unset', 'toggle', 'isset', 'isnotset'];

interface HostBit { readonly keyword: string; readonly name: string; readonly side: Side; readonly command: BitCommand; readonly seconds: number }

const OF: Readonly<Record<Side, string>> = { source: 'the source', destination: 'the destination', pair: 'the pair of addresses' };

/** What xbits and hostbits have in common: a bit of a host or a pair of hosts that is tested, or changed by a match. */
export function addHostBit(option: Option, rule: RuleDraft, { keyword, name, side, command, seconds }: HostBit): void {
  const kind = side === 'pair' ? 'pair bits' : 'host bits';
  if (command === 'isset' || command === 'isnotset') {
    const wanted = command === 'isset';
    rule.uses(kind, 'read', [name]);
    rule.conditions.push({
      keyword, source: option.source, wanted: `${OF[side]} has the bit ${name} ${wanted ? 'set' : 'not set'}`,
      test: (p) => p.ipVersion !== 0 && p.memory !== null && p.memory.bits.has(p, side, name) === wanted,
      see: (p) => ({ text: p.ipVersion === 0 || p.memory === null ? 'no address' : p.memory.bits.has(p, side, name) ? 'set' : 'not set', from: 0, to: 0 }),
    });
    return;
  }
  rule.uses(kind, 'set', [name]);
  rule.effects.push((p: PacketView) => {
    if (p.ipVersion === 0 || p.memory === null) return;
    const { bits } = p.memory;
    if (command === 'set' || (command === 'toggle' && !bits.has(p, side, name))) bits.set(p, side, name, seconds); else bits.unset(p, side, name);
  });
}

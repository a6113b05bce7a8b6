import type { PacketView } from '../packet/packet-view.ts';
import { NOTHING_SEEN } from '../signature.ts';
import type { Keyword } from './keyword.ts';

function same(p: PacketView): boolean {
  if (p.ipVersion === 0) return false;
  const size = p.ipVersion === 4 ? 4 : 16;
  for (let i = 0; i < size; i++) if (p.bytes[p.sourceAddress + i] !== p.bytes[p.destinationAddress + i]) return false;
  return true;
}

export const sameip: Keyword = {
  names: ['sameip'], summary: 'Source and destination address are the same.', form: 'sameip;', value: 'none',
  read(option, rule) {
    rule.conditions.push({
      keyword: 'sameip', source: option.source, wanted: 'source and destination address are the same', test: same,
      see: (p) => (p.ipVersion === 0 ? NOTHING_SEEN : { text: same(p) ? 'the same' : 'two addresses', from: p.sourceAddress, to: p.sourceAddress + (p.ipVersion === 4 ? 8 : 32) }),
    });
  },
};

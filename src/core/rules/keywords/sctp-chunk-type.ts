import { chunkType, sctpChunk } from '../packet/sctp.ts';
import { numberPasses, numberWords, readNumberTest } from '../parse/number-test.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { RuleError } from '../rule-error.ts';
import { NOTHING_SEEN } from '../signature.ts';
import type { Keyword } from './keyword.ts';

/** RFC 9260 section 3.2. */
const NAMES: Readonly<Record<string, number>> = {
  data: 0, init: 1, init_ack: 2, sack: 3, heartbeat: 4, heartbeat_ack: 5, abort: 6, shutdown: 7, shutdown_ack: 8, error: 9, cookie_echo: 10, cookie_ack: 11, ecne: 12, cwr: 13, shutdown_complete: 14,
};

function types(p: PacketView): number[] {
  const found: number[] = [];
  for (let i = 0, at = sctpChunk(p, 0); at >= 0; at = sctpChunk(p, ++i)) found.push(chunkType(p, at));
  return found;
}

export const sctpChunkType: Keyword = {
  names: ['sctp.chunk_type'], summary: 'The type of any SCTP chunk, of all, or of the one at a place compares.', form: 'sctp.chunk_type:[!|<|>]N|NAME[,any|all|PLACE];', value: 'required',
  read(option, rule) {
    const value = (option.value ?? '').replace(/^"(.*)"$/, '$1').trim();
    const [text = '', which = 'any', ...more] = value.split(',').map((part) => part.trim());
    if (more.length > 0 || !/^(any|all|-?\d{1,3})$/.test(which)) throw new RuleError(`“${value}” is no form of sctp.chunk_type`, option.valueAt, Math.max(1, value.length), 'Write a type, and any, all or a place after a comma.');
    const named = text.replace(/[a-z_]+$/i, (name) => (name.toLowerCase() in NAMES ? String(NAMES[name.toLowerCase()]) : name));
    const test = readNumberTest(named, { keyword: option.name, at: option.valueAt, max: 255 });
    rule.conditions.push({
      keyword: 'sctp.chunk_type', source: option.source, wanted: `the type of ${which === 'any' || which === 'all' ? `${which} SCTP chunk${which === 'all' ? 's' : ''}` : `SCTP chunk ${which}`} ${numberWords(test)}`,
      test(p) {
        const all = types(p);
        if (which === 'any') return all.some((type) => numberPasses(test, type));
        if (which === 'all') return all.length > 0 && all.every((type) => numberPasses(test, type));
        return numberPasses(test, all.at(Number(which)) ?? -1);
      },
      see(p) {
        const all = types(p);
        return all.length === 0 ? NOTHING_SEEN : { text: all.join(', '), from: sctpChunk(p, 0), to: sctpChunk(p, 0) + 1 };
      },
    });
  },
};

import type { PacketView } from '../packet/packet-view.ts';
import { numberPasses, numberWords, readNumberTest } from '../parse/number-test.ts';
import { RuleError } from '../rule-error.ts';
import type { TcpSide } from '../flow/tcp-side.ts';
import type { Keyword } from './keyword.ts';

/** Bytes that a side has sent, its SYN counted, by sequence numbers (detect-stream_size.c). */
const sizeOf = ({ next, isn }: TcpSide): number => (next - isn) >>> 0;

function sizes(p: PacketView): { client: number; server: number } | null {
  const tcp = p.flow?.tcp ?? null;
  return tcp === null || tcp.state === 0 ? null : { client: sizeOf(tcp.client), server: sizeOf(tcp.server) };
}

export const streamSize: Keyword = {
  names: ['stream_size'], summary: 'Bytes that client or server have sent in the TCP session so far compare.', form: 'stream_size:client|server|both|either,<|>|=|!=|<=|>=,N;', value: 'required',
  read(option, rule) {
    const value = (option.value ?? '').replace(/^"(.*)"$/, '$1').trim();
    const [, who = '', comparison = ''] = /^(client|server|both|either)\s*,\s*(.+)$/.exec(value) ?? [];
    if (who === '') throw new RuleError(`“${value}” is no form of stream_size`, option.valueAt, Math.max(1, value.length), 'Write stream_size:client,>,1000;.');
    const test = readNumberTest(comparison.replace(/^(<=|>=|!=|=|<|>|!)\s*,\s*/, '$1'), { keyword: 'stream_size', at: option.valueAt, max: 0xffff_ffff });
    rule.usesFlow = true;
    rule.conditions.push({
      keyword: 'stream_size', source: option.source, wanted: `the bytes that ${who === 'both' ? 'client and server each' : who === 'either' ? 'client or server' : `the ${who}`} sent: their number ${numberWords(test)}`,
      test(p) {
        const found = sizes(p);
        if (found === null) return false;
        const [client, server] = [numberPasses(test, found.client), numberPasses(test, found.server)];
        return who === 'client' ? client : who === 'server' ? server : who === 'both' ? client && server : client || server;
      },
      see(p) {
        const found = sizes(p);
        return { text: found === null ? 'no TCP session' : `${found.client} of the client, ${found.server} of the server`, from: 0, to: 0 };
      },
    });
  },
};

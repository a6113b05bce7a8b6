import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { concat, int } from '../testing/bytes.ts';
import { at, udpFrame, wrapped } from '../testing/mirror-frames.ts';
import { pcapFile } from '../testing/pcap-file.ts';
import { compareCaptures } from './compare.ts';
import { resultJson } from './result-json.ts';
import { summary } from './summary.ts';

const HEAD = 34; // Ethernet and IPv4
const FIRST = 80; // bytes of payload in the first fragment: a multiple of 8

/** The envelope in two fragments of its outer datagram (RFC 791). */
function inTwo(envelope: Uint8Array): [Uint8Array, Uint8Array] {
  const piece = (from: number, to: number, flags: number): Uint8Array =>
    concat([envelope.subarray(0, 16), int(20 + to - from, 2, false), envelope.subarray(18, 20), int(flags << 13 | from / 8, 2, false), envelope.subarray(22, HEAD), envelope.subarray(HEAD + from, HEAD + to)]);
  return [piece(0, FIRST, 1), piece(FIRST, envelope.length - HEAD, 0)];
}

const sent = [1, 2].map((content) => udpFrame({ content, size: 100 }));
const [first, second] = sent.map((frame, i) => inTwo(wrapped(frame, { ident: i + 1 }))) as [[Uint8Array, Uint8Array], [Uint8Array, Uint8Array]];

const compared = async (arrived: readonly Uint8Array[]) => {
  const result = await compareCaptures(memorySource(pcapFile({ packets: sent.map((frame, i) => at(i, frame)) })), memorySource(pcapFile({ packets: arrived.map((frame, i) => at(i, frame)) })));
  return { json: resultJson(result), said: summary(result).map(({ text }) => text).join(' ') };
};

describe('fragments of an envelope that come twice', () => {
  it('are told as such: one of them, between the others or behind them', async () => {
    const { json, said } = await compared([first[0], first[0], first[1], ...second, second[1]]);
    expect(json).toMatchObject({ pairs: [[1, 3], [2, 5]], fragments: [[1, [1, 2, 3]], [2, [4, 5, 6]]], duplicates: [], onlyInB: [], onlyInA: [] });
    expect(said).toContain('2 envelopes came in fragments of the outer packet and were put together first; 2 fragments came twice.');
  });

  it('make a further copy of it where all of them do', async () => {
    expect((await compared([first[0], first[0], first[1], first[1], ...second, ...second])).json).toMatchObject({ pairs: [[1, 3], [2, 6]], duplicates: [[1, [4]], [2, [8]]], onlyInB: [], onlyInA: [] });
  });

  it('are none where only their name is the same', async () => {
    const [, other] = inTwo(wrapped(udpFrame({ content: 9, size: 130 }), { ident: 1 }));
    expect((await compared([...first, ...second, other])).json).toMatchObject({ fragments: [[1, [1, 2]], [2, [3, 4]]], onlyInB: [5] });
  });
});

import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { LAB_NOTE, LAB_PRESENT, labFile, labScenarios, labTruth } from '../testing/lab.ts';
import { at, udpFrame, wrapped } from '../testing/mirror-frames.ts';
import { pcapFile, type PcapPacket } from '../testing/pcap-file.ts';
import { compareCaptures } from './compare.ts';
import { FateList } from './fate-list.ts';
import { resultJson } from './result-json.ts';
import { sentOutside } from './spans.ts';
import { summary } from './summary.ts';

const AHEAD = 7_000; // milliseconds that the appliance's clock is ahead
const sent = Array.from({ length: 400 }, (_, i) => at(i * 10, udpFrame({ content: i })));
const arrived = (wanted: (i: number) => boolean): PcapPacket[] => sent.flatMap(({ bytes }, i) => (wanted(i) ? [at(i * 10 + 0.2 + AHEAD, wrapped(bytes))] : []));
const compared = (a: readonly PcapPacket[], b: readonly PcapPacket[]) => compareCaptures(memorySource(pcapFile({ packets: a })), memorySource(pcapFile({ packets: b })));
const words = (result: Awaited<ReturnType<typeof compared>>): string => summary(result).map(({ text }) => text).join(' ');

describe('packets sent while the appliance did not capture', () => {
  const lostToo = (i: number): boolean => i % 37 !== 0;

  it('are told apart from loss, by both edges', async () => {
    const result = await compared(sent, arrived((i) => i >= 100 && i < 300 && lostToo(i)));
    const said = words(result);
    expect(said).toContain('6 never arrived, 3.0 % of what the mirror takes, no two in a row.');
    expect(said).toContain('100 were sent before the appliance’s capture began (up to 1 s before its first packet) and 100 were sent after it ended (up to 1 s after its last packet): nothing tells whether they were mirrored.');
    expect(said).not.toMatch(/bursts|Loss goes with load/);
    expect(resultJson(result).lost).toHaveLength(206); // the lists stay what they are
    const list = new FateList(result);
    expect(list.why(51, null)).toEqual({
      evidence: 'None of the appliance’s 194 packets has the content of this one: it was sent before the appliance’s capture began.',
      causes: [{ text: 'The appliance’s capture: this packet was sent before it began, 500 ms before its first packet.', fits: true }],
    });
    expect(list.why(351, null).causes[0]!.text).toContain('sent after it ended, 510 ms after its last packet.');
    expect(list.why(112, null).causes[0]!.text).toContain('Production priority');
    expect(list.rows('Lost', 205, 1)[0]!.note).toBe('capture had ended');
  });

  it('may be lost as well: a few at the end are loss where others are lost in between', async () => {
    const said = words(await compared(sent, arrived((i) => i < 399 && lostToo(i))));
    expect(said).toContain('12 never arrived');
    expect(said).not.toContain('capture ended');
    expect(words(await compared(sent, arrived((i) => i < 390 && (i < 200 || i >= 220))))).toContain('30 never arrived'); // a gap in the middle is longer than the one at the end
  });

  it('ran on where the appliance has anything later', async () => {
    const said = words(await compared(sent, [...arrived((i) => i < 300), at(AHEAD + 5_000, udpFrame({ content: 9_999 }))]));
    expect(said).toContain('100 never arrived');
  });

  it.skipIf(!LAB_PRESENT)(`are none in the lab, where both were stopped together${LAB_NOTE}`, async () => {
    for (const scenario of labScenarios().filter((name) => !['rogue', 'pcapng', 'multi-vni'].includes(name))) {
      const result = await compareCaptures(memorySource(labFile(scenario, 'source-eth0.pcap')), memorySource(labFile(scenario, 'appliance-eth0.pcap')));
      for (const packet of labTruth(scenario).lost) expect(sentOutside(result, packet - 1), `${scenario} ${packet}`).toBeNull();
    }
  });
});

describe('packets that came while the source was not captured', () => {
  it('are told so, in the summary and in the row', async () => {
    const result = await compared(sent.slice(100, 300), arrived(() => true));
    expect(words(result)).toContain('200 packets at the appliance are copies of no source packet: 100 sent before the source’s capture began (VNI 333) and 100 sent after the source’s capture ended (VNI 333).');
    const list = new FateList(result);
    expect(list.why(null, 1).evidence).toContain('1 s before the source’s capture began');
    expect(list.rows('Only at appliance', 0, 1)[0]!.note).toBe('sent before the source’s capture began');
  });
});

// Why and the engine never disagree, also where a rule hangs on what other conversations did.

import { expect, it } from 'vitest';
import { concat, int } from '../core/testing/bytes.ts';
import { pcapFile } from '../core/testing/pcap-file.ts';
import { captureHandlers } from './handlers.ts';
import { Session } from './session.ts';

const CONTEXT = { signal: new AbortController().signal, progress: () => {}, move: () => {} };

/** A datagram of host `from` to host `to`, each pair with a conversation of its own; headers as RFC 791 and 768 have them, checksums 0. */
const datagram = (from: number, to: number, port: number): Uint8Array => concat([
  new Uint8Array(12).fill(2), int(0x0800, 2, false),
  int(0x4500, 2, false), int(29, 2, false), int(0, 4, false), int(0x4011, 2, false), int(0, 2, false), int(0x0a000000 + from, 4, false), int(0x0a000000 + to, 4, false),
  int(40_000 + to, 2, false), int(port, 2, false), int(9, 2, false), int(0, 2, false), int(0x41, 1, false),
]);

const FRAMES = [[1, 10, 53], [1, 11, 80], [2, 12, 80], [1, 13, 80], [1, 14, 80], [2, 15, 53], [2, 16, 80], [1, 17, 80]].map(([from, to, port]) => datagram(from!, to!, port!));
const RULES = [
  'alert udp any any -> any 80 (msg:"two each source"; threshold:type limit, track by_src, count 2, seconds 60; sid:1;)',
  'alert udp any any -> any 80 (msg:"after two of all"; detection_filter:track by_rule, count 2, seconds 60; sid:2;)',
  'alert udp any any -> any 53 (msg:"marks the source"; xbits:set,asked,track ip_src,expire 60; sid:3;)',
  'alert udp any any -> any 80 (msg:"of a marked source"; xbits:isset,asked,track ip_src; sid:4;)',
  'alert udp any any -> any 53 (msg:"marks the host"; hostbits:set,busy,src; sid:5;)',
  'alert udp any any -> any 80 (msg:"of a host that is marked"; hostbits:isset,busy,src; sid:6;)',
  'alert udp any any -> any 80 (msg:"of one that is not"; hostbits:isnotset,busy,src; sid:7;)',
].join('\n');

it('agrees with the run on each packet and rule: thresholds, xbits and hostbits across conversations', async () => {
  const calls = captureHandlers(new Session());
  const file = pcapFile({ packets: FRAMES.map((bytes, at) => ({ bytes, seconds: at })) });
  await calls.open({ file: new Blob([new Uint8Array(file)]), name: '' }, CONTEXT);
  const report = await calls.runRules({ text: RULES, files: [], off: [], vxlanDecoding: true, ips: false, ours: false, id: 1, helpers: [] }, CONTEXT);
  expect([report.mistakes, report.packets]).toEqual([[], FRAMES.length]);
  const { alerts } = await calls.alerts({ signature: null, sort: null, from: 0, count: 1000 }, CONTEXT);
  const fired = (signature: number): number[] => alerts.filter((alert) => alert.signature === signature).map(({ packet }) => packet);
  const told = async (signature: number): Promise<number[]> => {
    const packets: number[] = [];
    for (let packet = 1; packet <= FRAMES.length; packet++) if ((await calls.why({ signature, packet }, CONTEXT)).levels[0]!.outcome === 'alert') packets.push(packet);
    return packets;
  };
  // what Suricata's manual says of each (rules/thresholding.rst, rules/xbits.rst): host 1 asks at packet 1, host 2 at packet 6
  const expected = [[2, 3, 4, 7], [4, 5, 7, 8], [1, 6], [2, 4, 5, 7, 8], [1, 6], [2, 4, 5, 7, 8], [3]];
  for (const [signature, packets] of expected.entries()) {
    expect(fired(signature), `sid ${signature + 1} in the run`).toEqual(packets);
    expect(await told(signature), `sid ${signature + 1} in Why`).toEqual(packets);
  }
  const limited = await calls.why({ signature: 0, packet: 5 }, CONTEXT);
  expect(limited.levels[0]!.note).toContain('threshold:type limit, track by_src, count 2, seconds 60: 2 counted before, over 3.000 s');
});

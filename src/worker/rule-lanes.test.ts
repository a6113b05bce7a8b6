// Rules with the help of other workers, whose ends are here at the other side of a channel: the same files as without, and what was found stays when the run is stopped.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { concat } from '../core/testing/bytes.ts';
import { captureHandlers } from './handlers.ts';
import { helpersOf } from './helper-plan.ts';
import { laneHandlers } from './lane-desk.ts';
import type { LaneCalls } from './lane-protocol.ts';
import type { RulesReport } from './protocol.ts';
import { serve } from './server.ts';
import { Session } from './session.ts';

const RULES = `alert tcp any any -> any any (msg:"TCP"; content:"HTTP"; sid:1;)
alert udp any any -> any 4789 (msg:"Envelope"; threshold:type limit, track by_src, count 50, seconds 60; sid:2;)
alert dns any any -> any any (msg:"DNS"; dns.query; content:"a"; xbits:set,seen,track ip_src; sid:3;)
alert tcp any any -> any any (msg:"after DNS"; flags:S; xbits:isset,seen,track ip_src; sid:4;)
alert ip any any -> any any (msg:"costly"; pcre:"/(a+)+b/"; sid:5;)
`;
const WEB = readFileSync('public/samples/web/appliance-eth0.pcap');
/** The same packets again and again: enough for many batches. */
const MANY = concat([WEB, ...Array.from({ length: 40 }, () => WEB.subarray(24))]);

const CONTEXT = { signal: new AbortController().signal, progress: () => {}, move: () => {} };

interface Ran { readonly report: RulesReport | null; readonly fast: string; readonly eve: string; readonly checks: readonly number[] }

/** Runs the rules with so many helpers; where a signal is given, until it is aborted. */
async function ran(file: Uint8Array, count: number, signal?: AbortSignal, progress: () => void = () => {}): Promise<Ran> {
  const calls = captureHandlers(new Session());
  await calls.open({ file: new Blob([new Uint8Array(file)]), name: '' }, CONTEXT);
  const helpers = Array.from({ length: count }, () => {
    const { port1, port2 } = new MessageChannel();
    serve<LaneCalls>(port2, laneHandlers());
    return port1;
  });
  const request = { text: RULES, files: [], off: [], vxlanDecoding: true, ips: false, ours: false, id: 7, helpers };
  try {
    const report = await calls.runRules(request, { ...CONTEXT, progress, ...(signal === undefined ? {} : { signal }) }).catch(() => null);
    const text = async (form: 'fast' | 'eve'): Promise<string> => (await calls.alertLog({ form, role: 'Appliance' }, CONTEXT)).text();
    return { report: report ?? await calls.rulesSofar({ id: 7 }, CONTEXT), fast: await text('fast'), eve: await text('eve'), checks: (await calls.signatures({ indices: [0, 1, 4] }, CONTEXT)).map(({ checks }) => checks) };
  } finally {
    for (const port of helpers) port.close();
  }
}

describe('rules with helpers', () => {
  it('write the same files as without, byte for byte, and count the same', async () => {
    const alone = await ran(MANY, 0);
    expect(alone.fast.split('\n').length).toBeGreaterThan(1000);
    expect(alone.report).toMatchObject({ isComplete: true, alerts: alone.report!.kept });
    for (const count of [1, 4]) expect(await ran(MANY, count)).toEqual(alone);
  }, 60_000);

  it('keep what was found when they are stopped, and say how far they came', async () => {
    const whole = await ran(MANY, 0);
    for (const count of [0, 4]) {
      const stop = new AbortController();
      let rounds = 0;
      const part = await ran(MANY, count, stop.signal, () => { if (++rounds === 2) stop.abort(); });
      expect(part.report).toMatchObject({ isComplete: false, captured: whole.report!.captured });
      expect(part.report!.packets).toBeLessThan(whole.report!.packets);
      expect(part.report!.alerts).toBeGreaterThan(0);
      expect(whole.fast.startsWith(part.fast)).toBe(true);
    }
  }, 60_000);
});

describe('how many help', () => {
  const MB = 2 ** 20;
  it.each<[string, number[], number, number, number[]]>([
    ['none where there is one core', [900 * MB], 1000, 1, [0]],
    ['none with a small capture', [1 * MB, 20 * MB], 1000, 8, [0, 0]],
    ['up to as many as there are lanes', [900 * MB], 1000, 16, [4]],
    ['as many as are worth it', [40 * MB], 1000, 8, [3]],
    ['no more than cores, the largest capture first', [100 * MB, 900 * MB, 200 * MB], 1000, 6, [0, 4, 2]],
    ['none with rules of which no more copies are wanted', [900 * MB], 50 * MB, 8, [0]],
  ])('%s', (_, captures, rules, cores, plan) => { expect(helpersOf(captures, rules, cores)).toEqual(plan); });
});

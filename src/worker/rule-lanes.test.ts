// Rules with the help of other workers, whose ends are here at the other side of a channel: the same files as without, and what was found stays when the run is stopped.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { concat } from '../core/testing/bytes.ts';
import { helpersOf } from './helper-plan.ts';
import { laneHandlers } from './lane-desk.ts';
import type { LaneCalls } from './lane-protocol.ts';
import type { RulesReport } from './protocol.ts';
import { ruleHandlers } from './rule-handlers.ts';
import { BY_TIME, type Pace, type Progress } from './rule-pace.ts';
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

/** Helpers begin as soon as one window was matched alone. */
const AT_ONCE: Pace = { pays: () => true, waits: true };

interface Ran { readonly report: RulesReport | null; readonly fast: string; readonly eve: string; readonly checks: readonly number[] }
interface Told { readonly workers: number; readonly alerts: number }
type Meddle = (progress: Told, calls: ReturnType<typeof ruleHandlers>) => void;

/** Runs the rules with so many helpers, the whole of them or until the signal says so. */
async function ran(file: Uint8Array, count: number, { signal = CONTEXT.signal, meddle = () => {}, rules = RULES }: { signal?: AbortSignal; meddle?: Meddle; rules?: string } = {}): Promise<Ran> {
  const session = new Session();
  await session.open({ file: new Blob([new Uint8Array(file)]), name: '' }, CONTEXT.signal, () => {});
  const calls = ruleHandlers(session, AT_ONCE);
  const helpers = Array.from({ length: count }, () => {
    const { port1, port2 } = new MessageChannel();
    serve<LaneCalls>(port2, laneHandlers());
    return port1;
  });
  const request = { text: rules, files: [], off: [], vxlanDecoding: true, ips: false, ours: false, id: 7, helpers };
  try {
    const report = await calls.runRules(request, { ...CONTEXT, signal, progress: (progress) => { meddle(progress, calls); } }).catch(() => calls.rulesSofar({ id: 7 }, CONTEXT));
    const text = async (form: 'fast' | 'eve'): Promise<string> => (await calls.alertLog({ form, role: 'Appliance' }, CONTEXT)).text();
    return { report, fast: await text('fast'), eve: await text('eve'), checks: (await calls.signatures({ indices: [0, 1, 4] }, CONTEXT)).map(({ checks }) => checks) };
  } finally {
    for (const port of helpers) port.close();
  }
}

describe('rules with helpers', () => {
  it('write the same files as without, byte for byte, and count the same', async () => {
    const alone = await ran(MANY, 0);
    expect(alone.fast.split('\n').length).toBeGreaterThan(1000);
    expect(alone.report).toMatchObject({ isComplete: true, alerts: alone.report!.kept });
    for (const count of [1, 4]) {
      const seen = new Set<number>();
      let alerts = 0;
      expect(await ran(MANY, count, { meddle: (progress) => { seen.add(progress.workers); expect(progress.alerts, 'what was found before the helpers began stays').toBeGreaterThanOrEqual(alerts); alerts = progress.alerts; } })).toEqual(alone);
      expect(seen, 'one began, and they went on').toEqual(new Set([1, count]));
    }
  }, 60_000);

  it('are matched by one to the end where a helper dies', async () => {
    const alone = await ran(MANY, 0);
    const seen: number[] = [];
    const found = await ran(MANY, 4, { meddle: ({ workers }, calls) => { if (seen.at(-1) !== workers) seen.push(workers); if (workers === 4) void calls.helpersGone({ id: 7 }, CONTEXT); } });
    expect(found).toEqual(alone);
    expect(seen).toEqual([1, 4, 1]);
  }, 60_000);

  it('are matched by one where what is passed depends on other flows', async () => {
    const rules = `${RULES}pass tcp any any -> any any (xbits:isset,seen,track ip_src; sid:6;)\n`;
    const seen = new Set<number>();
    expect(await ran(MANY, 4, { rules, meddle: ({ workers }) => { seen.add(workers); } })).toEqual(await ran(MANY, 0, { rules }));
    expect(seen).toEqual(new Set([1]));
  }, 60_000);

  it('keep what was found when they are stopped, and say how far they came', async () => {
    const whole = await ran(MANY, 0);
    for (const count of [0, 4]) {
      const stop = new AbortController();
      let rounds = 0;
      const part = await ran(MANY, count, { signal: stop.signal, meddle: () => { if (++rounds === 3) stop.abort(); } });
      expect(part.report).toMatchObject({ isComplete: false, captured: whole.report!.captured });
      expect(part.report!.packets).toBeLessThan(whole.report!.packets);
      expect(part.report!.alerts).toBeGreaterThan(0);
      expect(whole.fast.startsWith(part.fast)).toBe(true);
    }
  }, 60_000);
});

describe('when they pay', () => {
  it.each<[string, Progress, boolean]>([
    ['not before anybody knows', { done: 0.01, share: 0.001, spentMs: 100, helpers: 4 }, false],
    ['a long run, soon', { done: 0.03, share: 0.02, spentMs: 200, helpers: 4 }, true],
    ['not a short one', { done: 0.3, share: 0.25, spentMs: 300, helpers: 4 }, false],
    ['four, for the last half of a long one', { done: 0.5, share: 0.5, spentMs: 10_000, helpers: 4 }, true],
    ['not for the end of it', { done: 0.8, share: 0.8, spentMs: 10_000, helpers: 4 }, false],
    ['two are no gain once half is done', { done: 0.5, share: 0.5, spentMs: 10_000, helpers: 2 }, false],
  ])('%s', (_, progress, pays) => { expect(BY_TIME.pays(progress)).toBe(pays); });
});

describe('how many help', () => {
  const MB = 2 ** 20;
  it.each<[string, number[], number, number, number[]]>([
    ['none where there is one core', [900 * MB], 1000, 1, [0]],
    ['none where there are two, which the page and the one need', [900 * MB], 1000, 2, [0]],
    ['two with three cores', [900 * MB], 1000, 3, [2]],
    ['none with a small capture', [1 * MB, 20 * MB], 1000, 8, [0, 0]],
    ['up to as many as there are lanes', [900 * MB], 1000, 16, [4]],
    ['two where four are not worth it', [40 * MB], 1000, 8, [2]],
    ['no more than cores, the largest capture first', [100 * MB, 900 * MB, 200 * MB], 1000, 6, [0, 4, 2]],
    ['none with rules of which no more copies are wanted', [900 * MB], 50 * MB, 8, [0]],
  ])('%s', (_, captures, rules, cores, plan) => { expect(helpersOf(captures, rules, cores)).toEqual(plan); });
});

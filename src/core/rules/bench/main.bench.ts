// Rules over a million packets beside indexing them, all in turns in one run. npm run bench, or by itself: node .ci/run-ts.mjs [--cpu-prof] src/core/rules/bench/main.bench.ts [--packets N] [--rounds N] [--only public|content|header]

import { parseArgs } from 'node:util';
import { fileSource } from '../../../cli/file-source.ts';
import { openCapture } from '../../capture/capture-reader.ts';
import { index } from '../../index/bench/index.bench.ts';
import { inTurns, line } from '../../index/bench/measure.bench.ts';
import { Matcher } from '../match/matcher.ts';
import { RuleProfile } from '../match/profile.ts';
import { RuleGroups } from '../match/rule-group.ts';
import { parseRules } from '../parse/parse-rules.ts';
import { RuleResults } from '../results.ts';
import { runRules } from '../run.ts';
import { STOCK_SETTINGS } from '../settings/settings.ts';
import { talkingCapture } from './capture.bench.ts';
import { contentRules, HEADER_RULE, publicRules } from './rules.bench.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '2' }, packets: { type: 'string', default: '1000000' }, only: { type: 'string', default: '' } } });
const rounds = Number(values.rounds);
const packets = Number(values.packets);
const capture = talkingCapture(packets);

const CONTENT_RULES = 30_000;
const COMPILE_MS = 3000;
const LEAST_RATE = 100;
const FEWER = 5;
/** Packets for the public rules: tens of them match every packet, so that all of them take long. */
const FEW = 100_000;
/** Evaluations of all rules without the prefilter after which counting stops. */
const COUNTED = 10_000_000;
const MOST_COUNTED = 20_000;

const verdict = (met: boolean): string => (met ? 'met' : 'MISSED');
const isOn = (what: string): boolean => values.only === '' || values.only === what;

async function run(matcher: Matcher, path = capture.path): Promise<RuleResults> {
  const source = fileSource(path);
  const results = new RuleResults();
  try {
    const reader = await openCapture(source);
    matcher.onCounted = (hit) => { if (!results.isFull) return false; results.take(hit, null); return true; }; // as the page does
    await runRules(reader, matcher, results.add);
    await reader.close();
  } finally { source.close(); }
  return results;
}

/** Rules evaluated past what sorts them out, over the first packets of the capture: so many that the evaluations reach a bound, or so many packets as are said. */
async function evaluations(matcher: Matcher, most: number): Promise<{ packets: number; count: number; alerts: number }> {
  const profile = matcher.profile = new RuleProfile(matcher.signatures.length, () => 0);
  const count = (): number => profile.checks.reduce((sum, checks) => sum + checks, 0);
  const source = fileSource(capture.path);
  const reader = await openCapture(source);
  let alerts = 0;
  while (reader.next() && reader.number <= most && count() < COUNTED) matcher.packet(reader.bytes, reader.start, reader.end, 1, reader.number, reader.seconds, reader.nanoseconds, () => { alerts++; });
  source.close();
  return { packets: reader.number - 1, count: count(), alerts };
}

async function rate(what: string, text: string, { times = rounds, mostMs = Infinity, path = capture.path, payloadBytes = capture.payloadBytes } = {}): Promise<void> {
  const before = performance.now();
  const { signatures } = parseRules(text);
  const matcher = new Matcher(signatures);
  const compiling = performance.now() - before;
  const limit = mostMs === Infinity ? '' : `; at most ${mostMs} ms is the target: ${verdict(compiling <= mostMs)}`;
  const evaluated = signatures.filter(({ unevaluated }) => unevaluated === '').length;
  console.log(`${what}: ${evaluated.toLocaleString('en-US')} that can be evaluated, read and compiled in ${compiling.toFixed(0)} ms${limit}`);
  const [best] = await inTurns(times, async () => { await run(matcher.fresh(), path); });
  const megabytes = payloadBytes / 1000 / best!;
  console.log(`${what}: ${best!.toFixed(0)} ms, ${megabytes.toFixed(0)} MB/s of payload; at least ${LEAST_RATE} is the target: ${verdict(megabytes >= LEAST_RATE)}`);
  const all = await evaluations(new Matcher(signatures, STOCK_SETTINGS, null, new RuleGroups(signatures, STOCK_SETTINGS, false)), MOST_COUNTED);
  const sorted = await evaluations(matcher.fresh(), all.packets);
  console.log(`${what}: ${(sorted.count / all.packets).toFixed(1)} full evaluations a packet and ${(sorted.alerts / all.packets).toFixed(1)} alerts, ${sorted.count === 0 ? 'infinitely many' : (all.count / sorted.count).toFixed(0)} times fewer than without the prefilter (${(all.count / all.packets).toFixed(0)}), over the first ${all.packets.toLocaleString('en-US')} packets; at least ${FEWER} times is the target: ${verdict(all.count >= FEWER * sorted.count)}`);
}

async function headerRule(): Promise<void> {
  const { signatures } = parseRules(HEADER_RULE);
  const matcher = new Matcher(signatures);
  const source = fileSource(capture.path);
  const [running, indexing] = await inTurns(rounds, () => run(matcher.fresh()), () => index(source));
  source.close();
  console.log(line({ what: 'a rule on header fields', value: running!, unit: 'ms', baseline: { what: 'indexing', value: indexing! }, target: 0.3 }));
}

console.log(`${packets.toLocaleString('en-US')} VXLAN packets with ${(capture.payloadBytes / 1e6).toFixed(0)} MB of payload inside; the best of ${rounds} rounds`);
if (isOn('header')) await headerRule();
if (isOn('content')) await rate('generated content rules', contentRules(CONTENT_RULES), { mostMs: COMPILE_MS });
if (isOn('public')) {
  const text = publicRules();
  const few = talkingCapture(Math.min(packets, FEW));
  if (text === null) console.log('the public rules are not there'); else await rate(`public rules over ${few.packets.toLocaleString('en-US')} packets`, text, { times: 1, ...few });
}

import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { memorySource } from '../../bytes/memory-source.ts';
import { openCapture } from '../../capture/capture-reader.ts';
import { Matcher } from '../match/matcher.ts';
import { parseRules } from '../parse/parse-rules.ts';
import { STOCK_SETTINGS } from '../settings/settings.ts';
import { contentText, ruleFrom } from './from-packet.ts';

const MOST_RULES = 200;

type Visit = (matcher: Matcher, number: number, alerts: readonly string[]) => void;

/** Matches a capture; `visit` is given the alerts of each packet as "sid on level". */
async function walk(file: string, matcher: Matcher, visit: Visit): Promise<void> {
  const reader = await openCapture(memorySource(readFileSync(file)));
  do {
    while (reader.next()) {
      const alerts: string[] = [];
      const { bytes, start, end, number, seconds, nanoseconds } = reader;
      matcher.packet(bytes, start, end, reader.interfaces[reader.iface]?.linkType ?? 1, number, seconds, nanoseconds, ({ signature, level }) => alerts.push(`${signature.sid} on ${level}`));
      visit(matcher, number, alerts);
    }
  } while (await reader.refill());
}

const files = readdirSync('public/samples', { recursive: true, encoding: 'utf8' }).filter((name) => /\.pcap(ng)?$/.test(name)).map((name) => `public/samples/${name}`);

it.each(files)('%s: the rule made from a packet fires on it', async (file) => {
  const made: { readonly number: number; readonly level: number; readonly text: string }[] = [];
  await walk(file, new Matcher([]), ({ decoder: { views, count } }, number) => {
    for (const view of views.slice(0, count)) made.push({ number, level: view.level, text: ruleFrom(view, made.length + 1) });
  });
  const every = Math.ceil(made.length / MOST_RULES); // each writes an alert for every packet like its own
  made.splice(0, made.length, ...made.filter((_, at) => at % every === 0));
  const { signatures, faults } = parseRules(made.map(({ text }) => text).join('\n'));
  expect(faults).toEqual([]);
  const missing = new Map(made.map(({ number, level, text }, at) => [`${at * every + 1} on ${level} of ${number}`, text]));
  expect(missing.size).toBeGreaterThan(0);
  await walk(file, new Matcher(signatures, { ...STOCK_SETTINGS, maxAlerts: signatures.length }), (_, number, alerts) => { for (const alert of alerts) missing.delete(`${alert} of ${number}`); });
  expect([...missing]).toEqual([]);
});

it('writes what has a meaning in a rule in hexadecimal digits', () => {
  expect(contentText(new TextEncoder().encode('a;b:"c"|\\\r\n d'))).toBe('a|3b|b|3a 22|c|22 7c 5c 0d 0a| d');
});

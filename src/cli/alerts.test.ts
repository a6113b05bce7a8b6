import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { vxlens } from './run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'vxlens-alerts-'));
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

const file = (name: string, text: string): string => { writeFileSync(join(folder, name), text); return join(folder, name); };
const PING = 'public/samples/mirrored-ping/appliance-eth0.pcap';
const rules = file('ping.rules', 'alert icmp any any -> any any (msg:"a ping"; sid:1;)\nalert udp any any -> any 4789 (msg:"an envelope"; sid:2;)\n');
const broken = file('broken.rules', 'alert icmp any any -> any any (tll:5; sid:1;)\nalert icmp any any -> any any (sid:2;)\n');
const levels = (eve: string): [number, boolean][] => eve.trim().split('\n').map((line) => JSON.parse(line) as { alert: { signature_id: number }; tunnel?: object }).map((e) => [e.alert.signature_id, e.tunnel !== undefined]);

describe('vxlens alerts', () => {
  it('prints EVE for outer and inner packets', async () => {
    const { status, out } = await vxlens('alerts', '-r', PING, '-S', rules, '-l', '-');
    const all = levels(out);
    const count = (sid: number, inner: boolean): number => all.filter(([id, tunnel]) => id === sid && tunnel === inner).length;
    expect([status, count(1, false), count(1, true), count(2, false), count(2, true)]).toEqual([0, 4, 12, 12, 0]);
  });

  it('sees envelopes only with VXLAN decoding off', async () => {
    const { out } = await vxlens('alerts', '-r', PING, '-S', rules, '-l', '-', '--set', 'decoder.vxlan.enabled=no');
    expect(levels(out).filter(([, tunnel]) => tunnel)).toEqual([]);
  });

  it('appends the two logs and sums up', async () => {
    const log = join(folder, 'log');
    const { out } = await vxlens('alerts', '-r', PING, '-S', rules, '-l', log);
    expect(out).toMatch(/19 packets, 2 rules, 28 alerts/);
    expect(readFileSync(join(log, 'fast.log'), 'utf8').trim().split('\n')).toHaveLength(28);
    expect(readFileSync(join(log, 'eve.json'), 'utf8').trim().split('\n')).toHaveLength(28);
  });

  it('tells faulty rules and runs the others, unless they are to be fatal', async () => {
    const run = await vxlens('alerts', '-r', PING, '-S', broken, '-l', '-');
    expect([run.status, levels(run.out).length]).toEqual([0, 16]);
    expect(run.err).toMatch(/broken\.rules:1:32: There is no keyword “tll”\. Did you mean “ttl”\?/);
    expect((await vxlens('alerts', '-r', PING, '-S', broken, '-l', '-', '--init-errors-fatal')).status).toBe(1);
    expect((await vxlens('alerts', '-r', PING, '-S', rules, '-l', '-', '--exit-code')).status).toBe(1);
  });

  it('refuses in words what it does not know', async () => {
    const refused = async (...args: string[]): Promise<string> => {
      const { status, out, err } = await vxlens('alerts', ...args);
      expect([status, out]).toEqual([2, '']);
      return err;
    };
    expect(await refused('-r', PING, '-S', rules)).toMatch(/-l DIR, is missing/);
    expect(await refused('-r', PING, '-S', rules, '-l', '-', '-k', 'maybe')).toMatch(/neither -k none nor -k all/);
    expect(await refused('-r', PING, '-S', rules, '-l', '-', '--set', 'decodr.vxlan.enabled=no')).toMatch(/Did you mean “decoder\.vxlan\.enabled”/);
    expect(await refused('-r', join(folder, 'none.pcap'), '-S', rules, '-l', '-')).toMatch(/there is no such file/);
  });

  it('says which alerts are not written because a packet has as many as it may', async () => {
    const many = file('many.rules', Array.from({ length: 17 }, (_, i) => `alert icmp any any -> any any (itype:8; sid:${i + 1};)`).join('\n'));
    const { out, err } = await vxlens('alerts', '-r', PING, '-S', many, '-l', '-');
    expect(levels(out)).toHaveLength(15 * 8);
    expect(err).toBe('16 alerts of 2 rules not written, since a packet has 15 at most (--set packet-alert-max=N).\n');
    expect(levels((await vxlens('alerts', '-r', PING, '-S', many, '-l', '-', '--set', 'packet-alert-max=17')).out)).toHaveLength(17 * 8);
  });

  it('says on which packets a regular expression was stopped, and never that it does not match there', async () => {
    const costly = file('costly.rules', 'alert icmp any any -> any any (pcre:"/.*.*.*.*(?=never)/s"; sid:1;)');
    const { err } = await vxlens('alerts', '-r', PING, '-S', costly, '-l', '-');
    expect(err).toMatch(/sid 1: its regular expression was stopped on 4 packets \(outer\), the first is 14, .* not known\./);
    expect(err).toMatch(/stopped on 12 packets \(inner\), the first is 2/);
  });
});

const MB = 2 ** 20;
const hostile = {
  endless: file('endless.rules', `alert icmp any any -> any any (msg:"${'x'.repeat(50 * MB)}"; sid:1;)\nalert icmp any any -> any any (sid:2;)\n`),
  binary: file('binary.rules', `#\n${'\0\u0001\u0002\u0003'.repeat(MB)}`),
  words: file('words.rules', 'Lorem ipsum dolor sit amet\n'.repeat(100_000)),
  large: file('large.rules', Array.from({ length: 30_000 }, (_, i) => `alert ${i % 3 === 0 ? 'pgsql' : 'icmp'} any any -> any any (msg:"rule ${i}"; ${i % 50 === 1 ? 'tll' : 'itype'}:8; icmp_seq:${i}; sid:${i + 1};)\n`).join('')),
};

describe('rule files of a size or kind that nobody expects', () => {
  it('one endless line is one mistake, and the next line runs', async () => {
    const { status, out, err } = await vxlens('alerts', '-r', PING, '-S', hostile.endless, '-l', '-');
    expect([status, levels(out).length]).toEqual([0, 16]);
    expect(err).toBe(`${hostile.endless}:1:8193: The rule has 52,428,846 characters. A rule may have 8,192.\n`);
  });

  it('binary data is refused in one sentence, with the byte', async () => {
    for (const command of [['alerts', '-r', PING, '-l', '-', '-S', hostile.binary], ['rules', 'check', hostile.binary]]) {
      const { status, out, err } = await vxlens(...command);
      expect([status, out]).toEqual([2, '']);
      expect(err).toBe(`${hostile.binary}: This is binary data and no text: there is a NUL byte, at byte 2. Nothing of it was read. Choose a file of plain text, in UTF-8.\n`);
    }
  });

  it('text that is no rules is given up in one sentence', async () => {
    const { status, out, err } = await vxlens('alerts', '-r', PING, '-S', hostile.words, '-S', rules, '-l', '-');
    expect([status, levels(out).length]).toEqual([0, 28]);
    expect(err).toMatch(/^\S+words\.rules:1:27: This is hardly a text of rules: 1,000 of its first 1,000 entries cannot be read, .* Reading stopped in line 1,000, and nothing of it was kept\. [^\n]+\n$/);
    expect((await vxlens('rules', 'check', hostile.words)).status).toBe(1);
  });

  it('a large set runs, and what does not is told once for each reason', async () => {
    const { status, out, err } = await vxlens('alerts', '-r', PING, '-S', hostile.large, '-l', '-');
    expect(status).toBe(0); // the echo requests with numbers 2, 4 and 5 through the mirror, and 2 directly; rule 1 has a mistake, 3 and 6 are of pgsql
    expect(out.trim().split('\n').map((line) => (JSON.parse(line) as { icmp_type: number }).icmp_type)).toEqual([8, 8, 8, 8]);
    expect(err.trim().split('\n')).toHaveLength(601);
    expect(err).toMatch(/large\.rules:1: sid 1 and 9,799 more are not evaluated here: the application layer \(pgsql\)/);
  });
});

describe('vxlens rules check', () => {
  it('gives one array, empty when all parse', async () => {
    const good = await vxlens('rules', 'check', rules, '--json');
    expect([good.status, JSON.parse(good.out)]).toEqual([0, []]);
    const bad = await vxlens('rules', 'check', broken, '--json');
    expect(bad.status).toBe(1);
    expect(JSON.parse(bad.out)).toEqual([{ file: broken, line: 1, column: 32, keyword: 'tll', message: 'There is no keyword “tll”. Did you mean “ttl”?' }]);
  });
});

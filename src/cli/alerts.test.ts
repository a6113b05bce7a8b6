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

  it('says that contents of TCP are looked for packet by packet', async () => {
    const { err } = await vxlens('alerts', '-r', PING, '-S', file('tcp.rules', 'alert tcp any any -> any any (content:"abc"; sid:1;)'), '-l', '-');
    expect(err).toMatch(/1 rules look for contents in TCP/);
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

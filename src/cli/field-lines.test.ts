import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { allCaptures } from '../core/testing/fixtures.ts';
import { vxlens } from './run-main.ts';

const PLAIN = ['frame.number', 'frame.len', 'frame.cap_len', 'frame.time_epoch', 'frame.time_relative', 'frame.time_delta', 'eth.src', 'eth.type', 'eth.ig', 'ip.src', 'ip.addr', 'ip.ttl', 'ip.checksum', 'ip.flags', 'ip.flags.df', 'ipv6.src',
  'ipv6.flow', 'udp.port', 'tcp.port', 'tcp.seq', 'tcp.flags', 'tcp.flags.syn', 'vxlan.vni', 'vxlan.flags', 'icmp.type', 'icmp.seq', 'icmp.ident', 'arp.src.hw_mac', 'arp.src.proto_ipv4', 'dns.id', 'dns.a', 'dhcp.id', 'dhcp.ip.your', 'ntp.ppoll', 'ntp.precision', 'gre.key'];
const WORDS = 'frame.encap_type'; // a column that is written as a string, and so are all the others beside it
const of = (names: readonly string[], ...options: string[]): string[] => [...names.flatMap((name) => ['-e', name]), ...options.flatMap((option) => ['-E', option])];

const folder = mkdtempSync(join(tmpdir(), 'vxlens-lines-'));
afterAll(() => { rmSync(folder, { recursive: true }); });

describe('lines written as bytes are those put together from strings', () => {
  it.each(allCaptures().map((fixture) => [fixture.name, fixture] as const))('%s', { timeout: 60_000 }, async (_, fixture) => {
    const path = join(folder, 'capture');
    writeFileSync(path, fixture.bytes());
    for (const options of [[], ['occurrence=f', 'separator=;', 'header=y'], ['occurrence=l', 'aggregator=/s', 'header=y']]) {
      const [bytes, strings] = [await vxlens('fields', '-r', path, ...of(PLAIN, ...options)), await vxlens('fields', '-r', path, ...of([...PLAIN, WORDS], ...options))];
      expect(bytes.out).toBe(strings.out.replace(/[\t;][^\t;\n]*\n/g, '\n'));
    }
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vxlens } from './run-main.ts';

const PING = 'public/samples/mirrored-ping/appliance-eth0.pcap';
const fields = (...args: string[]) => vxlens('fields', '-r', PING, ...args);

describe('fields', () => {
  it('prints a line a packet, all occurrences, outer first', async () => {
    const { status, out, err } = await fields('-n', '-T', 'fields', '-e', 'frame.number', '-e', 'ip.src', '-e', 'vxlan.vni', '-c', '3');
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toBe('1\t\t\n2\t172.31.9.144,172.31.9.144\t333\n3\t172.31.9.144,142.251.42.79\t333\n');
  });

  it('takes separator, aggregator, occurrence and header', async () => {
    const some = (...options: string[]) => fields('-Y', 'frame.number == 3', '-e', 'ip.src', '-e', 'ip.ttl', ...options.flatMap((o) => ['-E', o]));
    expect((await some('separator=;', 'aggregator=/s')).out).toBe('172.31.9.144 142.251.42.79;64 64\n');
    expect((await some('occurrence=f')).out).toBe('172.31.9.144\t64\n');
    expect((await some('occurrence=l', 'separator=/s', 'header=y')).out).toBe('ip.src ip.ttl\n142.251.42.79 64\n');
  });

  it('prints JSON without the fields that are absent', async () => {
    const { out } = await fields('-T', 'json', '-e', 'ip.src', '-e', 'arp.opcode', '-c', '2');
    expect(JSON.parse(out)).toEqual([{ _source: { layers: { 'arp.opcode': ['1'] } } }, { _source: { layers: { 'ip.src': ['172.31.9.144', '172.31.9.144'] } } }]);
    expect(JSON.parse((await fields('-T', 'json', '-e', 'ip.src', '-Y', 'tcp')).out)).toEqual([]);
  });

  it('counts packets read, not packets shown', async () => {
    expect((await fields('-e', 'frame.number', '-c', '5', '-Y', 'icmp.type == 8')).out).toBe('2\n4\n');
  });

  it('decodes as it is told', async () => {
    const moved = await fields('-e', 'frame.protocols', '-c', '2', '-d', 'udp.port==4789,data');
    expect(moved.out.split('\n')[1]).toBe('eth:ethertype:ip:udp:data');
  });

  it('prints nothing when a name or the filter is wrong', async () => {
    expect(await fields('-e', 'ip.src', '-e', 'ip.nix')).toEqual({ status: 2, out: '', err: 'ip.nix: there is no such field. vxlens fields --help tells how it is used.\n' });
    const filter = await fields('-e', 'ip.src', '-Y', 'ip.src = 1.2.3.4');
    expect(filter).toEqual({ status: 2, out: '', err: 'The filter is wrong at “=” (character 8). Write == to compare.\n' });
  });

  it('prints a known name that is not filled yet as empty, and says so', async () => {
    const { status, out, err } = await fields('-e', 'frame.number', '-e', 'nbns.name', '-c', '1');
    expect({ status, out }).toEqual({ status: 0, out: '1\t\n' });
    expect(err).toBe('Not filled yet, so printed empty: nbns.name.\n');
  });

  it.each([
    [['-e', 'ip.src', '-x'], "Unknown option '-x'"], [['-e', 'ip.src', 'stray'], '“stray” belongs to no option'], [[], 'At least one -e FIELD is wanted'],
    [['-e', 'ip.src', '-c', '0'], '-c 0 is no number of packets'], [['-e', 'ip.src', '-T', 'xml'], '-T xml is neither'], [['-e', 'ip.src', '-E', 'separator=ab'], '-E separator=ab is not understood'],
    [['-e', 'ip.src', '-o', 'ip.nix:TRUE'], '-o ip.nix:TRUE: there is no preference ip.nix'], [['-e', 'ip.src', '-o', 'ip.check_checksum:maybe'], 'is TRUE or FALSE'],
    [['-e', 'ip.src', '-d', 'udp.port=1,vxlan'], 'is no rule'], [['-e', 'ip.src', '-d', 'udp.port==1,nix'], 'there is no protocol nix'], [['-e', 'ip.src', '-d', 'nix.port==1,vxlan'], 'nix.port is no place'],
  ])('refuses %j', async (args, message) => {
    const { status, out, err } = await fields(...args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('damaged input', () => {
  let folder = '';
  beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'vxlens-')); });
  afterAll(() => { rmSync(folder, { recursive: true }); });
  const run = (bytes: Uint8Array | string) => {
    writeFileSync(join(folder, 'capture'), bytes);
    return vxlens('fields', '-r', join(folder, 'capture'), '-e', 'frame.number');
  };

  it('prints what it read of a capture that breaks off, then one sentence', async () => {
    const { status, out, err } = await run(readFileSync(PING).subarray(0, 400));
    expect({ status, out }).toEqual({ status: 2, out: '1\n2\n' });
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toMatch(/packet 3/);
  });

  it('reads gzip, also of several members, and what came before a break', async () => {
    const file = readFileSync(PING);
    const members = Buffer.concat([gzipSync(file.subarray(0, 1000)), gzipSync(file.subarray(1000))]);
    expect((await run(members)).out).toBe((await run(file)).out);
    const { status, out } = await run(gzipSync(file).subarray(0, 600));
    expect(status).toBe(2);
    expect(out).toMatch(/^1\n2\n/);
  });

  it('refuses what is no capture', async () => {
    for (const bytes of ['', '<html></html>', '\xd4\xc3']) {
      const { status, out, err } = await run(bytes);
      expect({ status, out }).toEqual({ status: 2, out: '' });
      expect(err.trimEnd().split('\n')).toHaveLength(1);
    }
  });

  it('tells of a file that is not there', async () => {
    expect((await vxlens('fields', '-r', join(folder, 'nix'), '-e', 'ip.src')).err).toContain('there is no such file');
  });
});

describe('vxlens', () => {
  it('has help for itself and each command, and a version', async () => {
    expect((await vxlens('--help')).out).toContain('fields');
    expect((await vxlens('fields', '--help')).out).toContain('-e FIELD');
    expect((await vxlens('--version')).out).toMatch(/^vxlens \d+\.\d+\.\d+\n$/);
  });

  it('refuses a command that it does not have', async () => {
    expect(await vxlens('nix')).toMatchObject({ status: 2, out: '', err: 'There is no command “nix”. vxlens --help lists them.\n' });
  });
});

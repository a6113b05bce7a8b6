import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAB_NOTE, LAB_PRESENT } from '../core/testing/lab.ts';
import { vxlens } from './run-main.ts';

const SAMPLE = 'public/samples/mirrored-ping';
const SOURCE = `${SAMPLE}/source-eth0.pcap`, DEVICE = `${SAMPLE}/appliance-vxlan100.pcap`, RULES = `${SAMPLE}/mirror.json`;
const TOLD = ['--source-ip', '172.31.9.144', '--source-mac', '0a:d3:93:e4:27:b2', '--target-ip', '172.31.4.131', '--target-mac', '0a-36-d2-fc-94-2e', '--mtu', '9001'];
let folder = '';
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'vxlens-test-')); });
afterAll(() => { rmSync(folder, { recursive: true }); });
const at = (name: string): string => join(folder, name);
const saved = (name: string, o: unknown): string => { writeFileSync(at(name), JSON.stringify(o)); return at(name); };
const RULE = { RuleNumber: 1, RuleAction: 'accept', SourceCidrBlock: '0.0.0.0/0', DestinationCidrBlock: '0.0.0.0/0' };
const EVERYTHING = (): string => saved('all.json', { TrafficMirrorFilterId: 'tmf-1', IngressFilterRules: [RULE], EgressFilterRules: [RULE] });
const magic = (name: string): string => readFileSync(at(name)).subarray(0, 4).toString('hex');

describe('mirror', () => {
  it('and decap behind it give what the VXLAN interface captured, frame by frame', async () => {
    const { status, out, err } = await vxlens('mirror', '-r', SOURCE, '-w', at('m.pcap'), '--session', RULES, ...TOLD);
    expect({ status, out }).toEqual({ status: 0, out: '' });
    expect(err.split('\n').slice(1)).toEqual(['12 frames of 20 packets.', 'Left out:', '  4: no IP packet, such as ARP: never mirrored', '  2: outbound rule 50 leaves it out', '  2: inbound rule 50 leaves it out', '']);
    expect((await vxlens('decap', '-r', at('m.pcap'), '-w', at('d.pcap'), '--vni', '333', '--local', '172.31.4.131')).err).toBe('12 frames of 12 packets.\n');
    const frames = (file: string): Buffer[] => Array.from({ length: 12 }, (_, i) => readFileSync(file).subarray(24 + i * 114 + 16, 24 + (i + 1) * 114));
    expect(frames(at('d.pcap'))).toEqual(frames(DEVICE));
    expect(JSON.parse((await vxlens('compare', SOURCE, at('m.pcap'), '--filter', RULES, '--json')).out)).toMatchObject({ pairs: { length: 12 }, lost: [], truncated: [], changed: [] });
  });

  it('says what it assumed, and which option says otherwise', async () => {
    const { err } = await vxlens('mirror', '-r', SOURCE, '-w', at('m.pcap'), '--session', RULES);
    expect(err).toMatch(/^The source is 172\.31\.9\.144, which the capture’s interface sends from most; --source-ip says otherwise\.$/m);
    expect(err).toMatch(/^The target’s MTU is taken to be 9,001, the largest that there is; --mtu says otherwise\.$/m);
    expect(err.split('\n')[0]).toBe('tms-0c0ffee5eed5e5510 mirrors with VNI 333 what tmf-0c0ffee5eed1c3b0a lets through. The target is an instance: frames are cut to 8,965 bytes, the target’s MTU of 9,001 less 36 for IPv4, UDP and VXLAN. AWS advises an MTU of at most 8,947 at the source.');
  });

  it('takes sessions, targets and filters from three files, and --session several', async () => {
    const { TrafficMirrorFilters, TrafficMirrorSessions, TrafficMirrorTargets } = JSON.parse(readFileSync(RULES, 'utf8')) as Record<string, unknown>;
    const [filters, sessions, targets] = [saved('f.json', { TrafficMirrorFilters }), saved('s.json', { TrafficMirrorSessions }), saved('t.json', { TrafficMirrorTargets })];
    await vxlens('mirror', '-r', SOURCE, '-w', at('one.pcap'), '--session', RULES);
    for (const args of [['--session', sessions, targets, '--filter', filters], ['--filter', filters, '--session', sessions, '--session', targets], ['--session', targets, filters, sessions]]) {
      expect((await vxlens('mirror', '-r', SOURCE, '-w', at('three.pcap'), ...args)).status).toBe(0);
      expect(readFileSync(at('three.pcap'))).toEqual(readFileSync(at('one.pcap')));
    }
  });

  it('reads gzip, writes a pcapng where the name says so, and takes what breaks off as far as it goes', async () => {
    writeFileSync(at('s.pcap.gz'), gzipSync(readFileSync(SOURCE)));
    writeFileSync(at('broken.pcap'), readFileSync(SOURCE).subarray(0, 600));
    expect((await vxlens('mirror', '-r', at('s.pcap.gz'), '-w', at('m.pcapng'), '--session', RULES, ...TOLD)).status).toBe(0);
    expect([magic('m.pcapng'), (await vxlens('mirror', '-r', SOURCE, '-w', at('m.pcap'), '--session', RULES)).status, magic('m.pcap')]).toEqual(['0a0d0d0a', 0, 'd4c3b2a1']);
    const { status, err } = await vxlens('mirror', '-r', at('broken.pcap'), '-w', at('m.pcap'), '--session', RULES, ...TOLD);
    expect(status).toBe(2);
    expect(err).toMatch(/^4 frames of 6 packets\.$/m);
    expect(err.trim().split('\n').at(-1)).toMatch(/breaks off/);
  });

  it.skipIf(!LAB_PRESENT)(`sends super-frames in segments, as the MTU of the source says${LAB_NOTE}`, async () => {
    const run = async (...more: string[]): Promise<string[]> => {
      const { status, err } = await vxlens('mirror', '-r', '../shared/captures/lab/offload/source-eth0.pcap', '-w', at('m.pcap'), '--filter', EVERYTHING(), ...TOLD, ...more);
      expect(status).toBe(0);
      return err.split('\n').slice(-6);
    };
    const [assumed, frames, split] = await run();
    expect(assumed).toBe('The source’s MTU is taken to be 1,500, as it told its peers (TCP’s MSS); larger TCP packets left it in segments; --source-mtu says otherwise.');
    expect(frames).toMatch(/^\d+ frames of 226 packets\.$/);
    expect(split).toMatch(/^8 packets were larger than the source’s MTU of 1,500 or than the other end takes: the network card sends them in segments/);
    const [fewer] = await run('--source-mtu', '1000');
    expect(parseInt(fewer!, 10)).toBeGreaterThan(parseInt(frames!, 10));
  });

  it.skipIf(!LAB_PRESENT)(`keeps interfaces and comments of a pcapng${LAB_NOTE}`, async () => {
    expect((await vxlens('mirror', '-r', '../shared/captures/lab/pcapng/merged.pcapng', '-w', at('merged.pcapng'), '--filter', EVERYTHING())).status).toBe(0);
    const text = readFileSync(at('merged.pcapng')).toString('latin1');
    for (const word of ['source-eth0', 'appliance-eth0', 'the mirrored copy of the frame that is commented in the source']) expect(text).toContain(word);
  });

  it.each([
    [['-w', 'x', '--session', RULES], /^The capture, -r IN, is missing/], [['-r', SOURCE, '--session', RULES], /^The file to write, -w OUT, is missing/], [['-r', SOURCE, '-w', 'x'], /^The mirror’s rules, --session FILE, are missing/],
    [['-r', SOURCE, '-w', 'x', '--session', 'nowhere.json'], /^nowhere\.json cannot be read/], [['-r', SOURCE, '-w', 'x', '--session', 'README.md'], /^README\.md is not JSON/],
    [['-r', SOURCE, '-w', 'x', '--session', RULES, '--target-ip', 'here'], /^--target-ip here is no IPv4 or IPv6 address/], [['-r', SOURCE, '-w', 'x', '--session', RULES, '--source-mac', '0a:1'], /^--source-mac 0a:1 is no MAC address/],
    [['-r', SOURCE, '-w', 'x', '--session', RULES, '--mtu', '60'], /^--mtu 60 is no number from 68 to 65,535/], [['-r', SOURCE, '-w', 'x', '--session', RULES, '--source-mtu', '1e9'], /^--source-mtu 1e9 is no number from 68 to 65,535/], [['-r', SOURCE, '-w', 'x', '--session', RULES, '--vni', '16777216'], /^--vni 16777216 is no number from 0 to 16,777,215/],
    [['-r', RULES, '-w', 'x', '--session', RULES], /./], [['-r', SOURCE, '-w', SOURCE, '--session', RULES], /^\S+source-eth0\.pcap is the capture that is read/], [['-r', SOURCE, '-w', '/nowhere/x', '--session', RULES], /cannot be written/],
  ])('says in words what is wrong: %j', async (args, words) => {
    const { status, out, err } = await vxlens('mirror', ...args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(words);
  });
});

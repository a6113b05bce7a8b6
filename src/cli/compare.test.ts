import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAB_NOTE, LAB_PRESENT } from '../core/testing/lab.ts';
import { vxlens } from './run-main.ts';

const SAMPLE = 'public/samples/mirrored-ping';
const SOURCE = `${SAMPLE}/source-eth0.pcap`, APPLIANCE = `${SAMPLE}/appliance-eth0.pcap`, DEVICE = `${SAMPLE}/appliance-vxlan100.pcap`;
const LAB = '../shared/captures/lab';
let folder = '';
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'vxlens-test-')); });
afterAll(() => { rmSync(folder, { recursive: true }); });

describe('compare', () => {
  it('prints lists of packet numbers', async () => {
    const { status, out, err } = await vxlens('compare', SOURCE, APPLIANCE, '--json');
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const result = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(result)).toEqual(['pairs', 'direct', 'onlyInA', 'onlyInB', 'lost', 'filtered', 'duplicates', 'fragments', 'truncated', 'changed', 'ambiguous', 'clockOffsetSeconds', 'driftPpm']);
    expect(result).toMatchObject({ pairs: Array.from({ length: 12 }, (_, i) => [i + 3, i + 2]), onlyInA: [2], onlyInB: [], filtered: [], clockOffsetSeconds: 0, driftPpm: 0 });
  });

  it('prints sentences without --json', async () => {
    const { out } = await vxlens('compare', SOURCE, APPLIANCE, '--vni', '333');
    expect(out.split('\n')[0]).toBe('12 of 20 source packets were mirrored, all with VNI 333, and arrived byte for byte the same.');
  });

  it('reads gzip, and takes what breaks off as far as it goes', async () => {
    const packed = join(folder, 'appliance.pcap.gz'), broken = join(folder, 'broken.pcap');
    writeFileSync(packed, gzipSync(readFileSync(APPLIANCE)));
    writeFileSync(broken, readFileSync(APPLIANCE).subarray(0, 500));
    expect(JSON.parse((await vxlens('compare', SOURCE, packed, '--json')).out)).toMatchObject({ pairs: { length: 12 }, onlyInA: [2] });
    const { status, out, err } = await vxlens('compare', SOURCE, broken, '--json');
    expect(JSON.parse(out)).toMatchObject({ pairs: [[3, 2], [4, 3]] });
    expect(status).toBe(2);
    expect(err).toMatch(/^\S+broken\.pcap: .*\n$/);
  });

  it('evaluates the mirror’s filter', async () => {
    const { out, err } = await vxlens('compare', SOURCE, APPLIANCE, '--filter', `${SAMPLE}/mirror.json`, '--json');
    // ARP has no rule; the pings of the appliance itself have one that leaves them out.
    expect(JSON.parse(out)).toMatchObject({ pairs: { length: 12 }, onlyInA: [2], filtered: [[1, null], [2, null], [15, 50], [16, 50], [17, null], [18, null], [19, 50], [20, 50]], lost: [] });
    expect(err).toBe('');
    expect((await vxlens('compare', SOURCE, APPLIANCE, '--filter', 'README.md')).err).toMatch(/^README\.md is not JSON/);
    expect((await vxlens('compare', SOURCE, APPLIANCE, '--filter', 'package.json')).err).toMatch(/^package\.json holds no mirror filter, session or target\./);
  });

  it('has an exit code for whoever asks for it', async () => {
    expect((await vxlens('compare', SOURCE, APPLIANCE, '--exit-code')).status).toBe(0);
    expect((await vxlens('compare', SOURCE, APPLIANCE, '--exit-code', '--vni', '5')).status).toBe(1);
  });

  it.skipIf(!LAB_PRESENT)(`takes one interface of a pcapng, and tells loss${LAB_NOTE}`, async () => {
    const merged = `${LAB}/pcapng/merged.pcapng`;
    const { status, out } = await vxlens('compare', `${merged}#source-eth0`, `${merged}#1`, '--json', '--exit-code');
    const truth = JSON.parse(readFileSync(`${LAB}/pcapng/truth.json`, 'utf8')) as { pairs: [number, number | null][]; lost: number[] };
    const { pairs, lost } = JSON.parse(out) as { pairs: number[][]; lost: number[] };
    expect(pairs).toEqual(truth.pairs.filter(([, b]) => b !== null));
    expect(lost).toEqual(truth.lost);
    expect(status).toBe(1);
  });

  it.each([
    [['compare', SOURCE], /^Two captures are needed/],
    [['compare', SOURCE, APPLIANCE, DEVICE], /one capture too many/],
    [['compare', SOURCE, APPLIANCE, '--vni', 'x'], /^--vni x is no number from 0 to 16,777,215/],
    [['compare', SOURCE, `${APPLIANCE}#eth7`], /^The capture has no interface "eth7"/],
    [['compare', SOURCE, 'nowhere.pcap'], /^nowhere\.pcap cannot be opened: there is no such file/],
    [['compare', SOURCE, 'README.md'], /./],
  ])('says in words what is wrong: %j', async (args, words) => {
    const { status, out, err } = await vxlens(...args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(words);
  });
});

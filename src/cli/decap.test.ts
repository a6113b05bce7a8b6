import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAB_PRESENT } from '../core/testing/lab.ts';
import { vxlens } from './run-main.ts';

const SAMPLE = 'public/samples/mirrored-ping';
const APPLIANCE = `${SAMPLE}/appliance-eth0.pcap`, DEVICE = `${SAMPLE}/appliance-vxlan100.pcap`;
const LAB = '../shared/captures/lab';
let folder = '';
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'vxlens-test-')); });
afterAll(() => { rmSync(folder, { recursive: true }); });

describe('decap', () => {
  it('writes what the VXLAN interface captured', async () => {
    const made = join(folder, 'decap.pcap');
    const { status, out, err } = await vxlens('decap', '-r', APPLIANCE, '-w', made, '--vni', '333', '--local', '172.31.4.131');
    expect({ status, out }).toEqual({ status: 0, out: '' });
    expect(err).toBe('12 frames of 19 packets. The others:\n  7: no UDP to the VXLAN port\n');
    const frames = (file: string): Buffer[] => { // 24 bytes of file header, 16 before each frame of 98
      const bytes = readFileSync(file);
      return Array.from({ length: 12 }, (_, i) => bytes.subarray(24 + i * 114 + 16, 24 + (i + 1) * 114));
    };
    expect(frames(made)).toEqual(frames(DEVICE));
    expect(readFileSync(made).length).toBe(readFileSync(DEVICE).length);
  });

  it('looks at one UDP destination port', async () => {
    expect((await vxlens('decap', '-r', APPLIANCE, '-w', join(folder, 'x'), '--port', '8472')).err).toBe('0 frames of 19 packets. The others:\n  19: no UDP to the VXLAN port\n');
    expect((await vxlens('decap', '-r', APPLIANCE, '-w', join(folder, 'x'), '--port', '0x12b5', '--vni', '334')).err).toBe('0 frames of 19 packets. The others:\n  12: another VNI\n  7: no UDP to the VXLAN port\n');
  });

  it('reads gzip, writes a pcapng where the name says so, and takes what breaks off as far as it goes', async () => {
    const packed = join(folder, 'packed.gz'), broken = join(folder, 'broken.pcap'), made = join(folder, 'made.pcapng');
    writeFileSync(packed, gzipSync(readFileSync(APPLIANCE)));
    writeFileSync(broken, readFileSync(APPLIANCE).subarray(0, 500));
    expect((await vxlens('decap', '-r', packed, '-w', made)).err).toMatch(/^12 frames of 19 packets\./);
    expect(readFileSync(made).subarray(0, 4).toString('hex')).toBe('0a0d0d0a');
    const { status, err } = await vxlens('decap', '-r', broken, '-w', made);
    expect(status).toBe(2);
    expect(err).toMatch(/^2 frames of 3 packets\..*breaks off/s);
  });

  it('leaves what lies at OUT alone until it has something to write', async () => {
    const made = join(folder, 'kept.pcap');
    writeFileSync(made, 'mine');
    expect((await vxlens('decap', '-r', 'README.md', '-w', made)).status).toBe(2);
    expect(readFileSync(made, 'utf8')).toBe('mine');
    expect((await vxlens('decap', '-r', APPLIANCE, '-w', APPLIANCE)).err).toMatch(/appliance-eth0\.pcap is the capture that is read\./);
  });

  it('says what it was not told', async () => {
    expect((await vxlens('decap', '-r', APPLIANCE)).err).toMatch(/^The file to write, -w OUT, is missing/);
    expect((await vxlens('decap', '-r', APPLIANCE, '-w', join(folder, 'x'), '--local', 'here')).err).toMatch(/^--local here is no IPv4 or IPv6 address/);
    expect((await vxlens('decap', '-r', APPLIANCE, '-w', join(folder, 'no', 'x'))).err).toMatch(/cannot be written/);
  });

  const tshark = ((): boolean => { try { execFileSync('tshark', ['--version'], { stdio: 'ignore' }); return true; } catch { return false; } })();
  it.skipIf(!LAB_PRESENT || !tshark)(`writes a pcapng that tshark reads without a word (skipped without tshark or ../shared)`, async () => {
    const made = join(folder, 'decap.pcapng');
    expect((await vxlens('decap', '-r', `${LAB}/pcapng/merged.pcapng`, '-w', made)).status).toBe(0);
    const out = execFileSync('tshark', ['-r', made, '-T', 'fields', '-e', 'frame.interface_name', '-e', 'frame.comment', '-c', '3'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    expect((await vxlens('decap', '-r', `${LAB}/pcapng/merged.pcapng#source-eth0`, '-w', made)).err).toMatch(/^0 frames/);
    expect((await vxlens('decap', '-r', `${LAB}/pcapng/merged.pcapng#eth9`, '-w', made)).err).toMatch(/has no interface "eth9"/);
    expect(out.split('\n').slice(0, 2)).toEqual(['appliance-eth0\t', 'appliance-eth0\tthe mirrored copy of the frame that is commented in the source']);
  });
});

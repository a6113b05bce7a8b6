import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mirrored, mirrorPlan, unwrapped } from './mirror-desk.ts';

const at = (name: string): Buffer<ArrayBuffer> => readFileSync(`public/samples/mirrored-ping/${name}`);
const files = [{ name: 'mirror.json', text: at('mirror.json').toString() }];
const NOTHING = { sourceIp: '', sourceMac: '', targetIp: '', targetMac: '', mtu: '', sourceMtu: '', vni: '' };
const context = (signal = new AbortController().signal) => ({ signal, progress: () => {}, move: () => {} });

it('mirrors and takes off again: what the VXLAN interface captured', async () => {
  const made = await mirrored({ capture: new Blob([at('source-eth0.pcap')]), files, given: NOTHING, pcapng: false }, context());
  expect([made.frames, made.format, made.lines[0]]).toEqual([12, 'pcap', '12 frames of 20 packets.']);
  const bare = await unwrapped({ capture: made.file, vni: '0x14d', port: '', local: '172.31.4.131', pcapng: true }, context());
  expect([bare.frames, bare.format, bare.lines]).toEqual([12, 'pcapng', ['12 frames of 12 packets.']]);
});

it('says beforehand what would happen, and in words what is no address or number', async () => {
  expect(mirrorPlan({ files, given: { ...NOTHING, mtu: '1500', targetIp: '2001:db8::1' } })).toEqual([expect.stringContaining('frames are cut to 1,444 bytes, the target’s MTU of 1,500 less 56 for IPv6, UDP and VXLAN') as unknown]);
  expect(() => mirrorPlan({ files, given: { ...NOTHING, targetMac: '0a:1' } })).toThrow(/^The target’s MAC address, 0a:1, is none\. Write it as/);
  expect(() => mirrorPlan({ files, given: { ...NOTHING, vni: '-1' } })).toThrow(/^The VNI, -1, is no number from 0 to 16,777,215/);
  await expect(unwrapped({ capture: new Blob([at('appliance-eth0.pcap')]), vni: '', port: '70000', local: '', pcapng: false }, context())).rejects.toThrow(/^The UDP port, 70000, is no number/);
});

it('stops when it is told to', async () => {
  await expect(mirrored({ capture: new Blob([at('source-eth0.pcap')]), files, given: NOTHING, pcapng: false }, context(AbortSignal.abort()))).rejects.toThrow(/cancelled/);
});

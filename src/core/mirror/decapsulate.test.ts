import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { openCapture } from '../capture/capture-reader.ts';
import { concat, fromHex, toHex } from '../testing/bytes.ts';
import { LAB_NOTE, LAB_PRESENT, labFile } from '../testing/lab.ts';
import { pcapFile } from '../testing/pcap-file.ts';
import { decapCapture, type DecapReport } from './decap-capture.ts';
import { Decapsulator, type DecapOptions } from './decapsulate.ts';

/** Frames of a capture as hexadecimal digits. */
async function frames(file: Uint8Array): Promise<string[]> {
  const reader = await openCapture(memorySource(file));
  const found: string[] = [];
  do { while (reader.next()) found.push(toHex(reader.bytes.subarray(reader.start, reader.end))); } while (await reader.refill());
  return found;
}

async function decap(file: Uint8Array, options: DecapOptions = {}): Promise<DecapReport & { file: Uint8Array }> {
  const pieces: Uint8Array[] = [];
  const report = await decapCapture(await openCapture(memorySource(file)), (piece) => { pieces.push(piece); }, options);
  return { ...report, file: concat(pieces) };
}

const sample = (name: string): Uint8Array => readFileSync(`public/samples/mirrored-ping/${name}.pcap`);

describe('the mirrored ping without its envelopes', () => {
  it('is what the VXLAN interface captured, frame by frame', async () => {
    const { file, frames: count, refused } = await decap(sample('appliance-eth0'), { vni: 333 });
    expect(await frames(file)).toEqual(await frames(sample('appliance-vxlan100')));
    expect(count).toBe(12);
    expect([...refused]).toEqual([['other', 7]]);
  });

  it('keeps times, and is nothing for another VNI, port or address', async () => {
    const reader = await openCapture(memorySource((await decap(sample('appliance-eth0'))).file));
    reader.next();
    const before = await openCapture(memorySource(sample('appliance-eth0')));
    before.next();
    before.next();
    expect([reader.seconds, reader.nanoseconds, reader.origlen]).toEqual([before.seconds, before.nanoseconds, 98]);
    expect((await decap(sample('appliance-eth0'), { vni: 334 })).frames).toBe(0);
    expect((await decap(sample('appliance-eth0'), { port: 8472 })).frames).toBe(0);
    expect((await decap(sample('appliance-eth0'), { local: Uint8Array.of(172, 31, 9, 144) })).frames).toBe(0);
    expect((await decap(sample('appliance-eth0'), { local: Uint8Array.of(172, 31, 4, 131) })).frames).toBe(12);
  });
});

const DEVICES: readonly (readonly [scenario: string, file: string, vni: number])[] = [
  ['ping-mtu1500', 'appliance-vxlan100', 333], ['web', 'appliance-vxlan100', 333], ['loss', 'appliance-vxlan100', 333], ['reorder-dup', 'appliance-vxlan100', 333],
  ['jumbo-truncated', 'appliance-vxlan100', 333], ['outer-fragmented', 'appliance-vxlan100', 333], ['filtered', 'appliance-vxlan100', 333], ['offload', 'appliance-vxlan100', 333],
  ['nat-and-ttl', 'appliance-vxlan100', 333], ['multi-vni', 'appliance-vxlan333', 333], ['multi-vni', 'appliance-vxlan1001', 1001], ['multi-vni', 'appliance-vxlan16777215', 16777215],
  ['ipv6', 'appliance-vxlan100', 333], ['ipv6', 'appliance-vxlan101', 334], ['rogue', 'appliance-vxlan100', 333],
];

describe.skipIf(!LAB_PRESENT)(`what the kernel’s own VXLAN interfaces captured in the lab${LAB_NOTE}`, () => {
  for (const [scenario, file, vni] of DEVICES) {
    it(`${scenario}: VNI ${vni}`, async () => {
      const { file: made } = await decap(labFile(scenario, 'appliance-eth0.pcap'), { vni });
      expect(await frames(made)).toEqual(await frames(labFile(scenario, `${file}.pcap`)));
    });
  }

  it('outer-fragmented: every fragment is accounted for', async () => {
    const { packets, frames: count, refused } = await decap(labFile('outer-fragmented', 'appliance-eth0.pcap'));
    expect([packets, count, [...refused]]).toEqual([519, 424, [['other', 1]]]);
  });

  it('clock-skew: as far as a snaplen of 128 reaches', async () => {
    const made = await frames((await decap(labFile('clock-skew', 'appliance-eth0.pcap'), { vni: 333 })).file);
    const seen = await frames(labFile('clock-skew', 'appliance-vxlan100.pcap'));
    expect(made.map((frame, i) => seen[i]!.startsWith(frame))).toEqual(seen.map(() => true));
  });

  it('pcapng: interfaces and comments stay', async () => {
    const reader = await openCapture(memorySource((await decap(labFile('pcapng', 'merged.pcapng'))).file));
    do { while (reader.next()); } while (await reader.refill());
    expect(reader.interfaces.map(({ name, linkType }) => [name, linkType])).toEqual([['source-eth0', 1], ['appliance-eth0', 1]]);
    expect([...reader.comments.values()].flat()).toEqual(['the mirrored copy of the frame that is commented in the source']);
  });
});

/** RFC 7348 by hand: Ethernet, IPv4 with a right checksum, UDP without one, VXLAN, and a frame. */
const ENVELOPE = '0a36d2fc942e 0ad393e427b2 0800  4500 004e 0001 4000 4011 269c 0a000001 0a000002  c000 12b5 003a 0000  08000000 00014d00';
const FRAME = '020000000002 020000000001 0800  4500 001c 0001 0000 4011 66cc 0a010001 0a010002  0001 0002 0008 0000';

/** RFC 1071 over the pseudo-header, UDP, VXLAN and the frame, in the slow way. */
function sumOver6(): string {
  const words = `20010db8000000000000000000000001 20010db8000000000000000000000002 0000003a 00000011 c00012b5003a0000 0800000000014d00 ${FRAME}`.replaceAll(' ', '').match(/.{4}/g)!;
  const sum = words.reduce((total, word) => total + parseInt(word, 16), 0);
  return (0xffff - ((sum & 0xffff) + (sum >> 16))).toString(16).padStart(4, '0');
}

const verdict = (envelope: string, frame = FRAME, options: DecapOptions = {}): string | null => {
  const bytes = fromHex(envelope + frame);
  return new Decapsulator(options).take(bytes, 0, bytes.length, bytes.length, 1);
};

describe('the kernel’s rules', () => {
  it.each([
    ['an envelope of RFC 7348', ENVELOPE, null],
    ['no I flag', ENVELOPE.replace('08000000', '00000000'), 'flag'],
    ['a policy group, which the interface was not told of', ENVELOPE.replace('08000000', '88000010'), 'reserved'],
    ['a bit set in the last byte', ENVELOPE.replace('00014d00', '00014d01'), 'reserved'],
    ['an IPv4 header with a wrong checksum', ENVELOPE.replace('269c', '269d'), 'header'],
    ['a UDP checksum that is wrong', ENVELOPE.replace('003a 0000', '003a 1234'), 'checksum'],
    ['a UDP length beyond the packet', ENVELOPE.replace('003a 0000', '003b 0000'), 'length'],
    ['the port as the source only', ENVELOPE.replace('c000 12b5', '12b5 c000'), 'other'],
  ])('%s', (_, envelope, expected) => { expect(verdict(envelope)).toBe(expected); });

  it('no checksum is none of a matter over IPv4, and over IPv6 one for interfaces with udp6zerocsumrx only; a wrong one is dropped', () => {
    const over6 = (sum: string): string => `0a36d2fc942e 0ad393e427b2 86dd  6000 0000 003a 1140 20010db8000000000000000000000001 20010db8000000000000000000000002  c000 12b5 003a ${sum}  08000000 00014d00`;
    expect(verdict(over6('0000'))).toBe('unsummed');
    expect(verdict(over6('1234'))).toBe('checksum');
    expect(verdict(over6(sumOver6()))).toBe(null);
  });

  it('a frame of 13 bytes is none, and neither is IPv4 without its header', () => {
    const short = (length: number): string => ENVELOPE.replace('003a 0000', `${(length + 16).toString(16).padStart(4, '0')} 0000`);
    expect(verdict(short(13))).toBe('short');
    expect(verdict(short(14))).toBe('short');
    expect(verdict(short(34))).toBe(null);
  });

  it('a mark for congestion goes on to a packet that takes part in ECN, its checksum mended, and drops another (RFC 6040)', () => {
    const marked = ENVELOPE.replace('4500 004e', '4503 004e').replace('269c', '2699');
    expect(verdict(marked)).toBe('congestion');
    const bytes = fromHex(marked + FRAME.replace('4500 001c', '4502 001c').replace('66cc', '66ca'));
    const device = new Decapsulator({});
    expect(device.take(bytes, 0, bytes.length, bytes.length, 1)).toBe(null);
    expect(toHex(device.bytes.subarray(device.start + 14, device.start + 34))).toBe('4503001c00010000401166c90a0100010a010002');
    expect(bytes[65]).toBe(0x02); // the capture itself stays as it is
  });

  it('never throws, at any length', () => {
    const bytes = fromHex(ENVELOPE + FRAME);
    for (let length = 0; length <= bytes.length; length++) {
      const device = new Decapsulator({ vni: 333 });
      const refusal = device.take(bytes, 0, length, bytes.length, 1);
      if (refusal === null) expect(device.end - device.start).toBe(length - 50);
    }
    const cut = pcapFile({ packets: [{ bytes: bytes.subarray(0, 70), origlen: bytes.length }] });
    return expect(decap(cut)).resolves.toMatchObject({ frames: 1, fault: null });
  });
});

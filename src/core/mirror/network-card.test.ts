import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../testing/bytes.ts';
import { pcapFile } from '../testing/pcap-file.ts';
import { haveTshark, TSHARK, tsharkOccurrences } from '../testing/tshark.ts';
import { linkPlace } from './headers.ts';
import { NetworkCard } from './network-card.ts';
import { SegmentSizes } from './segment-sizes.ts';

// The lab's scenario "offload" (what-if.test.ts) has the outside facts for IPv4; here are the cases that it has not.

const hex16 = (n: number): string => n.toString(16).padStart(4, '0');
const ENDS = '0200000000020200000000 01'.replace(' ', '');
const FLAGS = { syn: '02', data: '18', last: '99' } as const; // SYN; ACK PSH; CWR ACK PSH FIN
const payload = (length: number): string => Array.from({ length }, (_, i) => (i % 251).toString(16).padStart(2, '0')).join('');

/** A TCP packet over IPv4 or IPv6, checksums left to the card; `tag` is a VLAN's. */
function tcp(version: 4 | 6, flags: keyof typeof FLAGS, body: number, { tag = '', options = '', turned = false, sequence = 'fffffc18' } = {}): Uint8Array {
  const length = 20 + options.length / 2 + body, ports = turned ? '01bbc001' : 'c00101bb';
  const [a, b] = version === 4 ? ['0a000001', '0a000002'] : [`20010db8${'0'.repeat(23)}1`, `20010db8${'0'.repeat(23)}2`];
  const ip = version === 4 ? `4500${hex16(20 + length)}fffe400040060000${turned ? b + a : a + b}` : `60000000${hex16(length)}0640${turned ? b + a : a + b}`;
  const macs = turned ? '020000000001020000000002' : ENDS;
  return fromHex(`${macs}${tag}${version === 4 ? '0800' : '86dd'}${ip}${ports}${sequence}00000001${((5 + options.length / 8) << 4).toString(16).padStart(2, '0')}${FLAGS[flags]}200000000000${options}${payload(body)}`);
}

const mss = (n: number): string => `0204${hex16(n)}`;
const SOURCE = fromHex('020000000001');

/** The frames that leave, the first and the answering SYN seen before. */
function leaving(frame: Uint8Array, { own = 0, peer = 0, version = 4, captured = frame.length, most = Infinity, mtu }: { own?: number; peer?: number; version?: 4 | 6; captured?: number; most?: number; mtu?: number } = {}): { bytes: Uint8Array; wire: number; cut: boolean }[] {
  const sizes = new SegmentSizes();
  const see = (b: Uint8Array): void => sizes.see(b, 0, b.length, b.length, 1);
  if (own > 0) see(tcp(version, 'syn', 0, { options: mss(own) }));
  if (peer > 0) see(tcp(version, 'syn', 0, { options: mss(peer), turned: true }));
  const card = new NetworkCard(sizes, mtu ?? sizes.mtuOf(SOURCE) ?? 9001);
  const place = { net: 0, type: 0 }, out = new Uint8Array(20_000);
  expect(linkPlace(frame, 0, captured, 1, place)).toBe(true);
  const count = card.take(frame, 0, captured, frame.length, place);
  return Array.from({ length: count }, (_, i) => {
    card.frame(i, out, 3, most);
    return { bytes: out.slice(3, 3 + card.captured), wire: card.wire, cut: card.isCut };
  });
}

const sizesOf = (frames: readonly { bytes: Uint8Array }[]): number[] => frames.map(({ bytes }) => bytes.length);

describe('how much a segment has', () => {
  it.each([
    ['what the other end takes', { own: 1460, peer: 1400 }, [1454, 1454, 254]],
    ['what the own MTU lets through', { own: 1360, peer: 8961 }, [1414, 1414, 334]],
    ['the own MTU, where the other end told nothing', { own: 1460 }, [1514, 1514, 134]],
    ['all of it, where both ends take jumbo frames', { own: 8961, peer: 8961 }, [3054]],
    ['all of it, where nobody told anything: jumbo frames are this large', {}, [3054]],
    ['not less than every host takes, whatever is told', { own: 1, peer: 1 }, [590, 590, 590, 590, 590, 374]],
    ['what the person says', { own: 1460, peer: 1460, mtu: 1040 }, [1054, 1054, 1054]],
  ] as const)('%s', (_, told, expected) => { expect(sizesOf(leaving(tcp(4, 'data', 3000), told))).toEqual(expected); });

  it('options of the header take their share', () => {
    const stamped = tcp(4, 'data', 2896, { options: '0101080a0000000100000002' });
    expect(sizesOf(leaving(stamped, { own: 1460, peer: 1460 }))).toEqual([1514, 1514]);
  });
});

describe('the headers of the segments', () => {
  it('FIN and PSH stay for the last, CWR for the first; numbers move on, over their ends too', () => {
    const frames = leaving(tcp(4, 'last', 3000), { own: 1460, peer: 1460 });
    const field = (at: number, length: number): string[] => frames.map(({ bytes }) => toHex(bytes.subarray(at, at + length)));
    expect(field(47, 1)).toEqual(['90', '10', '19']);
    expect(field(38, 4)).toEqual(['fffffc18', '000001cc', '00000780']); // 1,460 bytes on each, around 2^32
    expect(field(18, 2)).toEqual(['fffe', 'ffff', '0000']);
    expect(field(16, 2)).toEqual(['05dc', '05dc', '0078']);
  });

  it('of what was captured in part: each as far as it goes, on the wire as long as it was', () => {
    const frames = leaving(tcp(4, 'data', 3000), { own: 1460, peer: 1460, captured: 54 + 2000 });
    expect(frames.map(({ bytes, wire }) => [bytes.length, wire])).toEqual([[1514, 1514], [594, 1514], [54, 134]]);
  });

  it('a cut one keeps the checksum that the source had not filled in, as AWS says', () => {
    const [first] = leaving(tcp(4, 'data', 3000), { own: 1460, peer: 1460, most: 200 });
    expect([first!.bytes.length, first!.wire, first!.cut, toHex(first!.bytes.subarray(50, 52))]).toEqual([200, 200, true, '0000']);
    expect(toHex(first!.bytes.subarray(24, 26))).not.toBe('0000'); // the IPv4 header is whole
  });
});

describe('what is not split', () => {
  it('UDP, fragments, and headers that make no sense', () => {
    const udp = tcp(4, 'data', 3000), fragment = tcp(4, 'data', 3000), headless = tcp(4, 'data', 3000);
    udp[23] = 17;
    fragment[20] = 0x20;
    headless[46] = 0x10;
    for (const frame of [udp, fragment, headless]) expect(sizesOf(leaving(frame, { own: 1460, peer: 1460 }))).toEqual([3054]);
  });

  it('no packet throws, at any length', () => {
    for (const version of [4, 6] as const) {
      const frame = tcp(version, 'last', 1500, { tag: '81000005' });
      for (let length = 18; length < 120; length++) leaving(frame, { own: 536, peer: 536, version, captured: length });
    }
  });
});

describe('a checksum that is filled in', () => {
  it('is one that holds the sum of the pseudo-header only; a wrong one stays wrong', () => {
    const frame = tcp(4, 'data', 10), sum = 0x0a00 + 0x0001 + 0x0a00 + 0x0002 + 6 + 30;
    frame.set([sum >> 8, sum & 0xff], 50);
    const [filled] = leaving(frame);
    expect(toHex(filled!.bytes.subarray(50, 52))).not.toBe(hex16(sum));
    frame[51]! ^= 1;
    expect(toHex(leaving(frame)[0]!.bytes.subarray(50, 52))).toBe(hex16(sum ^ 1));
  });
});

describe.skipIf(!haveTshark)(`read by ${TSHARK}`, () => {
  const jumbo = (): Uint8Array => { // BIG TCP: the length stands in a hop-by-hop option
    const plain = tcp(6, 'last', 3000);
    const frame = fromHex(`${toHex(plain.subarray(0, 54))}0600c20400000bd8${toHex(plain.subarray(54))}`);
    frame.set([0, 0, 0], 18);
    return frame;
  };
  it.each([
    ['IPv4', 4, tcp(4, 'last', 3000), 1460], ['IPv4 with a VLAN tag', 4, tcp(4, 'last', 3000, { tag: '81000005' }), 1460], ['IPv6', 6, tcp(6, 'last', 3001), 1440],
    ['IPv6, a jumbogram', 6, jumbo(), 1440], ['an IPv4 length of zero, left to the card', 4, (() => { const frame = tcp(4, 'last', 3000); frame.set([0, 0], 16); return frame; })(), 1460],
  ] as const)('%s: every segment is right, and all together are the super-frame', (_, version, frame, size) => {
    const frames = leaving(frame, { own: size, peer: size, version });
    expect(frames).toHaveLength(3);
    const folder = mkdtempSync(join(tmpdir(), 'vxlens-'));
    writeFileSync(join(folder, 'made'), pcapFile({ packets: frames.map(({ bytes }) => ({ bytes })) }));
    const seen = tsharkOccurrences(join(folder, 'made'), ['ip.checksum.status', 'tcp.checksum.status', 'tcp.len', 'tcp.flags', 'tcp.payload', '_ws.malformed', '_ws.expert.group'], ['-o', 'ip.check_checksum:TRUE', '-o', 'tcp.check_checksum:TRUE', '-o', 'tcp.analyze_sequence_numbers:FALSE']);
    rmSync(folder, { recursive: true });
    const last = seen[2]!['tcp.len']![0];
    expect(seen.map((packet) => [packet['tcp.len'], packet['tcp.flags'], packet['tcp.checksum.status'], packet['ip.checksum.status'], packet['_ws.malformed']])).toEqual([[[String(size)], ['0x0090'], ['1'], version === 4 ? ['1'] : [], []],
      [[String(size)], ['0x0010'], ['1'], version === 4 ? ['1'] : [], []], [[last], ['0x0019'], ['1'], version === 4 ? ['1'] : [], []]]);
    expect(seen.map((packet) => packet['tcp.payload']![0]!.replaceAll(':', '')).join('')).toBe(payload(size * 2 + Number(last)));
    expect(size * 2 + Number(last)).toBeGreaterThanOrEqual(3000);
  });
});

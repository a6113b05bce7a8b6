import { describe, expect, it } from 'vitest';
import { compile } from '../../dissect/compile.ts';
import { Dissector } from '../../dissect/dissect.ts';
import { bareFrame } from '../../dissect/frame.ts';
import { occurrences } from '../../dissect/occurrences.ts';
import { bytesOf } from '../../dissect/tape.ts';
import { firstProtocol, PROTOCOLS } from '../all.ts';

/** An IPv4 fragment: `at` in units of 8 bytes. */
function fragment(at: number, more: boolean, data: readonly number[], ident = 1): Uint8Array {
  const length = 20 + data.length;
  return Uint8Array.from([0x45, 0, length >> 8, length & 0xff, 0, ident, (more ? 0x20 : 0) | (at >> 8), at & 0xff, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, ...data]);
}

const content = Array.from({ length: 32 }, (_, i) => i);
const udp = [0x03, 0xe8, 0x07, 0xd0, 0, 40, 0, 0, ...content];
const NAMES = ['frame.protocols', 'ip.fragment', 'ip.fragment.error', 'ip.fragment.count', 'ip.reassembled.length', 'ip.fragment.overlap', 'ip.fragment.overlap.conflict', 'ip.fragment.multipletails', 'ip.fragment.toolongfragment', 'udp.payload'];

const program = compile(PROTOCOLS, NAMES);

/** What the last packet shows, one a second unless `times` says otherwise. */
function last(packets: readonly Uint8Array[], preferences: readonly string[] = ['ip.defragment'], times: readonly number[] = []): Record<string, string> {
  const dissector = new Dissector(program, { remembers: true, reassembles: new Set(preferences) });
  let values: [string, string][] = [];
  packets.forEach((packet, i) => {
    dissector.time(times[i] ?? i, 0, i + 1);
    const tape = dissector.dissect(packet, 0, packet.length, firstProtocol('ip'), packet.length);
    values = NAMES.map((name) => [name, occurrences(program, tape, bytesOf(tape), bareFrame(packet.length), name).join(',')]);
  });
  return Object.fromEntries(values.filter(([, value]) => value !== ''));
}

const hex = (bytes: readonly number[]): string => bytes.map((b) => b.toString(16).padStart(2, '0')).join('');

// All expected values are those of tshark 4.0.17 with ip.defragment:TRUE over the same packets.
describe('fragments', () => {
  it('are put together in any order, and what they carry is dissected', () => {
    expect(last([fragment(4, false, udp.slice(32)), fragment(2, true, udp.slice(16, 32)), fragment(0, true, udp.slice(0, 16))])).toEqual({
      'frame.protocols': 'ip:udp:data', 'ip.fragment': '3,2,1', 'ip.fragment.count': '3', 'ip.reassembled.length': '40', 'udp.payload': hex(content),
    });
  });
  it('stay what they are without being asked, and while one is missing', () => {
    const whole = [fragment(0, true, udp.slice(0, 16)), fragment(2, false, udp.slice(16))];
    expect(last(whole, [])).toEqual({ 'frame.protocols': 'ip:data' });
    expect(last([fragment(0, true, udp.slice(0, 16)), fragment(4, false, udp.slice(32))])).toEqual({ 'frame.protocols': 'ip:data' });
  });
  it('that overlap are told, and told to contradict each other; what stands in front stays', () => {
    expect(last([fragment(0, true, udp.slice(0, 24)), fragment(2, true, udp.slice(16, 32)), fragment(4, false, udp.slice(32))])).toMatchObject({ 'ip.fragment': '1,2,3', 'ip.fragment.overlap': '1', 'udp.payload': hex(content) });
    const lie = Array<number>(16).fill(0xff);
    expect(last([fragment(0, true, udp.slice(0, 24)), fragment(2, true, lie), fragment(4, false, udp.slice(32))])).toEqual({
      'frame.protocols': 'ip:udp:data', 'ip.fragment': '1,3', 'ip.fragment.error': '2', 'ip.fragment.count': '3', 'ip.reassembled.length': '40', 'ip.fragment.overlap': '1', 'ip.fragment.overlap.conflict': '1',
      'udp.payload': hex([...content.slice(0, 16), ...lie.slice(0, 8), ...content.slice(24)]),
    });
  });
  it('of a teardrop: the last one ends inside the first', () => {
    expect(last([fragment(0, true, udp.slice(0, 32)), fragment(1, false, udp.slice(8, 16))])).toMatchObject({ 'ip.fragment': '2', 'ip.fragment.error': '1', 'ip.reassembled.length': '16', 'ip.fragment.toolongfragment': '1' });
  });
  it('with several ends, and behind the end', () => {
    expect(last([fragment(0, true, udp.slice(0, 16)), fragment(4, false, udp.slice(32)), fragment(5, false, udp.slice(32)), fragment(2, true, udp.slice(16, 32))])).toMatchObject({ 'ip.fragment': '1,4,2', 'ip.fragment.error': '3', 'ip.fragment.multipletails': '1', 'ip.reassembled.length': '40' });
    expect(last([fragment(2, false, udp.slice(16)), fragment(20, true, udp.slice(0, 16)), fragment(0, true, udp.slice(0, 16))])).toMatchObject({ 'ip.fragment': '3,1', 'ip.fragment.error': '2', 'ip.reassembled.length': '40' });
  });
  it('larger than any datagram, of another datagram or too late are left alone', () => {
    expect(last([fragment(0, true, udp.slice(0, 16)), fragment(8189, false, Array<number>(200).fill(1))])).toEqual({ 'frame.protocols': 'ip:data' });
    expect(last([fragment(0, true, udp.slice(0, 16)), fragment(2, false, udp.slice(16), 2)])).toEqual({ 'frame.protocols': 'ip:data' });
    expect(last([fragment(0, true, udp.slice(0, 16)), fragment(2, false, udp.slice(16))], ['ip.defragment'], [0, 61])).toEqual({ 'frame.protocols': 'ip:data' });
  });
  it('without end do not fill the memory: the oldest are given up', () => {
    const dissector = new Dissector(program, { remembers: true, reassembles: new Set(['ip.defragment']) });
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 20_000; i++) {
      const packet = fragment(1, true, Array<number>(8192).fill(i & 0xff), 1);
      packet[4] = i >> 8; packet[5] = i & 0xff; packet[12] = i >> 16;
      dissector.time(0, 0, i + 1);
      dissector.dissect(packet, 0, packet.length, firstProtocol('ip'), packet.length);
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 << 20);
  });
});

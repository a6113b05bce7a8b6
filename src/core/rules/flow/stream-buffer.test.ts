import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OsPolicy } from './os-policy.ts';
import { Room, StreamBuffer } from './stream-buffer.ts';

const text = (buffer: StreamBuffer): string[] => buffer.blocks.map((block) => `${block.start}:${String.fromCharCode(...block.data.subarray(block.from, block.to))}`);
const bytesOf = (s: string): Uint8Array => Uint8Array.from(s, (c) => c.charCodeAt(0));
const put = (buffer: StreamBuffer, at: number, s: string, policy: OsPolicy = 'bsd'): boolean => buffer.insert(at, bytesOf(s), 0, s.length, policy);

describe('the order of a stream', () => {
  it('comes out whatever order its segments come in, and a gap stays one', () => {
    const buffer = new StreamBuffer(new Room(1e6));
    put(buffer, 6, 'world');
    put(buffer, 2 ** 31, 'far');
    expect(text(buffer)).toEqual(['6:world', `${2 ** 31}:far`]);
    put(buffer, 0, 'hello ');
    expect(text(buffer)).toEqual(['0:hello world', `${2 ** 31}:far`]);
    buffer.drop(6);
    expect(text(buffer)).toEqual(['6:world', `${2 ** 31}:far`]);
  });

  it('keeps the old bytes or takes the new ones as the policy has it', () => {
    for (const [policy, before, whole] of [['bsd', '0:XXXXod', '0:XXXXXXX'], ['windows', '0:XXXXod', '0:XXXXXXX'], ['vista', '0:XXGood', '0:XXGoodX'], ['solaris', '0:XXGood', '0:XXXXXXX'], ['last', '0:XXXXod', '0:XXXXXXX']] as const) {
      const one = new StreamBuffer(new Room(1e6));
      put(one, 2, 'Good', policy);
      expect(put(one, 0, 'XXXX', policy)).toBe(true);
      expect(text(one)).toEqual([before]);
      const other = new StreamBuffer(new Room(1e6));
      put(other, 2, 'Good', policy);
      put(other, 0, 'XXXXXXX', policy);
      expect(text(other)).toEqual([whole]);
      const late = new StreamBuffer(new Room(1e6));
      put(late, 0, 'GOOD', policy);
      expect(put(late, 1, 'XXX', policy)).toBe(true);
      expect(text(late)).toEqual([policy === 'last' ? '0:GXXX' : '0:GOOD']);
    }
  });

  it('lets a new segment that starts with the old one win by its end, as Linux and Solaris have it', () => {
    const after = (policy: OsPolicy, data: string): string[] => {
      const buffer = new StreamBuffer(new Room(1e6));
      put(buffer, 0, 'Good', policy);
      put(buffer, 0, data, policy);
      return text(buffer);
    };
    expect(['linux', 'old-linux', 'solaris', 'windows', 'first'].map((policy) => after(policy as OsPolicy, 'XXXXX')[0])).toEqual(['0:XXXXX', '0:XXXXX', '0:XXXXX', '0:GoodX', '0:GoodX']);
    expect(['linux', 'old-linux', 'solaris'].map((policy) => after(policy as OsPolicy, 'XXXX')[0])).toEqual(['0:Good', '0:XXXX', '0:XXXX']);
  });

  it('is that of the bytes for any cuts, orders and repetitions', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 60 })), { maxLength: 40 }), (cuts) => {
      const whole = Uint8Array.from({ length: 300 }, (_, i) => (i * 7 + (i >> 3)) & 0xff);
      const buffer = new StreamBuffer(new Room(1e6));
      const has = new Set<number>();
      for (const [at, size] of cuts) {
        expect(buffer.insert(at, whole, at, at + size, 'bsd')).toBe(false);
        for (let i = at; i < at + size; i++) has.add(i);
      }
      const got = new Map(buffer.blocks.flatMap((block) => Array.from(block.data.subarray(block.from, block.to), (b, i) => [block.start + i, b] as const)));
      expect([...got.keys()]).toEqual([...has].sort((a, b) => a - b));
      for (const [place, b] of got) expect(b).toBe(whole[place]);
      for (const [i, block] of buffer.blocks.entries()) if (i > 0) expect(block.start).toBeGreaterThan(buffer.blocks[i - 1]!.end);
    }));
  });

  it('gives its room back', () => {
    const room = new Room(10_000);
    const buffer = new StreamBuffer(room);
    for (let i = 0; i < 100; i++) { put(buffer, i * 50, 'x'.repeat(50)); buffer.drop(i * 50); }
    buffer.clear();
    expect(room.left).toBe(10_000);
  });
});

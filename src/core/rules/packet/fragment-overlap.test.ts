// Fragments of eight bytes a letter, as Novak draws them; what stays follows from his description of each host.
import { describe, expect, it } from 'vitest';
import { OS_POLICIES, type OsPolicy } from '../flow/os-policy.ts';
import { PacketDecoder } from './decode.ts';
import { STOCK_TUNNELS } from './tunnels.ts';

/** An IPv4 fragment of protocol 254 whose data are letters, eight bytes each. */
function fragment(unit: number, letters: string, more: boolean): Uint8Array {
  const bytes = new Uint8Array(20 + 8 * letters.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 0x45);
  view.setUint16(2, bytes.length);
  view.setUint16(4, 7);
  view.setUint16(6, (more ? 0x2000 : 0) | unit);
  view.setUint8(9, 254);
  view.setUint32(12, 0x0a00_0001);
  view.setUint32(16, 0x0a00_0002);
  for (const [i, letter] of [...letters].entries()) bytes.fill(letter.charCodeAt(0), 20 + 8 * i, 28 + 8 * i);
  return bytes;
}

/** A letter for each eight bytes of the datagram. */
function together(policy: OsPolicy, fragments: readonly (readonly [unit: number, letters: string, more: boolean])[]): string {
  const decoder = new PacketDecoder(STOCK_TUNNELS, [{ policy, address: new Uint8Array(4), bits: 0 }]);
  for (const [i, one] of fragments.entries()) {
    const bytes = fragment(...one);
    decoder.decode(bytes, 0, bytes.length, 101, i + 1, 0, 0);
  }
  const whole = decoder.views.slice(0, decoder.count).find(({ origin }) => origin === 'defrag');
  return whole === undefined ? '' : String.fromCharCode(...whole.bytes.subarray(20).filter((_, i) => i % 8 === 0));
}

/** Paxson's and Shankar's model: six fragments that overlap in every way, and the last three that end the datagram. */
const MODEL = [
  [0, 'A', true], [1, 'BB', true], [3, 'CCC', true], [1, 'DDD', true], [6, 'EEE', true], [0, 'FFF', true], [6, 'GGG', true], [9, 'HH', true], [9, 'II', true], [11, 'JJJ', true], [11, 'JJJ', true], [14, 'K', false],
] as const;

describe('fragments that overlap', () => {
  it('keep the old bytes inside old ones, whatever the host', () => {
    for (const policy of OS_POLICIES) if (policy !== 'last' && policy !== 'bsd-right') expect([policy, together(policy, [[0, 'AAA', true], [1, 'B', true], [3, 'C', false]])]).toEqual([policy, 'AAAC']);
  });

  it('keep or lose what a new one that begins before them covers', () => {
    const result = (policy: OsPolicy): string => together(policy, [[1, 'AA', true], [0, 'BB', true], [3, 'C', false]]);
    expect([result('linux'), result('first'), result('windows'), result('last')]).toEqual(['BBAC', 'BAAC', 'BAAC', 'BBAC']);
  });

  it('are left out where a new one covers them on both sides, except by hosts that keep what came first', () => {
    const result = (policy: OsPolicy): string => together(policy, [[1, 'A', true], [0, 'BBB', true], [3, 'C', false]]);
    expect([result('windows'), result('linux'), result('bsd'), result('solaris'), result('first')]).toEqual(['BBBC', 'BBBC', 'BBBC', 'BBBC', 'BABC']);
  });

  it('give a whole datagram of the model for every host', () => {
    for (const policy of OS_POLICIES) expect([policy, together(policy, MODEL).length]).toEqual([policy, 15]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutUp, feedAll, type Piece } from '../../testing/conversations.ts';
import { DnsParser, type DnsTransaction } from './dns.ts';
import { dnsName, looksLikeDns, readDns } from './dns-message.ts';

const name = (text: string): number[] => [...text.split('.').flatMap((label) => [label.length, ...[...label].map((c) => c.charCodeAt(0))]), 0];
const message = (flags: number, counts: number[], ...rest: number[][]): Uint8Array => Uint8Array.from([0x12, 0x34, flags >> 8, flags & 0xff, ...counts.flatMap((n) => [n >> 8, n & 0xff]), ...rest.flat()]);
const A_IN = [0, 1, 0, 1];
const question = (flags: number, ...more: number[][]): Uint8Array => message(flags, [1, 0, 0, 0], name('www.example.com'), A_IN, ...more);
const tcp = (...messages: Uint8Array[]): Piece => ({ toServer: true, bytes: Uint8Array.from(messages.flatMap((m) => [m.length >> 8, m.length & 0xff, ...m])) });
const picture = ({ id, message, eventsToServer, eventsToClient }: DnsTransaction): unknown => ({ number: id, ...message, events: [...eventsToServer, ...eventsToClient] });
const parse = (...pieces: Piece[]): readonly DnsTransaction[] => feedAll(new DnsParser('tcp'), pieces).transactions;

describe('messages', () => {
  // The compressed names of RFC 1035 section 4.1.4: F.ISI.ARPA at 20, FOO.F.ISI.ARPA, ARPA, and the root.
  it('follows the pointers of RFC 1035', () => {
    const bytes = message(0x8000, [0, 0, 0, 0], Array.from({ length: 8 }, () => 0), name('F.ISI.ARPA'), [3, 0x46, 0x4f, 0x4f, 0xc0, 20], [0xc0, 26], [0]);
    expect([20, 32, 38, 40].map((at) => dnsName(bytes, at))).toEqual(['F.ISI.ARPA', 'FOO.F.ISI.ARPA', 'ARPA', '']);
  });

  it.each<[string, Uint8Array, string[]]>([
    ['z_flag_set', question(0x0140), ['z_flag_set']], ['invalid_opcode', question(0x7000), ['invalid_opcode']], ['infinite_loop', message(0x0100, [1, 0, 0, 0], [0xc0, 12], A_IN), ['infinite_loop']],
    ['a loop of two', message(0x0100, [1, 0, 0, 0], [0xc0, 14, 0xc0, 12], A_IN), ['infinite_loop']], ['invalid_additionals', message(0x0100, [1, 0, 0, 1], name('a'), A_IN, [1]), ['invalid_additionals']],
    ['invalid_authorities', message(0x0100, [1, 0, 1, 0], name('a'), A_IN, [1]), ['invalid_authorities']], ['too_many_labels', message(0x0100, [1, 0, 0, 0], [0xc0, 18], A_IN, Array.from({ length: 600 }, () => [1, 97]).flat(), [0]), ['too_many_labels']],
    ['name_too_long', message(0x0100, [1, 0, 0, 0], Array.from({ length: 20 }, () => [63, ...Array.from({ length: 63 }, () => 97)]).flat(), [0], A_IN), ['name_too_long']],
  ])('%s', (_name, bytes, events) => { expect(readDns(bytes)?.events).toEqual(events); });

  it('tells what is no DNS', () => {
    expect([looksLikeDns(question(0x0100)), looksLikeDns(new Uint8Array(12)), looksLikeDns(new Uint8Array(40).fill(0x41)), looksLikeDns(new Uint8Array(5))]).toEqual([true, false, false, false]);
  });

  it('says when an answer comes from the client, or a question from the server', () => {
    const parser = new DnsParser('udp');
    for (const toServer of [true, false]) for (const flags of [0x0100, 0x8180]) { const bytes = question(flags); parser.feed(bytes, 0, bytes.length, toServer); }
    expect(parser.transactions.map(({ eventsToServer, eventsToClient }) => [...eventsToServer, ...eventsToClient])).toEqual([[], ['not_a_request'], ['not_a_response'], []]);
  });
});

describe('whatever is sent', () => {
  it('how a TCP stream is cut changes nothing', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.constant(question(0x0100)), fc.uint8Array({ maxLength: 60 })), { maxLength: 5 }), fc.array(fc.nat(300), { maxLength: 10 }), (messages, places) => {
      const whole = tcp(...messages);
      expect(parse(...cutUp([whole], places)).map(picture)).toEqual(parse(whole).map(picture));
    }));
  });

  it('never throws, and no name grows beyond its bound', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 12, maxLength: 200 }), (bytes) => {
      const read = readDns(bytes);
      for (const { name: text } of [...(read?.questions ?? []), ...(read?.answers ?? [])]) expect(text.length).toBeLessThanOrEqual(1025);
    }), { numRuns: 500 });
  });
});

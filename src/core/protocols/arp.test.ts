import { describe, expect, it } from 'vitest';
import { dissected, table } from '../testing/dissected.ts';

const ether = 'ffffffffffff 020000000002 0806';
const message = (opcode: string, sender: string, target: string, targetMac = '000000000000'): string => `${ether} 0001 0800 06 04 ${opcode} 020000000002 ${sender} ${targetMac} ${target}`;

describe('ARP (RFC 826)', () => {
  it('asks who has an address', () => {
    const packet = dissected(message('0001', '0a000001', '0a000002'));
    expect(table(packet, ['arp.hw.type', 'arp.proto.type', 'arp.hw.size', 'arp.proto.size', 'arp.opcode', 'arp.src.hw_mac', 'arp.src.proto_ipv4', 'arp.dst.hw_mac', 'arp.dst.proto_ipv4'])).toEqual({
      'arp.hw.type': '1', 'arp.proto.type': '0x0800', 'arp.hw.size': '6', 'arp.proto.size': '4', 'arp.opcode': '1',
      'arp.src.hw_mac': '02:00:00:00:00:02', 'arp.src.proto_ipv4': '10.0.0.1', 'arp.dst.hw_mac': '00:00:00:00:00:00', 'arp.dst.proto_ipv4': '10.0.0.2',
    });
    expect(packet.info).toBe('Who has 10.0.0.2? Tell 10.0.0.1');
    expect(packet.values('arp')).toEqual(['Address Resolution Protocol (request)']);
  });

  it('answers', () => expect(dissected(message('0002', '0a000001', '0a000002')).info).toBe('10.0.0.1 is at 02:00:00:00:00:02'));

  // RFC 5227 section 1.1 names the probe and the announcement; the same address twice is gratuitous.
  it.each([
    ['0001', '00000000', '0a000002', 'arp.isprobe', 'Who has 10.0.0.2? (ARP Probe)'],
    ['0001', '0a000001', '0a000001', 'arp.isannouncement', 'ARP Announcement for 10.0.0.1'],
    ['0002', '0a000001', '0a000001', 'arp.isgratuitous', 'Gratuitous ARP for 10.0.0.1 (Reply)'],
  ])('opcode %s from %s about %s: %s', (opcode, sender, target, field, info) => {
    const packet = dissected(message(opcode, sender, target));
    expect([packet.values(field), packet.info]).toEqual([['1'], info]);
  });

  it('reads addresses of other sizes as bytes', () => {
    const packet = dissected(`${ether} 0007 1234 02 02 0001 0102 0a01 0304 0b02`);
    expect([packet.values('arp.src.hw'), packet.values('arp.src.proto'), packet.values('arp.dst.hw'), packet.values('arp.dst.proto')]).toEqual([['0102'], ['0a01'], ['0304'], ['0b02']]);
  });

  it('ends where its addresses end: the rest is padding', () => {
    expect(dissected(`${message('0001', '0a000001', '0a000002')} ${'00'.repeat(18)}`).values('eth.padding')).toEqual(['00'.repeat(18)]);
  });
});

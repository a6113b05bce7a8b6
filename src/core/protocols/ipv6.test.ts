import { describe, expect, it } from 'vitest';
import { dissected, table } from '../testing/dissected.ts';

// RFC 8200 section 3:
//  |Version| Traffic Class |           Flow Label                  |   6 b9 12345
//  |         Payload Length        |  Next Header  |   Hop Limit   |   plen nxt 40
//  |                      Source Address (16 bytes)                |
//  |                   Destination Address (16 bytes)              |
const A = '20010db8 00000000 00000000 00000001';
const B = '20010db8 00000000 00000000 00000002';
const MAC_BASED = 'fe800000 00000000 021ff3ff fecdf617';
const header = (next: string, payload: string, source = A, destination = B): string =>
  `6b912345 ${(payload.replace(/ /g, '').length / 2).toString(16).padStart(4, '0')} ${next} 40 ${source} ${destination} ${payload}`;
const UDP = '03e8 07d0 000c 1234 61626364';

describe('IPv6 (RFC 8200 section 3)', () => {
  const packet = dissected(header('11', UDP, MAC_BASED), 'ipv6');

  it('has these fields', () => {
    expect(table(packet, ['ipv6.version', 'ip.version', 'ipv6.tclass', 'ipv6.tclass.dscp', 'ipv6.tclass.ecn', 'ipv6.flow', 'ipv6.plen', 'ipv6.nxt', 'ipv6.hlim', 'ipv6.src', 'ipv6.dst', 'ipv6.addr'])).toEqual({
      'ipv6.version': '6', 'ip.version': '6', 'ipv6.tclass': '0x000000b9', 'ipv6.tclass.dscp': '46', 'ipv6.tclass.ecn': '1', 'ipv6.flow': '0x012345', 'ipv6.plen': '12', 'ipv6.nxt': '17', 'ipv6.hlim': '64',
      'ipv6.src': 'fe80::21f:f3ff:fecd:f617', 'ipv6.dst': '2001:db8::2', 'ipv6.addr': 'fe80::21f:f3ff:fecd:f617, 2001:db8::2',
    });
    expect(packet.texts('ipv6.tclass')).toEqual(['0x000000b9, EF, ECT(1)']);
  });

  it('sees the MAC address in an interface identifier (RFC 4291 appendix A)', () => {
    expect([packet.values('ipv6.src_slaac_mac'), packet.values('ipv6.slaac_mac'), packet.values('ipv6.dst_slaac_mac')]).toEqual([['00:1f:f3:cd:f6:17'], ['00:1f:f3:cd:f6:17'], []]);
  });
});

describe('extension headers (RFC 8200 section 4)', () => {
  it('hop-by-hop options: type in three parts, Router Alert and padding', () => {
    const packet = dissected(header('00', `3a 00 05020000 0100 ${'8f00 0000 0000 0000'}`), 'ipv6');
    expect(packet.path).toBe('ipv6:ipv6.hopopts:icmpv6');
    expect(table(packet, ['ipv6.hopopts.nxt', 'ipv6.hopopts.len', 'ipv6.hopopts.len_oct', 'ipv6.opt.type', 'ipv6.opt.type.action', 'ipv6.opt.type.change', 'ipv6.opt.type.rest', 'ipv6.opt.length', 'ipv6.opt.router_alert', 'ipv6.opt.padn'])).toEqual({
      'ipv6.hopopts.nxt': '58', 'ipv6.hopopts.len': '0', 'ipv6.hopopts.len_oct': '8', 'ipv6.opt.type': '0x05, 0x01', 'ipv6.opt.type.action': '0, 0', 'ipv6.opt.type.change': '0, 0', 'ipv6.opt.type.rest': '0x05, 0x01',
      'ipv6.opt.length': '2, 0', 'ipv6.opt.router_alert': '0', 'ipv6.opt.padn': '<none>',
    });
  });

  it('destination options may stand in front of any header', () => {
    expect(dissected(header('3c', `11 00 0104 00000000 ${UDP}`), 'ipv6').path).toBe('ipv6:ipv6.dstopts:udp:data');
  });

  it('a routing header of type 0 lists addresses; the checksum goes over the last of them (RFC 8200 section 8.1)', () => {
    const packet = dissected(header('2b', `11 02 00 01 00000000 ${B.replace(/2$/, '3')} ${UDP}`), 'ipv6');
    expect([packet.values('ipv6.routing.type'), packet.values('ipv6.routing.segleft'), packet.values('ipv6.routing.src.addr')]).toEqual([['0'], ['1'], ['2001:db8::3']]);
    const good = /should be (0x....)/.exec(packet.texts('udp.checksum')[0]!)![1]!;
    const direct = dissected(header('11', UDP, A, B.replace(/2$/, '3')), 'ipv6');
    expect(direct.texts('udp.checksum')[0]).toContain(good);
  });

  it('a segment routing header lists them from the last to the first (RFC 8754 section 2)', () => {
    const packet = dissected(header('2b', `11 04 04 01 01 00 0000 ${A} ${B} ${UDP}`), 'ipv6');
    expect([packet.values('ipv6.routing.srh.last_entry'), packet.values('ipv6.routing.srh.addr')]).toEqual([['1'], ['2001:db8::1', '2001:db8::2']]);
  });

  it('a fragment header counts its offset in units of eight bytes', () => {
    const packet = dissected(header('2c', '11 00 0079 00000005 01020304'), 'ipv6');
    expect(table(packet, ['ipv6.fraghdr.nxt', 'ipv6.fraghdr.offset', 'ipv6.fraghdr.more', 'ipv6.fraghdr.ident'])).toEqual({ 'ipv6.fraghdr.nxt': '17', 'ipv6.fraghdr.offset': '15', 'ipv6.fraghdr.more': '1', 'ipv6.fraghdr.ident': '0x00000005' });
    expect([packet.path, packet.info]).toEqual(['ipv6:ipv6.fraghdr:data', 'IPv6 fragment (off=120 more=y ident=0x00000005 nxt=17)']);
    expect(packet.layer('data').note).toBe('A later fragment of UDP (17), shown as data.');
  });

  it('an authentication header counts words, less two (RFC 4302 section 2.2)', () => {
    const packet = dissected(header('33', `11 04 0000 00000100 00000001 0102030405060708090a0b0c ${UDP}`), 'ipv6');
    expect([packet.path, packet.values('ah.spi'), packet.values('ah.icv')]).toEqual(['ipv6:ah:udp:data', ['0x00000100'], ['0102030405060708090a0b0c']]);
  });
});

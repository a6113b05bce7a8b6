import { describe, expect, it } from 'vitest';
import { dissected, table } from '../testing/dissected.ts';

const ip = (payload: string, proto = '01'): string => {
  const bytes = payload.replace(/ /g, '').length / 2;
  return `4500 ${(20 + bytes).toString(16).padStart(4, '0')} 0001 0000 40${proto} 0000 0a000001 0a000002 ${payload}`;
};
const QUOTED = ip('03e8 07d0 0010 0000 6162636465666768', '11');

describe('ICMP (RFC 792)', () => {
  it('echo: identifier and sequence number, in both byte orders', () => {
    const packet = dissected(ip('0800 0000 6cef 0001 0102'), 'ip', { info: { link: 'reply in 3' } });
    expect(table(packet, ['icmp.type', 'icmp.code', 'icmp.ident', 'icmp.ident_le', 'icmp.seq', 'icmp.seq_le', 'data.data'])).toEqual({
      'icmp.type': '8', 'icmp.code': '0', 'icmp.ident': '27887', 'icmp.ident_le': '61292', 'icmp.seq': '1', 'icmp.seq_le': '256', 'data.data': '0102',
    });
    expect(packet.info).toBe('Echo (ping) request  id=0x6cef, seq=1/256, ttl=64 (reply in 3)');
  });

  it('an error quotes the datagram that it is about, layer by layer', () => {
    const packet = dissected(ip(`0303 0000 00000000 ${QUOTED}`), 'ip');
    expect([packet.path, packet.info, packet.column]).toEqual(['ip:icmp:ip:udp:data', 'Destination unreachable (Port unreachable)', 'ICMP']);
    expect(packet.layers[2]!.note).toMatch(/^Quoted from the packet that the error is about\./);
    expect(packet.values('icmp.unused')).toEqual(['00000000']);
  });

  it('a quote is shorter than the datagram was, and that is no fault', () => {
    const packet = dissected(ip(`0b00 0000 00000000 ${ip('03e8 07d0 0010 0000', '11').replace('001c', '05dc')}`), 'ip');
    expect(packet.layers[2]!.note).toContain('IPv4 says 1,500 bytes and 28 are here: an ICMP error quotes only the beginning of a packet.');
  });

  it('fragmentation needed: the MTU of the next hop (RFC 1191)', () => {
    expect(table(dissected(ip(`0304 0000 0000 05dc ${QUOTED}`), 'ip'), ['icmp.mtu', 'icmp.unused'])).toEqual({ 'icmp.mtu': '1500', 'icmp.unused': '0000' });
  });

  it('redirect, parameter problem, timestamps, masks, routers', () => {
    expect(dissected(ip(`0501 0000 0a000009 ${QUOTED}`), 'ip').values('icmp.redir_gw')).toEqual(['10.0.0.9']);
    expect(dissected(ip(`0c00 0000 14000000 ${QUOTED}`), 'ip').values('icmp.pointer')).toEqual(['20']);
    expect(table(dissected(ip('0e00 0000 0001 0002 00000001 80000002 00000003'), 'ip'), ['icmp.originate_timestamp', 'icmp.receive_timestamp', 'icmp.transmit_timestamp']))
      .toEqual({ 'icmp.originate_timestamp': '1', 'icmp.receive_timestamp': '2147483650', 'icmp.transmit_timestamp': '3' });
    expect(dissected(ip('1200 0000 0001 0002 ffffff00'), 'ip').values('icmp.address_mask')).toEqual(['255.255.255.0']);
    expect(table(dissected(ip('0900 0000 02 02 0708 0a000001 80000000 0a000002 00000005'), 'ip'), ['icmp.num_addrs', 'icmp.lifetime', 'icmp.router_address', 'icmp.pref_level']))
      .toEqual({ 'icmp.num_addrs': '2', 'icmp.lifetime': '1800', 'icmp.router_address': '10.0.0.1, 10.0.0.2', 'icmp.pref_level': '-2147483648, 5' });
  });

  it('extensions stand behind a quote padded to 128 bytes: an MPLS label (RFC 4884, RFC 4950)', () => {
    const packet = dissected(ip(`0303 0000 00 20 0000 ${QUOTED} ${'00'.repeat(128 - 36)} 2000 cdb6 0008 01 01 00001140`), 'ip');
    expect(table(packet, ['icmp.length', 'icmp.length.original_datagram', 'icmp.ext.version', 'icmp.ext.checksum', 'icmp.ext.length', 'icmp.ext.class', 'icmp.ext.ctype', 'icmp.mpls.label', 'icmp.mpls.s', 'icmp.mpls.ttl'])).toEqual({
      'icmp.length': '32', 'icmp.length.original_datagram': '128', 'icmp.ext.version': '2', 'icmp.ext.checksum': '0xcdb6', 'icmp.ext.length': '8', 'icmp.ext.class': '1', 'icmp.ext.ctype': '1',
      'icmp.mpls.label': '1', 'icmp.mpls.s': '1', 'icmp.mpls.ttl': '64',
    });
    expect(packet.values('data.data')).toEqual(['6162636465666768']);
  });

  it('verifies its checksum over the whole message, and knows when it cannot', () => {
    expect(dissected(ip('0800 f7fe 0000 0001'), 'ip').texts('icmp.checksum')).toEqual(['0xf7fe, good']);
    expect(dissected(ip('0800 f7ff 0000 0001'), 'ip').texts('icmp.checksum')).toEqual(['0xf7ff, wrong: should be 0xf7fe']);
    expect(dissected(ip('0800 f7ff 0000 0001').replace('001c', '0100'), 'ip').texts('icmp.checksum')[0]).toContain('after a mirror has cut it, a sum that does not fit is expected');
    expect(dissected(ip('0800 f7fe 0000 0001').replace('001c', '0100'), 'ip', { origlen: 256 }).texts('icmp.checksum')[0]).toContain('the capture kept only a part');
  });
});

describe('ICMPv6 (RFC 4443) and neighbour discovery (RFC 4861)', () => {
  const A = 'fe800000 00000000 00000000 00000001';
  const v6 = (payload: string): string => `60000000 ${(payload.replace(/ /g, '').length / 2).toString(16).padStart(4, '0')} 3a ff ${A} ff020000 00000000 00000001 ff000002 ${payload}`;
  const LINK = '01 01 020000000002';

  it('echo', () => {
    const packet = dissected(v6('8000 0000 1234 0007'), 'ipv6');
    expect([packet.values('icmpv6.echo.identifier'), packet.values('icmpv6.echo.sequence_number'), packet.info]).toEqual([['0x1234'], ['7'], 'Echo (ping) request id=0x1234, seq=7, hop limit=255']);
  });

  it('solicitation and advertisement', () => {
    const asked = dissected(v6(`8700 0000 00000000 ${A} ${LINK}`), 'ipv6');
    expect(table(asked, ['icmpv6.nd.ns.target_address', 'icmpv6.opt.type', 'icmpv6.opt.length', 'icmpv6.opt.linkaddr', 'icmpv6.opt.src_linkaddr']))
      .toEqual({ 'icmpv6.nd.ns.target_address': 'fe80::1', 'icmpv6.opt.type': '1', 'icmpv6.opt.length': '1', 'icmpv6.opt.linkaddr': '02:00:00:00:00:02', 'icmpv6.opt.src_linkaddr': '02:00:00:00:00:02' });
    expect(asked.info).toBe('Neighbor Solicitation for fe80::1 from 02:00:00:00:00:02');
    const told = dissected(v6(`8800 0000 60000000 ${A} 02 01 020000000002`), 'ipv6');
    expect([told.values('icmpv6.nd.na.flag'), told.info]).toEqual([['0x60000000'], 'Neighbor Advertisement fe80::1 (sol, ovr) is at 02:00:00:00:00:02']);
  });

  it('router advertisement with prefix, MTU and DNS server (RFC 8106)', () => {
    const packet = dissected(v6(`8600 0000 40 c8 0708 00000001 00000002 ${LINK} 05 01 0000 000005dc 03 04 40 c0 00000e10 ffffffff 00000000 20010db8 00000000 00000000 00000000 19 03 0000 00000078 ${A}`), 'ipv6');
    expect(table(packet, ['icmpv6.nd.ra.cur_hop_limit', 'icmpv6.nd.ra.flag', 'icmpv6.nd.ra.flag.m', 'icmpv6.nd.ra.flag.prf', 'icmpv6.nd.ra.router_lifetime', 'icmpv6.opt.mtu', 'icmpv6.opt.prefix.length', 'icmpv6.opt.prefix.flag.l',
      'icmpv6.opt.prefix.valid_lifetime', 'icmpv6.opt.prefix', 'icmpv6.opt.rdnss'])).toEqual({
      'icmpv6.nd.ra.cur_hop_limit': '64', 'icmpv6.nd.ra.flag': '0xc8', 'icmpv6.nd.ra.flag.m': '1', 'icmpv6.nd.ra.flag.prf': '1', 'icmpv6.nd.ra.router_lifetime': '1800', 'icmpv6.opt.mtu': '1500', 'icmpv6.opt.prefix.length': '64',
      'icmpv6.opt.prefix.flag.l': '1', 'icmpv6.opt.prefix.valid_lifetime': '3600', 'icmpv6.opt.prefix': '2001:db8::', 'icmpv6.opt.rdnss': 'fe80::1',
    });
    expect(packet.texts('icmpv6.opt.prefix.preferred_lifetime')).toEqual(['Infinity (4294967295)']);
  });

  it('multicast listener reports, version 2 (RFC 3810 section 5.2)', () => {
    const packet = dissected(v6('8f00 0000 0000 0001 04 00 0001 ff020000 00000000 00000000 000000fb 20010db8 00000000 00000000 00000001'), 'ipv6');
    expect(table(packet, ['icmpv6.mldr.nb_mcast_records', 'icmpv6.mldr.mar.record_type', 'icmpv6.mldr.mar.multicast_address', 'icmpv6.mldr.mar.source_address']))
      .toEqual({ 'icmpv6.mldr.nb_mcast_records': '1', 'icmpv6.mldr.mar.record_type': '4', 'icmpv6.mldr.mar.multicast_address': 'ff02::fb', 'icmpv6.mldr.mar.source_address': '2001:db8::1' });
  });

  it('an option of length 0 ends the list instead of turning in circles', () => {
    expect(dissected(v6(`8700 0000 00000000 ${A} 0100 000000000000`), 'ipv6').layer('icmpv6').note).toContain('its own length field leaves no room');
  });

  it('too big: the MTU, and the packet that was', () => {
    const packet = dissected(v6(`0200 0000 000005dc 60000000 0000 3b 40 ${A} ${A}`), 'ipv6');
    expect([packet.values('icmpv6.mtu'), packet.path, packet.info]).toEqual([['1500'], 'ipv6:icmpv6:ipv6', 'Packet Too Big']);
  });
});

import { describe, expect, it } from 'vitest';
import { dissected, table } from '../testing/dissected.ts';

// RFC 791 figure 4:
//  0                   1                   2                   3
//  |Version|  IHL  |Type of Service|          Total Length         |   45 00 0073
//  |         Identification        |Flags|      Fragment Offset    |   0000 4000
//  |  Time to Live |    Protocol   |         Header Checksum       |   40 fd b775   (a well-known example, 0xb861 with protocol 17)
//  |                       Source Address                          |   c0a80001
//  |                    Destination Address                        |   c0a800c7
const HEADER = '4500 0073 0000 4000 4011 b861 c0a80001 c0a800c7';
const header = (options: string): string => {
  const bytes = options.replace(/ /g, '').length / 2;
  return `4${(5 + bytes / 4).toString(16)}00 00${(20 + bytes).toString(16)} 0001 0000 40fd 0000 0a000001 0a000002 ${options}`;
};

describe('IPv4 (RFC 791 section 3.1)', () => {
  const packet = dissected(HEADER + '00'.repeat(0x73 - 20), 'ip');

  it('has these fields', () => {
    expect(table(packet, ['ip.version', 'ip.hdr_len', 'ip.dsfield', 'ip.len', 'ip.id', 'ip.flags', 'ip.flags.df', 'ip.frag_offset', 'ip.ttl', 'ip.proto', 'ip.checksum', 'ip.src', 'ip.dst', 'ip.addr', 'ip.host'])).toEqual({
      'ip.version': '4', 'ip.hdr_len': '20', 'ip.dsfield': '0x00', 'ip.len': '115', 'ip.id': '0x0000', 'ip.flags': '0x02', 'ip.flags.df': '1', 'ip.frag_offset': '0', 'ip.ttl': '64', 'ip.proto': '17',
      'ip.checksum': '0xb861', 'ip.src': '192.168.0.1', 'ip.dst': '192.168.0.199', 'ip.addr': '192.168.0.1, 192.168.0.199', 'ip.host': '192.168.0.1, 192.168.0.199',
    });
  });

  it('says what values mean', () => {
    expect([packet.texts('ip.proto'), packet.texts('ip.hdr_len'), packet.texts('ip.dsfield'), packet.texts('ip.flags')]).toEqual([['UDP (17)'], ['20 bytes'], ['0x00, CS0, Not-ECT'], ["0x02, Don't fragment"]]);
  });

  it('verifies the header checksum', () => {
    expect(packet.texts('ip.checksum')).toEqual(['0xb861, good']);
    const wrong = dissected(HEADER.replace('b861', 'b862') + '00'.repeat(0x73 - 20), 'ip');
    expect(wrong.texts('ip.checksum')).toEqual(['0xb862, wrong: should be 0xb861']);
    expect(wrong.layer('ip').note).toContain('Checksum wrong: should be 0xb861.');
    expect(dissected(HEADER.replace('b861', '0000'), 'ip').texts('ip.checksum')[0]).toContain('checksum offload');
  });

  it('counts fragment offsets as the wire does, and leaves a later fragment unread', () => {
    const later = dissected('4500 001c 0001 20b9 4011 0000 0a000001 0a000002 0102030405060708', 'ip');
    expect([later.values('ip.frag_offset'), later.values('ip.flags.mf'), later.path]).toEqual([['185'], ['1'], 'ip:data']);
    expect(later.info).toBe('Fragmented IP protocol (proto=UDP 17, off=1480, ID=0001)');
    expect(later.layer('data').note).toBe('A later fragment of UDP (17), shown as data.');
  });

  it('names what it carries', () => {
    expect(dissected('4500 0018 0001 0000 405e 0000 0a000001 e0000001 11000000', 'ip').layer('data').note).toBe('IPIP (94), shown as data.');
  });
});

describe('IPv4 options (RFC 791 section 3.1)', () => {
  it('are types of three parts, with a length unless they are one byte long', () => {
    const packet = dissected(header('01 01 94 04 0000 00 00'), 'ip'); // two No-Operations, a Router Alert (RFC 2113), the end of the list
    expect(table(packet, ['ip.opt.type', 'ip.opt.type.copy', 'ip.opt.type.class', 'ip.opt.type.number', 'ip.opt.len', 'ip.opt.ra'])).toEqual({
      'ip.opt.type': '1, 1, 148, 0', 'ip.opt.type.copy': '0, 0, 1, 0', 'ip.opt.type.class': '0, 0, 0, 0', 'ip.opt.type.number': '1, 1, 20, 0', 'ip.opt.len': '4', 'ip.opt.ra': '0',
    });
  });

  it('record a route up to the pointer', () => {
    const packet = dissected(header('07 0f 08 0a000001 0a000002 00000000 00'), 'ip');
    expect([packet.values('ip.opt.ptr'), packet.values('ip.rec_rt'), packet.values('ip.empty_rt')]).toEqual([['8'], ['10.0.0.1'], ['10.0.0.2', '0.0.0.0']]);
  });

  it('stamp times, with addresses when the flag says so', () => {
    const packet = dissected(header('44 14 0d 01 0a000001 00000010 0a000002 00000000'), 'ip');
    expect(table(packet, ['ip.opt.overflow', 'ip.opt.flag', 'ip.opt.time_stamp_addr', 'ip.opt.time_stamp'])).toEqual({
      'ip.opt.overflow': '0', 'ip.opt.flag': '0x01', 'ip.opt.time_stamp_addr': '10.0.0.1, 10.0.0.2', 'ip.opt.time_stamp': '16, 0',
    });
    expect(dissected(header('44 0c 05 00 00000001 00000000'), 'ip').values('ip.opt.time_stamp')).toEqual(['1', '0']);
  });

  it('that run out of their header do not hide what follows it', () => {
    const packet = dissected('4600 0024 0001 0000 4011 0000 0a000001 0a000002 07ff0400 03e8 07d0 000c 0000 61626364', 'ip');
    expect(packet.path).toBe('ip:udp:data');
    expect(packet.layer('ip').note).toContain('its own length field leaves no room for more');
  });
});

describe('a total length that is not true', () => {
  const udp = '03e8 07d0 0400 0000';
  it('above what is here: cut on the way, or wrong', () => {
    const packet = dissected(`4500 2328 0001 0000 4011 0000 0a000001 0a000002 ${udp} 61626364`, 'ip');
    expect(packet.layer('ip').note).toContain('IPv4 says 9,000 bytes and 32 are here: the frame ends there. It was cut before it was captured, or the length is wrong.');
  });
  it('above what the capture kept: a short snaplen', () => {
    const packet = dissected(`4500 2328 0001 0000 4011 0000 0a000001 0a000002 ${udp} 61626364`, 'ip', { origlen: 9000 });
    expect(packet.layer('ip').note).toContain('IPv4 says 9,000 bytes and 32 are here: the capture kept only 32 of 9,000 bytes.');
  });
  it('of 0: the sender left it to its network card', () => {
    expect(dissected(`4500 0000 0001 0000 4011 0000 0a000001 0a000002 03e8 07d0 000c 0000 61626364`, 'ip').values('udp.payload')).toEqual(['61626364']);
  });
});

import { describe, expect, it } from 'vitest';
import { dissected, table } from '../testing/dissected.ts';

const ip = (proto: string, payload: string): string => {
  const bytes = payload.replace(/ /g, '').length / 2;
  return `4500 ${(20 + bytes).toString(16).padStart(4, '0')} 0001 0000 40${proto} 0000 0a000001 0a000002 ${payload}`;
};

describe('UDP (RFC 768)', () => {
  it('has ports, a length and a checksum', () => {
    const packet = dissected(ip('11', '03e8 07d0 000c 0000 61626364'), 'ip');
    expect(table(packet, ['udp.srcport', 'udp.dstport', 'udp.port', 'udp.length', 'udp.checksum', 'udp.payload'])).toEqual({
      'udp.srcport': '1000', 'udp.dstport': '2000', 'udp.port': '1000, 2000', 'udp.length': '12', 'udp.checksum': '0x0000', 'udp.payload': '61626364',
    });
    expect([packet.info, packet.layer('udp').summary]).toEqual(['1000 → 2000 Len=4', '1000 → 2000']);
  });

  it('names what a port is likely to be', () => {
    const packet = dissected(ip('11', '9c40 ca6c 000c 0000 61626364'), 'ip');
    expect([packet.texts('udp.dstport'), packet.layer('data').note]).toEqual([['51820 (WireGuard)'], 'Port 51820, likely WireGuard, shown as data.']);
  });

  it('a checksum of 0 is none over IPv4, and a mistake over IPv6 outside tunnels (RFC 6935)', () => {
    expect(dissected(ip('11', '03e8 07d0 000c 0000 61626364'), 'ip').fields.find((f) => f.name === 'udp.checksum')!.verdict).toBe('absent');
    const v6 = `60000000 000c 11 40 ${'00'.repeat(15)}01 ${'00'.repeat(15)}02 03e8 07d0 000c 0000 61626364`;
    expect(dissected(v6, 'ipv6').fields.find((f) => f.name === 'udp.checksum')!.verdict).toBe('bad');
  });

  it("a sum of the pseudo header alone is the network card's work left undone", () => {
    // 0a00+0001+0a00+0002 + 0011 + 000c = 1420
    expect(dissected(ip('11', '03e8 07d0 000c 1420 61626364'), 'ip').texts('udp.checksum')[0]).toContain('left the rest to its network card');
  });

  it('a length beyond the datagram is told', () => {
    const packet = dissected(ip('11', '03e8 07d0 0400 0000 61626364'), 'ip');
    expect([packet.info, packet.layer('udp').note]).toEqual(['1000 → 2000 [BAD UDP LENGTH 1024 > IP PAYLOAD LENGTH] Len=1016', 'UDP says 1,024 bytes and 12 are here: the frame ends there. It was cut before it was captured, or the length is wrong.']);
  });
});

describe('TCP (RFC 9293 section 3.1)', () => {
  const SYN = 'c822 0050 00000001 00000000 a002 faf0 0000 0000 0204 05b4 0402 080a 00000007 00000000 0103 0307';
  const packet = dissected(ip('06', SYN), 'ip', { info: { baseSeq: 1 } });

  it('has these fields', () => {
    expect(table(packet, ['tcp.srcport', 'tcp.dstport', 'tcp.seq_raw', 'tcp.ack_raw', 'tcp.hdr_len', 'tcp.flags', 'tcp.flags.syn', 'tcp.flags.ack', 'tcp.flags.str', 'tcp.window_size_value', 'tcp.urgent_pointer', 'tcp.len'])).toEqual({
      'tcp.srcport': '51234', 'tcp.dstport': '80', 'tcp.seq_raw': '1', 'tcp.ack_raw': '0', 'tcp.hdr_len': '40', 'tcp.flags': '0x0002', 'tcp.flags.syn': '1', 'tcp.flags.ack': '0', 'tcp.flags.str': '··········S·',
      'tcp.window_size_value': '64240', 'tcp.urgent_pointer': '0', 'tcp.len': '0',
    });
    expect(packet.texts('tcp.flags')).toEqual(['0x0002, SYN']);
  });

  it('has these options', () => {
    expect(table(packet, ['tcp.option_kind', 'tcp.option_len', 'tcp.options.mss_val', 'tcp.options.timestamp.tsval', 'tcp.options.timestamp.tsecr', 'tcp.options.wscale.shift', 'tcp.options.wscale.multiplier'])).toEqual({
      'tcp.option_kind': '2, 4, 8, 1, 3', 'tcp.option_len': '4, 2, 10, 3', 'tcp.options.mss_val': '1460', 'tcp.options.timestamp.tsval': '7', 'tcp.options.timestamp.tsecr': '0', 'tcp.options.wscale.shift': '7', 'tcp.options.wscale.multiplier': '128',
    });
    expect(packet.values('tcp.options')).toEqual(['020405b40402080a00000007000000000103 0307'.replace(/ /g, '')]);
  });

  it("says it in Wireshark's words, relative to the first sequence number", () => {
    expect(packet.info).toBe('51234 → 80 [SYN] Seq=0 Win=64240 Len=0 MSS=1460 SACK_PERM TSval=7 TSecr=0 WS=128');
  });

  it('reads SACK blocks as many as there are (RFC 2018 section 3)', () => {
    const sack = dissected(ip('06', 'c822 0050 00000001 00000005 a010 0200 0000 0000 0101 0512 00000010 00000020 00000030 00000040'), 'ip', { info: { baseSeq: 0, baseAck: 0, windowShift: 7 } });
    expect([sack.values('tcp.options.sack.count'), sack.values('tcp.options.sack_le'), sack.values('tcp.options.sack_re')]).toEqual([['2'], ['16', '48'], ['32', '64']]);
    expect(sack.info).toBe('51234 → 80 [ACK] Seq=1 Ack=5 Win=65536 Len=0 SLE=16 SRE=32 SLE=48 SRE=64');
  });

  it('counts the bytes that were on the wire, also where the capture kept fewer', () => {
    const cut = dissected(ip('06', 'c822 0050 00000001 00000005 5018 0200 0000 0000 0102').replace('002a', '03e8'), 'ip', { origlen: 1000 });
    expect([cut.values('tcp.len'), cut.values('tcp.payload')]).toEqual([['960'], ['0102']]);
  });
});

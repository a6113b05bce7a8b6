import { describe, expect, it } from 'vitest';
import { arp } from '../protocols/arp.ts';
import { eth } from '../protocols/eth.ts';
import { geneve } from '../protocols/geneve.ts';
import { icmp } from '../protocols/icmp.ts';
import { ip } from '../protocols/ipv4.ts';
import { ipv6 } from '../protocols/ipv6.ts';
import { tcp } from '../protocols/tcp.ts';
import { udp } from '../protocols/udp.ts';
import { vlan } from '../protocols/vlan.ts';
import { vxlan } from '../protocols/vxlan.ts';
import { fromHex, toHex, utf8 } from '../testing/bytes.ts';
import { dissected } from '../testing/dissected.ts';
import { pcapFile } from '../testing/pcap-file.ts';
import { haveTshark, TSHARK, tsharkFields } from '../testing/tshark.ts';
import { build, type LayerValues } from './build.ts';

const hex = (digits: string): string => toHex(fromHex(digits));
const MACS = { dst: '0a:36:d2:fc:94:2e', src: '0a:d3:93:e4:27:b2' };
const ROUTE = { src: '172.31.9.144', dst: '172.31.4.131' };
const V6 = { src: '2001:db8::1', dst: '2001:db8::2' };

describe('bytes written by hand from the figures', () => {
  it('IPv4 (RFC 791 section 3.1): length and header checksum are filled in', () => {
    const packet = build([[ip, { proto: 17, src: '192.168.0.1', dst: '192.168.0.199' }]], new Uint8Array(95));
    expect(toHex(packet.subarray(0, 20))).toBe(hex('45 00 0073 0000 4000 40 11 b861 c0a80001 c0a800c7'));
  });

  it('UDP (RFC 768): 10.0.0.1 + 10.0.0.2 + 17 + 10, ports, length and data sum up to 0x79 58; its inverse is sent', () => {
    // 0a00+0001+0a00+0002 + 0011 + 000a + 03e8+07d0+000a + 6162 = 8142
    const packet = build([[ip, { src: '10.0.0.1', dst: '10.0.0.2' }], [udp, { srcport: 1000, dstport: 2000 }]], utf8('ab'));
    expect(toHex(packet.subarray(20))).toBe(hex('03e8 07d0 000a 7ebd 6162'.replace('7ebd', inverse(0x0a00 + 1 + 0x0a00 + 2 + 0x11 + 0x0a + 0x03e8 + 0x07d0 + 0x0a + 0x6162))));
  });

  it('UDP over IPv6 (RFC 8200 section 8.1): the same with long addresses', () => {
    const packet = build([[ipv6, V6], [udp, { srcport: 1000, dstport: 2000 }]], utf8('ab'));
    expect(toHex(packet.subarray(0, 8))).toBe(hex('60000000 000a 11 40'));
    expect(toHex(packet.subarray(46))).toBe(hex(`${inverse(2 * (0x2001 + 0x0db8) + 1 + 2 + 0x11 + 0x0a + 0x03e8 + 0x07d0 + 0x0a + 0x6162)} 6162`));
  });

  it('a sum that comes out as 0 is sent as ffff, since 0 says "none" (RFC 768)', () => {
    const rest = 0x0a00 + 1 + 0x0a00 + 2 + 0x11 + 0x0a + 0x03e8 + 0x07d0 + 0x0a;
    const packet = build([[ip, { src: '10.0.0.1', dst: '10.0.0.2' }], [udp, { srcport: 1000, dstport: 2000 }]], fromHex(inverse(rest)));
    expect(toHex(packet.subarray(26, 28))).toBe('ffff');
  });

  it('ICMP echo (RFC 792): type 8, then identifier and sequence number', () => {
    expect(toHex(build([[icmp, { type: 8, ident: 0x6cef, seq: 1 }]]))).toBe(hex(`08 00 ${inverse(0x0800 + 0x6cef + 1)} 6cef 0001`));
  });

  it('TCP (RFC 9293 section 3.1)', () => {
    const packet = build([[ip, { src: '10.0.0.1', dst: '10.0.0.2' }], [tcp, { srcport: 51234, dstport: 80, seq_raw: 1, ack_raw: 5, 'flags.ack': 1, 'flags.push': 1, window_size_value: 512, checksum: 0 }]]);
    expect(toHex(packet.subarray(20))).toBe(hex('c822 0050 00000001 00000005 5018 0200 0000 0000'));
  });

  it('VXLAN (RFC 7348 section 5): the I flag, 24 bits of network identifier', () => {
    expect(toHex(build([[vxlan, { vni: 333 }]]))).toBe(hex('08 000000 00014d 00'));
    expect(toHex(build([[vxlan, { vni: 0xffffff, flag_g: 1, flag_a: 1, gbp: 0x1234 }]]))).toBe(hex('8808 1234 ffffff 00'));
  });

  it('802.1Q: priority, eligibility and number in two bytes', () => {
    expect(toHex(build([[eth, MACS], [vlan, { priority: 5, dei: 1, id: 123 }], [ip, ROUTE]]).subarray(12, 18))).toBe(hex('8100 b07b 0800'));
  });
});

/** The ones' complement of a sum, as four digits. */
function inverse(sum: number): string {
  let folded = sum;
  while (folded > 0xffff) folded = (folded & 0xffff) + (folded >>> 16);
  return (~folded & 0xffff).toString(16).padStart(4, '0');
}

describe('what is filled in, and what is left as given', () => {
  it('each layer names the next, and ports of tunnels', () => {
    const packet = dissected(build([[eth, MACS], [ip, ROUTE], [udp, { srcport: 65511 }], [vxlan, { vni: 333 }], [eth], [ipv6, V6], [udp, { srcport: 40000, dstport: 40001 }]], utf8('x')));
    expect(packet.path).toBe('eth:ethertype:ip:udp:vxlan:eth:ethertype:ipv6:udp:data');
    expect(packet.values('udp.port')).toEqual(['65511', '4789', '40000', '40001']);
  });

  it('a value that is given stays, also a wrong one', () => {
    const packet = dissected(build([[ip, { ...ROUTE, len: 9000, checksum: 0x1234 }], [udp, { srcport: 1, dstport: 2 }]]), 'ip');
    expect([packet.values('ip.len'), packet.values('ip.checksum')]).toEqual([['9000'], ['0x1234']]);
  });

  it('the reader finds every sum good', () => {
    const packet = dissected(build([[eth, MACS], [ip, ROUTE], [udp, { srcport: 65511 }], [vxlan, { vni: 333 }], [eth], [ip, ROUTE], [icmp, { type: 8, ident: 1, seq: 2 }]], utf8('ping')));
    expect(packet.fields.filter((f) => f.verdict !== null).map((f) => `${f.name} ${f.verdict}`)).toEqual(['ip.checksum good', 'udp.checksum good', 'ip.checksum good', 'icmp.checksum good']);
  });
});

const PACKETS: Readonly<Record<string, readonly LayerValues[]>> = {
  'UDP in VXLAN': [[eth, MACS], [ip, ROUTE], [udp, { srcport: 65511 }], [vxlan, { vni: 333 }], [eth, MACS], [ip, ROUTE], [udp, { srcport: 40000, dstport: 40001 }]],
  'an echo in VXLAN with group policy over IPv6': [[eth, MACS], [ipv6, V6], [udp, { srcport: 65511 }], [vxlan, { vni: 7, flag_g: 1, gbp: 99 }], [eth, MACS], [ip, ROUTE], [icmp, { type: 8, ident: 1, seq: 2 }]],
  'a segment with VLAN tag': [[eth, MACS], [vlan, { id: 5 }], [ip, ROUTE], [tcp, { srcport: 40000, dstport: 40001, seq_raw: 1, ack_raw: 1, 'flags.ack': 1, window_size_value: 512 }]],
  'UDP over IPv6 in GENEVE': [[eth, MACS], [ip, ROUTE], [udp, { srcport: 65511 }], [geneve, { vni: 5 }], [eth, MACS], [ipv6, V6], [udp, { srcport: 40000, dstport: 40001 }]],
};

describe.skipIf(!haveTshark)(`what ${TSHARK} says of what is written`, () => {
  it('is nothing: no malformed packet, no wrong checksum or length', () => {
    const packets = Object.values(PACKETS).map((layers) => ({ bytes: build(layers, utf8('0123456789')) }));
    const { rows, complaints } = tsharkFields(pcapFile({ packets }), ['frame.protocols', '_ws.expert.message']);
    expect(complaints).toBe('');
    expect(rows.map(([, expert]) => expert)).toEqual(packets.map(() => ''));
    expect(rows.map(([path]) => path)).toEqual(packets.map(({ bytes }) => dissected(bytes).path));
  });
});

it('leaves out what has no fixed width: ARP ends before its addresses', () => {
  expect(build([[arp, { opcode: 1 }]])).toHaveLength(8);
});

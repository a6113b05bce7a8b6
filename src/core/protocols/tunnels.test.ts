import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../testing/bytes.ts';
import { dissected, table } from '../testing/dissected.ts';

const ETHER = '0a36d2fc942e 0ad393e427b2';
const length = (hex: string): number => hex.replace(/ /g, '').length / 2;
const word = (n: number): string => n.toString(16).padStart(4, '0');
const udp = (port: number, payload: string): string => `c000 ${word(port)} ${word(8 + length(payload))} 0000 ${payload}`;
const ip = (payload: string): string => `4500 ${word(20 + length(payload))} 0001 0000 4011 0000 ac1f0990 ac1f0483 ${payload}`;
const frame = (payload: string): string => `${ETHER} 0800 ${ip(payload)}`;
const INNER = `${ETHER} 0800 4500 001c 0001 0000 4001 0000 8efb2a4f ac1f0990 0000 1c31 6cef 0001`;

describe('VXLAN (RFC 7348 section 5)', () => {
  // |R|R|R|R|I|R|R|R|            Reserved                           |   08 000000
  // |                VXLAN Network Identifier (VNI) |   Reserved    |   00014d 00
  const packet = dissected(frame(udp(4789, `08000000 00014d 00 ${INNER}`)));

  it('has a flag, and 24 bits of network identifier', () => {
    expect(table(packet, ['vxlan.flags', 'vxlan.flag_i', 'vxlan.flag_g', 'vxlan.gbp', 'vxlan.vni', 'vxlan.reserved8'])).toEqual({
      'vxlan.flags': '0x0800', 'vxlan.flag_i': '1', 'vxlan.flag_g': '0', 'vxlan.gbp': '0', 'vxlan.vni': '333', 'vxlan.reserved8': '0',
    });
  });

  it('carries a whole frame, one level deeper', () => {
    expect(packet.path).toBe('eth:ethertype:ip:udp:vxlan:eth:ethertype:ip:icmp');
    expect(packet.layers.map((l) => `${l.level} ${l.part}`)).toEqual(['0 outer', '0 outer', '0 outer', '0 envelope', '1 inner', '1 inner', '1 inner']);
    expect(packet.info).toBe('Echo (ping) reply    id=0x6cef, seq=1/256, ttl=64');
  });

  it('with Group Policy: the G, D and A bits, and an identifier (draft-smith-vxlan-group-policy)', () => {
    const gbp = dissected(frame(udp(4789, `8848 1234 00014d 00 ${INNER}`)));
    expect(table(gbp, ['vxlan.flags', 'vxlan.flag_g', 'vxlan.flag_i', 'vxlan.flag_d', 'vxlan.flag_a', 'vxlan.gbp', 'vxlan.flags_reserved'])).toEqual({
      'vxlan.flags': '0x8848', 'vxlan.flag_g': '1', 'vxlan.flag_i': '1', 'vxlan.flag_d': '1', 'vxlan.flag_a': '1', 'vxlan.gbp': '4660', 'vxlan.flags_reserved': '0x0000',
    });
  });

  it('is found by either port, as in Wireshark', () => {
    expect(dissected(frame(udp(4789, `08000000 00014d00 ${INNER}`).replace(/^c000 12b5/, '12b5 c000'))).values('vxlan.vni')).toEqual(['333']);
  });

  it('draws its header in two rows of 32 bits', () => {
    expect(packet.layer('vxlan').diagram.map(({ bits, short, label }) => (bits === 1 ? short : label)).join(' ')).toBe('G R R R I R R R R D R R A R R R Group Policy ID VXLAN Network Identifier (VNI) Reserved');
  });

  it('nests to the limit of 64 layers, and says so where more follow', () => {
    let nested = INNER;
    for (let i = 0; i < 20; i++) nested = frame(udp(4789, `08000000 ${i.toString(16).padStart(6, '0')} 00 ${nested}`));
    const deep = dissected(nested);
    expect(deep.layers).toHaveLength(64);
    expect(deep.values('vxlan.vni').slice(0, 3)).toEqual(['19', '18', '17']);
    expect(deep.layers.at(-1)!.note).toContain('More layers or fields follow');
  });

  it('an inner frame that the mirror has cut says so', () => {
    const inner = `${ETHER} 0800 4500 2328 0001 0000 4006 0000 0a000001 0a000002 c822 0050 00000001 00000005 5018 0200 0000 0000 ${'61'.repeat(20)}`;
    const cut = dissected(frame(udp(4789, `08000000 00014d 00 ${inner}`)));
    expect(cut.layers[5]!.note).toContain('IPv4 says 9,000 bytes and 60 are here: the envelope carries no more. The mirror cut the packet before it wrapped it, or the length is wrong.');
    expect(cut.fields.find((f) => f.name === 'tcp.checksum')).toMatchObject({ verdict: 'unchecked' });
  });

  it('a header that is cut keeps the fields that fit', () => {
    const whole = fromHex(frame(udp(4789, `08000000 00014d 00 ${INNER}`)));
    const cut = dissected(whole.slice(0, 14 + 20 + 8 + 4), 'eth', { origlen: whole.length });
    expect([cut.values('vxlan.flags'), cut.values('vxlan.vni'), cut.info]).toEqual([['0x0800'], [], '[Packet size limited during capture]']);
    expect(cut.layer('vxlan').note).toBe('VXLAN needs 8 bytes here and has 4: the capture kept only 46 of 92 bytes.');
    expect(cut.layer('vxlan').diagram.at(-1)!.field).toBe(-1);
  });
});

describe('GENEVE (RFC 8926 section 3.4)', () => {
  const option = '0108 01 01 0000000a'; // class, type, length in words, one word of data
  const packet = dissected(frame(udp(6081, `02 40 6558 00014d 00 ${option} ${INNER}`)));

  it('has a network identifier and options of its own length', () => {
    expect(table(packet, ['geneve.version', 'geneve.flags', 'geneve.flags.critical', 'geneve.proto_type', 'geneve.vni', 'geneve.options', 'geneve.option.class', 'geneve.option.type', 'geneve.option.unknown.data'])).toEqual({
      'geneve.version': '0', 'geneve.flags': '0x40', 'geneve.flags.critical': '1', 'geneve.proto_type': '0x6558', 'geneve.vni': '0x00014d', 'geneve.options': toHex(fromHex(option)), 'geneve.option.class': '0x0108',
      'geneve.option.type': '0x01', 'geneve.option.unknown.data': '0000000a',
    });
    expect([packet.path, packet.layer('geneve').part]).toEqual(['eth:ethertype:ip:udp:geneve:eth:ethertype:ip:icmp', 'envelope']);
  });
});

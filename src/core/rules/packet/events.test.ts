// What Suricata's decoders call wrong, on packets written here byte by byte; the rules are those of its decoder-events.rules.

import { describe, expect, it } from 'vitest';
import { PacketDecoder } from './decode.ts';
import { STOCK_TUNNELS } from './tunnels.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
const MACS = '020000000001 020000000002';

/** An IPv4 packet with this protocol and payload, link type raw. */
function ipv4(protocol: number, payload: string): string {
  const size = 20 + payload.replaceAll(' ', '').length / 2;
  return `45000000 00000000 40${protocol.toString(16).padStart(2, '0')}0000 0a000001 0a000002 ${payload}`.replace('45000000', `4500${size.toString(16).padStart(4, '0')}`);
}

const ipv6 = (next: number, hops: number, payload: string): string =>
  `60000000 ${(payload.replaceAll(' ', '').length / 2).toString(16).padStart(4, '0')}${next.toString(16).padStart(2, '0')}${hops.toString(16).padStart(2, '0')} fe80000000000000 0000000000000001 ff02000000000000 0000000000000001 ${payload}`;

function events(linkType: number, hex: string): string[] {
  const bytes = bytesOf(hex);
  const decoder = new PacketDecoder(STOCK_TUNNELS);
  decoder.decode(bytes, 0, bytes.length, linkType, 1, 0, 0);
  return decoder.views.slice(0, decoder.count).flatMap((view) => view.events);
}

describe('events of decoders', () => {
  it.each<[string, number, string]>([
    ['icmpv4.unknown_type', 101, ipv4(1, '29000000 00000000')], ['icmpv4.unknown_code', 101, ipv4(1, '08050000 00000000')], ['icmpv4.ipv4_trunc_pkt', 101, ipv4(1, '03010000 00000000 45000014')],
    ['icmpv4.ipv4_unknown_ver', 101, ipv4(1, `03010000 00000000 ${'65'.repeat(20)}`)], ['icmpv6.ipv6_unknown_version', 101, ipv6(58, 64, `01000000 00000000 ${'45'.repeat(40)}`)],
    ['icmpv6.unknown_code', 101, ipv6(58, 64, '80010000 00000000')], ['icmpv6.mld_message_with_invalid_hl', 101, ipv6(58, 64, '82000000 00000000')],
    ['gre.pkt_too_small', 101, ipv4(47, '0000')], ['gre.wrong_version', 101, ipv4(47, '00020800')], ['gre.version0_recur', 101, ipv4(47, '01000800')], ['gre.version0_flags', 101, ipv4(47, '00080800')],
    ['gre.version1_wrong_protocol', 101, ipv4(47, '20010800 00000000')], ['gre.version1_no_key', 101, ipv4(47, '0001880b')], ['gre.version1_hdr_too_big', 101, ipv4(47, '2001880b')], ['gre.version1_flags', 101, ipv4(47, '2009880b 00000000')],
    ['erspan.header_too_small', 101, ipv4(47, '100088be 00000000 1000')], ['mpls.header_too_small', 1, `${MACS} 8847 0001`], ['mpls.bad_label_reserved', 1, `${MACS} 8847 00005140 45000014`],
    ['mpls.bad_label_implicit_null', 1, `${MACS} 8847 00003140 45000014`], ['mpls.unknown_payload_type', 1, `${MACS} 8847 00064140 f5000014`], ['nsh.unsupported_version', 1, `${MACS} 894f 4fc60103 0000010f`],
    ['nsh.header_too_small', 1, `${MACS} 894f 0fc6`], ['vlan.unknown_type', 1, `${MACS} 8100 000a 1234 00000000`], ['ethernet.unknown_ethertype', 1, `${MACS} 1234 00000000`], ['vntag.header_too_small', 1, `${MACS} 8926 0000`],
    ['ieee8021ah.header_too_small', 1, `${MACS} 88e7 0000`], ['ltnull.unsupported_type', 0, '07000000 45000014'], ['ltnull.pkt_too_small', 0, '0200'], ['ipraw.invalid_ip_version', 101, '75000014'], ['chdlc.pkt_too_small', 104, '0f00'],
    ['ppp.unsup_proto', 9, 'ff03 002b 0000'], ['sctp.init_with_non_zero_vtag', 101, ipv4(132, '00070007 00000001 00000000 01000014 00000001 00000000 00010001 00000001')], ['igmp.pkt_too_small', 101, ipv4(2, '1164')],
    ['tcp.opt_duplicate', 101, ipv4(6, '00500051 00000001 00000000 70022000 00000000 020405b4 020405b4')], ['tcp.opt_invalid_len', 101, ipv4(6, '00500051 00000001 00000000 60022000 00000000 02030501')],
    ['arp.pkt_too_small', 1, `${MACS} 0806 0001`], ['arp.unsupported_opcode', 1, `${MACS} 0806 0001 0800 06 04 0063 ${'00'.repeat(20)}`], ['vxlan.unknown_payload_type', 101, ipv4(17, `c000 12b5 0020 0000 08000000 00000100 ${MACS} 1234 0000`)],
  ])('%s', (event, linkType, hex) => { expect(events(linkType, hex)).toEqual([event]); });

  it('none on packets that are right', () => {
    expect(events(101, ipv4(1, '08000000 00000000'))).toEqual([]);
    expect(events(101, ipv4(47, `2001880b 00000001 ff03 0021 ${ipv4(17, '00350036 00080000')}`))).toEqual([]); // PPTP
    expect(events(1, `${MACS} 8847 00010140 ${ipv4(17, '00350036 00080000')}`)).toEqual([]);
    expect(events(1, `${MACS} 0806 0001 0800 06 04 0001 ${'00'.repeat(20)}`)).toEqual([]);
  });

  it('layers without end are read as far as Suricata reads them', () => {
    expect(events(1, `${MACS} 8926 ${'00000000 8926'.repeat(10_000)}`)).toEqual([]);
  });
});

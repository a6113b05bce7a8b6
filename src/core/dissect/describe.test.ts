import { describe as suite, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { PROTOCOLS } from '../protocols/all.ts';
import { compile } from './compile.ts';
import { describe } from './describe.ts';
import { Dissector } from './dissect.ts';
import { bareFrame } from './frame.ts';
import { infoText, protocolColumn } from './info.ts';
import { layersOf } from './layer.ts';
import { occurrences } from './occurrences.ts';

const file = readFileSync('public/samples/mirrored-ping/appliance-eth0.pcap');
const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
const packets: Uint8Array[] = [];
for (let at = 24; at + 16 <= file.length; at += 16 + view.getUint32(at + 8, true)) packets.push(file.subarray(at + 16, at + 16 + view.getUint32(at + 8, true)));
const program = compile(PROTOCOLS);

suite('packet 3 of the mirrored ping, as a person sees it', () => {
  const packet = packets[2]!;
  const tape = new Dissector(program).dissect(packet, 0, packet.length);
  const { layers, fields } = describe(program, tape, packet);

  it('has the outer stack, the envelope and the inner stack', () => {
    expect(layers.map((l) => `${l.part} ${l.name}: ${l.summary}`)).toEqual([
      'outer Ethernet: 0a:d3:93:e4:27:b2 → 0a:36:d2:fc:94:2e', 'outer IPv4: 172.31.9.144 → 172.31.4.131', 'outer UDP: 65511 → 4789', 'envelope VXLAN: VNI 333',
      'inner Ethernet: 0a:00:00:00:00:01 → 0a:d3:93:e4:27:b2', 'inner IPv4: 142.251.42.79 → 172.31.9.144', 'inner ICMP: Echo (ping) reply', 'inner Data: 56 bytes']);
  });

  it('spells values out', () => {
    const text = (name: string) => fields.filter((f) => f.name === name).map((f) => f.text);
    expect(text('ip.proto')).toEqual(['UDP (17)', 'ICMP (1)']);
    expect(text('eth.type')).toEqual(['0x0800, IPv4', '0x0800, IPv4']);
    expect(text('vxlan.flags')).toEqual(['0x0800, VXLAN Network ID (VNI)']);
  });

  it('draws the VXLAN header', () => {
    const cells = layers[3]!.diagram;
    expect(cells.map((c) => c.bits).reduce((a, b) => a + b)).toBe(64);
    expect(fields[cells.find((c) => c.label === 'VXLAN Network Identifier (VNI)')!.field]!.value).toBe('333');
  });

  it('has the words of the Info column, and the innermost protocol', () => {
    expect(infoText(layersOf(program, tape, packet), { link: 'request in 2' })).toBe('Echo (ping) reply    id=0x6cef, seq=1/256, ttl=64 (request in 2)');
    expect(protocolColumn(layersOf(program, tape, packet))).toBe('ICMP');
  });

  it('prints occurrences as tshark does', () => {
    const of = (name: string) => occurrences(program, tape, packet, bareFrame(148, { number: 3 }), name);
    expect(of('ip.addr')).toEqual(['172.31.9.144', '172.31.4.131', '142.251.42.79', '172.31.9.144']);
    expect(of('frame.protocols')).toEqual(['eth:ethertype:ip:udp:vxlan:eth:ethertype:ip:icmp:data']);
    expect(of('frame.number')).toEqual(['3']);
    expect(of('vxlan')).toEqual(['vxlan']);
  });
});

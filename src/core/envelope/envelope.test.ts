// The bench against the mirrored ping as it was captured, against tshark, and against what receivers are documented to do.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../dissect/compile.ts';
import { Dissector } from '../dissect/dissect.ts';
import { layersOf } from '../dissect/layer.ts';
import { pcapWriter } from '../export/pcap-writer.ts';
import { firstProtocol, PROTOCOLS } from '../protocols/all.ts';
import { edited, ENVELOPES, MOST_BYTES, type Edit, type EnvelopeKind } from './edits.ts';
import { receivers } from './receivers.ts';

const program = compile(PROTOCOLS);
const dissector = new Dissector(program);
const layers = (bytes: Uint8Array) => layersOf(program, dissector.dissect(bytes, 0, bytes.length, firstProtocol('eth'), bytes.length), bytes);
const after = (bytes: Uint8Array, ...edits: readonly Edit[]): Uint8Array => edits.reduce((now, edit) => edited(now, edit, layers(now)), bytes);

/** A packet of a little-endian microsecond pcap, from 1. */
function packetOf(file: string, number: number): Uint8Array {
  const bytes = readFileSync(new URL(`../../../public/samples/mirrored-ping/${file}`, import.meta.url));
  let at = 24;
  for (let i = 1; i < number; i++) at += 16 + bytes.readUInt32LE(at + 8);
  return new Uint8Array(bytes.subarray(at + 16, at + 16 + bytes.readUInt32LE(at + 8)));
}

const PING = packetOf('source-eth0.pcap', 3);
const put = (envelope: EnvelopeKind): Edit => ({ kind: 'put on', envelope });
const verdictsOf = (bytes: Uint8Array): string[] => receivers(bytes).map(({ takes }) => (takes ? '+' : '-'));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('VXLAN over IPv4 is the envelope that the ping had, but for what counts packets and flows', () => {
  const made = after(PING, put('vxlan')), captured = packetOf('appliance-eth0.pcap', 2);
  expect(made.length).toBe(captured.length);
  const differing = [...made.keys()].filter((at) => made[at] !== captured[at]);
  const free = [18, 19, 20, 24, 25, 34, 35]; // identification, flags, header checksum, source port
  expect(differing.filter((at) => !free.includes(at))).toEqual([]);
});

test('what was put on comes off again, whichever it is', () => {
  for (const envelope of Object.keys(ENVELOPES) as EnvelopeKind[]) expect(hex(after(PING, put(envelope), { kind: 'take off' }))).toBe(hex(PING));
});

test('bits are where they are said to be, and what lies beyond the end changes nothing', () => {
  const made = after(PING, put('vxlan'));
  const vni = layers(made).find(({ protocol }) => protocol.name === 'vxlan')!.offset * 8 + 32;
  const other = after(made, { kind: 'bits', bitOffset: vni, bitLength: 24, value: 'abcdef' });
  expect(hex(other.slice(vni / 8, vni / 8 + 3))).toBe('abcdef');
  expect(hex(after(other, { kind: 'bits', bitOffset: vni, bitLength: 24, value: '14d' }))).toBe(hex(made));
  expect(after(made, { kind: 'bits', bitOffset: made.length * 8 - 4, bitLength: 8, value: 'ff' })).toBe(made);
  expect(after(made, { kind: 'bits', bitOffset: 0, bitLength: 8, value: 'no' })).toBe(made);
});

test('lengths and checksums are put right in every layer', () => {
  const made = after(PING, put('vxlan6'));
  const spoilt = made.slice();
  for (const at of [18, 19, 60, 61, made.length - 98 + 24, made.length - 98 + 36]) spoilt[at]! ^= 0x55; // IPv6 length, UDP checksum, inner IPv4 and ICMP checksums
  expect(hex(after(spoilt, { kind: 'put right' }))).toBe(hex(made));
});

test('a packet never becomes longer than a frame can be', () => {
  let bytes = PING;
  for (let i = 0; i < 300; i++) bytes = after(bytes, put('vxlan'));
  expect(bytes.length).toBeLessThanOrEqual(MOST_BYTES);
});

// RFC 7348, Linux vxlan, Linux vxlan with gbp, Linux geneve, Suricata strict, Suricata permissive
test.each<[string, Uint8Array, string[]]>([
  ['a bare ping', PING, ['-', '-', '-', '-', '-', '-']],
  ['VXLAN', after(PING, put('vxlan')), ['+', '+', '+', '-', '+', '+']],
  ['VXLAN without the flag I', after(PING, put('vxlan'), { kind: 'bits', bitOffset: 42 * 8, bitLength: 8, value: '0' }), ['-', '-', '-', '-', '-', '-']],
  ['VXLAN with a reserved bit behind the VNI', after(PING, put('vxlan'), { kind: 'bits', bitOffset: 49 * 8, bitLength: 8, value: '1' }), ['+', '-', '-', '-', '-', '+']],
  ['VXLAN with Group Policy', after(PING, put('gbp')), ['+', '-', '+', '-', '-', '+']],
  ['VXLAN on port 8472', after(PING, put('vxlan'), { kind: 'bits', bitOffset: 36 * 8, bitLength: 16, value: '2118' }), ['-', '-', '-', '-', '-', '-']],
  ['GENEVE', after(PING, put('geneve')), ['-', '-', '-', '+', '+', '+']],
  ['GENEVE whose options reach beyond the packet', after(PING, put('geneve'), { kind: 'bits', bitOffset: 42 * 8, bitLength: 8, value: '3f' }), ['-', '-', '-', '-', '-', '-']],
])('%s is opened by those who open it', (_, bytes, expected) => { expect(verdictsOf(bytes)).toEqual(expected); });

test('tshark reads what the bench makes, without a complaint', (context) => {
  if (spawnSync('tshark', ['--version']).status !== 0) return context.skip('tshark is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'vxlens-bench-'));
  try {
    const pieces: Uint8Array[] = [];
    const writer = pcapWriter((piece) => pieces.push(piece), { linkType: 1 });
    for (const envelope of Object.keys(ENVELOPES) as EnvelopeKind[]) writer.packet({ seconds: 0, nanoseconds: 0, bytes: after(PING, put(envelope)) });
    writer.end();
    writeFileSync(join(folder, 'a.pcap'), Buffer.concat(pieces));
    const options = ['-o', 'ip.check_checksum:TRUE', '-o', 'udp.check_checksum:TRUE', '-r', join(folder, 'a.pcap')];
    const { stdout } = spawnSync('tshark', [...options, '-T', 'fields', '-e', 'frame.protocols', '-e', '_ws.expert.message'], { encoding: 'utf8' });
    const rows = stdout.trimEnd().split('\n').map((line) => line.split('\t'));
    expect(rows.map(([protocols]) => protocols)).toEqual(['eth:ethertype:ip:udp:vxlan:eth:ethertype:ip:icmp:data', 'eth:ethertype:ipv6:udp:vxlan:eth:ethertype:ip:icmp:data', 'eth:ethertype:ip:udp:vxlan:eth:ethertype:ip:icmp:data', 'eth:ethertype:ip:udp:geneve:eth:ethertype:ip:icmp:data']);
    expect(rows.map(([, said = '']) => said).join()).not.toMatch(/checksum|malformed|length/i);
  } finally { rmSync(folder, { recursive: true }); }
});

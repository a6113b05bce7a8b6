import { describe, expect, it } from 'vitest';
import { build } from '../build/build.ts';
import { PROTOCOLS } from '../protocols/all.ts';
import { eth } from '../protocols/eth.ts';
import { ip } from '../protocols/ipv4.ts';
import { udp } from '../protocols/udp.ts';
import { vxlan } from '../protocols/vxlan.ts';
import { icmp } from '../protocols/icmp.ts';
import { compile } from './compile.ts';
import { Dissector } from './dissect.ts';
import { valueText } from './read-tape.ts';

describe('a mirrored ping', () => {
  const packet = build([[eth], [ip, { src: '172.31.9.144', dst: '172.31.4.131' }], [udp, { srcport: 65511 }], [vxlan, { vni: 333 }],
    [eth], [ip, { src: '142.251.42.79', dst: '172.31.9.144' }], [icmp, { type: 0, ident: 0x6cef, seq: 1 }]]);

  it('shows the VNI', () => {
    const program = compile(PROTOCOLS);
    const tape = new Dissector(program).dissect(packet, 0, packet.length);
    const row = Array.from(tape.fieldId.subarray(0, tape.count)).findIndex((id) => program.fields[id]!.abbrev === 'vxlan.vni');
    expect(valueText(program, tape, row, packet)).toBe('333');
  });
});

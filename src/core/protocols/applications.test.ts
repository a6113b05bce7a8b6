import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { frameOf, SAMPLES, samplesFile } from '../testing/applications.ts';
import { dissected } from '../testing/dissected.ts';
import { haveTshark, TSHARK, tsharkOccurrences } from '../testing/tshark.ts';

const ours = SAMPLES.map((sample, i) => dissected(frameOf(sample, i)));

describe('every sample', () => {
  it.each(SAMPLES.map(({ name }, i) => [name, i] as const))('%s is read to its end, also when it is cut anywhere', (_, i) => {
    const frame = frameOf(SAMPLES[i]!, i);
    expect(ours[i]!.layers.at(-1)!.protocol).not.toBe('tcp');
    for (let length = 0; length < frame.length; length++) {
      for (const { bitOffset, bitLength } of dissected(frame.subarray(0, length), 'eth', { origlen: frame.length }).fields) expect(bitOffset + bitLength).toBeLessThanOrEqual(length * 8);
    }
  });
});

/** tshark 4.0 leaves the fixed bit of a Retry out, and decrypts an Initial. */
const LEFT_OUT = new Set(['quic retry quic.fixed_bit', 'quic initial quic.protected_payload']);
const escaped = (text: string): string => text.replace(/\r/g, '\\r').replace(/\n/g, '\\n');

/** What of tshark's words hangs on what is encrypted, or on a whole conversation. */
const bare = (info: string): string => info.replace(/, PKN: \d+.*/, '').replace(/ \[BoundErrorUnreassembled.*/, '');

describe.skipIf(!haveTshark)(`beside ${TSHARK}`, () => {
  // Of a field without a type tshark says nothing but that it is there.
  const known = new Set(haveTshark ? spawnSync('tshark', ['-G', 'fields'], { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout.split('\n').map((line) => line.split('\t')).filter(([kind, , , type]) => kind === 'F' && type !== 'FT_NONE').map(([, , name]) => name!) : []);
  const folder = mkdtempSync(join(tmpdir(), 'vxlens-'));
  const file = join(folder, 'samples.pcap');
  writeFileSync(file, samplesFile());
  const names = [...new Set(ours.flatMap(({ fields }) => fields.map(({ name }) => name)))].filter((name) => known.has(name));
  const theirs = tsharkOccurrences(file, ['frame.protocols', '_ws.col.Protocol', '_ws.col.Info', ...names]);
  rmSync(folder, { recursive: true });

  it.each(SAMPLES.map(({ name }, i) => [name, i] as const))('%s has its layers, its line and its fields', (_, i) => {
    const { path, column, info, fields } = ours[i]!;
    const answer = theirs[i]!;
    const here = [...new Set(fields.map(({ name }) => name))]
      .filter((name) => known.has(name) && !LEFT_OUT.has(`${SAMPLES[i]!.name} ${name}`) && !/^(eth|ip|tcp|udp\.(srcport|dstport|port|length|payload|stream))/.test(name));
    expect({ path, column, info, fields: Object.fromEntries(here.map((name) => [name, ours[i]!.values(name).map(escaped)])) }).toEqual({
      path: answer['frame.protocols']![0]!.replace('snmp:snmp', 'snmp') /* that an octet string is text is a layer there */, column: answer['_ws.col.Protocol']![0], info: bare(answer['_ws.col.Info']![0]!), fields: Object.fromEntries(here.map((name) => [name, answer[name]])),
    });
  });
});

it('a Gateway Load Balancer’s options have their names, beside Wireshark’s', () => {
  const packet = dissected('0206 0800 000000 00 0108 01 02 0102030405060708 0108 02 02 0000000000000000 0108 03 01 aabbccdd 4500 0014 0000 0000 40 00 0000 0a000001 0a000002'.replace('0206', '0808'), 'geneve');
  expect(['endpoint', 'attachment', 'flow_cookie'].map((name) => packet.values(`geneve.option.aws.${name}`))).toEqual([['0102030405060708'], ['0000000000000000'], ['aabbccdd']]);
  expect(packet.values('geneve.option.unknown.data')).toEqual(['0102030405060708', '0000000000000000', 'aabbccdd']);
  expect(packet.path).toBe('geneve:ip');
});

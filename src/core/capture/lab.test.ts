import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { haveLabCaptures, labCaptures, LAB_CAPTURES, ownCaptures } from '../testing/fixtures.ts';
import { readRecords } from '../testing/read-records.ts';
import { haveTshark, TSHARK, tsharkFields } from '../testing/tshark.ts';

interface Truth { readonly points: readonly { readonly file: string; readonly frames: number; readonly interface: string; readonly interfaceId?: number }[] }

describe.skipIf(!haveLabCaptures)(`records against the truth of the ${LAB_CAPTURES}`, () => {
  it.each(labCaptures().map((capture) => [capture.name, capture] as const))('%s', async (name, capture) => {
    const { points } = JSON.parse(readFileSync(`../shared/captures/lab/${dirname(name)}/truth.json`, 'utf8')) as Truth;
    const { records, reader } = await readRecords(memorySource(capture.bytes()));
    expect(reader.fault).toBeNull();
    for (const point of points.filter(({ file }) => name.endsWith(`/${file.split('#')[0]}`))) {
      const of = point.interfaceId === undefined ? records : records.filter((r) => reader.interfaces[r.iface]!.number === point.interfaceId);
      expect(of).toHaveLength(point.frames);
    }
  });
});

describe.skipIf(!haveTshark)(`records of the mirrored ping against ${TSHARK}`, () => {
  it.each(ownCaptures().map((capture) => [capture.name, capture] as const))('%s', async (_, capture) => {
    const { records } = await readRecords(memorySource(capture.bytes()));
    const { rows } = tsharkFields(capture.bytes(), ['frame.time_epoch', 'frame.cap_len', 'frame.len']);
    expect(records.map((r) => [`${r.seconds}.${String(r.nanoseconds).padStart(9, '0')}`, String(r.caplen), String(r.origlen)])).toEqual(rows);
  });
});

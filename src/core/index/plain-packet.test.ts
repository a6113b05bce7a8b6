import { describe, expect, test } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { packetColumns, type PacketColumn } from '../table/packet-columns.ts';
import { PacketTable } from '../table/packet-table.ts';
import { haveLabCaptures, LAB_CAPTURES, labCaptures, ownCaptures, type Fixture } from '../testing/fixtures.ts';
import { readRecords } from '../testing/read-records.ts';
import { linkStep, Step } from './numbers.ts';
import { plainRow } from './plain-packet.ts';
import { Walker } from './walker.ts';

/** Every packet of a capture through both ways in, each with tables of its own: how many were plain, and where the rows differ. */
async function bothWays(fixture: Fixture): Promise<{ plain: number; packets: number; differences: string[] }> {
  const { records, reader } = await readRecords(memorySource(fixture.bytes()));
  const [walked, plainly] = [new PacketTable(), new PacketTable()];
  const [walker, rest] = [new Walker(walked), new Walker(plainly)];
  const differences: string[] = [];
  let plain = 0;
  for (const { bytes, number, iface, origlen } of records) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const step = linkStep(reader.interfaces[iface]!.linkType);
    const [a, b] = [packetColumns(1), packetColumns(1)];
    walker.walk(view, 0, bytes.length, origlen, step, a, 0);
    const taken = step === Step.ETHERNET && origlen === bytes.length && plainRow(view, 0, bytes.length, plainly, b, 0);
    if (taken) plain++;
    else rest.walk(view, 0, bytes.length, origlen, step, b, 0);
    for (const column of Object.keys(a) as PacketColumn[]) {
      if (a[column][0] !== b[column][0]) differences.push(`packet ${number}, ${column}: ${a[column][0]} header by header, ${b[column][0]} at once`);
    }
  }
  return { plain, packets: records.length, differences };
}

describe('the plain packet at once gives the row that its headers give one by one', () => {
  test.each(ownCaptures())('$name', async (fixture) => {
    const { plain, packets, differences } = await bothWays(fixture);
    expect(differences).toEqual([]);
    expect(plain, 'all but ARP and what is padded').toBeGreaterThan(packets / 2);
  });
  describe.skipIf(!haveLabCaptures)(LAB_CAPTURES, () => {
    test.each(labCaptures())('$name', async (fixture) => { expect((await bothWays(fixture)).differences).toEqual([]); });
  });
});

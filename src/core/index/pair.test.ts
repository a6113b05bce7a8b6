// The two witnesses: the index and the dissector read every fixture at every truncation length, and must say the same. Neither knows the other's
// code; offsets, ports and limits are written down twice, so that a slip in one of them shows here.

import { describe, expect, test } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { linkProtocol } from '../capture/link-types.ts';
import { firstProtocol } from '../protocols/all.ts';
import { labCaptures, LAB_CAPTURES, ownCaptures, haveLabCaptures, type Fixture } from '../testing/fixtures.ts';
import { disagreement, witness } from '../testing/pair.ts';
import { havePublicCaptures, PUBLIC, publicCaptures } from '../testing/public-captures.ts';
import { readRecords } from '../testing/read-records.ts';

const ALIKE = 1; //     packets of one shape (the same layers at the same places) in one capture: more of them tell nothing new
const BEYOND = 24; //   bytes into the last layer, after which one length is like another

async function disagreements(fixture: Fixture): Promise<string[]> {
  const { records, reader } = await readRecords(memorySource(fixture.bytes()));
  const found: string[] = [];
  const shapes = new Map<string, number>();
  for (const { bytes, iface, number, origlen } of records) {
    const { linkType } = reader.interfaces[iface]!;
    const first = firstProtocol(linkProtocol(linkType));
    const { end } = witness.read(bytes, bytes.length, origlen, first);
    const seen = shapes.get(witness.shape) ?? 0;
    shapes.set(witness.shape, seen + 1);
    if (seen >= ALIKE) continue;
    for (let length = 0; length <= bytes.length; length = length > end + BEYOND && length < bytes.length ? bytes.length : length + 1) {
      for (const wire of [origlen, length]) { // cut by the capture, and so short on the wire already
        const words = disagreement(bytes, length, wire, linkType, first);
        if (words) found.push(`${fixture.name} packet ${number}, ${length} of ${wire} bytes: ${words}`);
      }
    }
  }
  return found;
}


describe('index and dissector agree at every truncation length', () => {
  test.each(ownCaptures())('$name', async (fixture) => { expect(await disagreements(fixture)).toEqual([]); });
});
describe.skipIf(!haveLabCaptures)(`index and dissector agree at every truncation length: ${LAB_CAPTURES}`, () => {
  test.each(labCaptures())('$name', async (fixture) => { expect(await disagreements(fixture)).toEqual([]); });
});
describe.skipIf(!havePublicCaptures)(`index and dissector agree at every truncation length: ${PUBLIC}`, () => {
  test.each(publicCaptures())('$name', async (fixture) => { expect(await disagreements(fixture)).toEqual([]); });
});

describe('what npm run fuzz once found', () => {
  const RAW_IPV4 = 228; // LINKTYPE_IPV4
  test.each([
    ['a total length that ends where the capture cut the packet', 'ba000028000100004006f652c0a80164c0a801c89c410050000003e800000000500220006aec0000', 41],
    ['an IPv6 extension header behind IPv4', '45000028000100004000f652c0a80164c0a801c800000000000003e800000000500220006aec0000', 40],
  ])('%s', (_, hex, origlen) => {
    const packet = Uint8Array.from(Buffer.from(hex, 'hex'));
    expect(disagreement(packet, packet.length, origlen, RAW_IPV4, firstProtocol(linkProtocol(RAW_IPV4)))).toBe('');
  });
});

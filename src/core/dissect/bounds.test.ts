import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { linkProtocol } from '../capture/link-types.ts';
import { firstProtocol, PROTOCOLS } from '../protocols/all.ts';
import { haveLabCaptures, labCaptures, LAB_CAPTURES, ownCaptures, type Fixture } from '../testing/fixtures.ts';
import { havePublicCaptures, PUBLIC, publicCaptures } from '../testing/public-captures.ts';
import { readRecords } from '../testing/read-records.ts';
import { compile } from './compile.ts';
import { describe as described } from './describe.ts';
import { Dissector } from './dissect.ts';
import { bareFrame } from './frame.ts';
import { infoText } from './info.ts';
import { layersOf } from './layer.ts';
import { occurrences } from './occurrences.ts';
import type { Tape } from './tape.ts';

// Whatever the bytes are: no throw, no row outside the packet, no layer after the limits; and a program for one field finds what the whole one finds.

const whole = compile(PROTOCOLS);
const SELECTED = ['vxlan.vni', 'icmp.seq', 'tcp.options.mss_val', 'ipv6.dst', 'eth.trailer'];
const some = compile(PROTOCOLS, SELECTED);
const everything = new Dissector(whole, { remembers: true });
const selection = new Dissector(some);
const selected = new Set(SELECTED);

/** Texts that are made from more than their own bytes. */
const LOOKED_AT = ['http.request.full_uri', 'tls.handshake.ja3', 'tls.handshake.ja4', 'dns.resp.name', 'dns.srv.service', 'ntp.xmt', 'frame.protocols'];

const PACKETS = 8; //    a capture
const LENGTHS = 260; //  each truncation up to here, then the whole

/** The rows of the selected fields as text: field, place and value. */
const rowsOf = (program: typeof whole, tape: Tape): string[] => Array.from({ length: tape.count }, (_, row) => row)
  .filter((row) => selected.has(program.fields[tape.fieldId[row]!]!.abbrev))
  .map((row) => `${program.fields[tape.fieldId[row]!]!.abbrev} ${tape.bitOffset[row]!}+${tape.bitLength[row]!} ${tape.lo[row]!}`);

/** What is wrong with one reading, '' when nothing is. The packet lies inside a larger buffer, so that a read past its end would find something. */
function faults(buffer: Uint8Array, from: number, to: number, first: number, origlen: number): string {
  const tape = everything.dissect(buffer, from, to, first, origlen);
  const bits = (to - from) * 8;
  for (let row = 0; row < tape.count; row++) {
    if (tape.bitOffset[row]! + tape.bitLength[row]! > bits) return `row ${row} (${whole.fields[tape.fieldId[row]!]!.abbrev}) ends at bit ${tape.bitOffset[row]! + tape.bitLength[row]!} of ${bits}`;
  }
  for (let layer = 0; layer < tape.layerCount; layer++) {
    if (tape.layerOffset[layer]! + tape.layerLength[layer]! > to - from) return `layer ${layer} ends outside`;
    if (tape.layerBound[layer]! > to - from || tape.layerBound[layer]! > tape.layerReach[layer]!) return `layer ${layer} may use more than there is`;
  }
  const expected = rowsOf(whole, tape);
  const found = rowsOf(some, selection.dissect(buffer, from, to, first, origlen));
  return found.join() === expected.join() ? '' : `selected ${found.join()} instead of ${expected.join()}`;
}

async function check({ name, bytes }: Pick<Fixture, 'name' | 'bytes'>): Promise<string[]> {
  const { records, reader } = await readRecords(memorySource(bytes()));
  const found: string[] = [];
  for (const record of records.slice(0, PACKETS)) {
    const first = firstProtocol(linkProtocol(reader.interfaces[record.iface]!.linkType));
    const buffer = new Uint8Array(record.bytes.length + 32).fill(0xa5);
    buffer.set(record.bytes, 16);
    const lengths = [...Array(Math.min(LENGTHS, record.bytes.length)).keys(), record.bytes.length];
    for (const length of lengths) {
      for (const origlen of [record.origlen, length]) {
        const fault = faults(buffer, 16, 16 + length, first, origlen);
        if (fault) found.push(`${name} packet ${record.number}, ${length} of ${origlen} bytes: ${fault}`);
      }
      if (length % 7 === 0) say(record.bytes.subarray(0, length), first, record.origlen);
    }
  }
  return found;
}

/** Words for people, which must not throw either. */
function say(packet: Uint8Array, first: number, origlen: number): void {
  const tape = everything.dissect(packet, 0, packet.length, first, origlen);
  described(whole, tape, packet, bareFrame(packet.length, { origlen }));
  infoText(layersOf(whole, tape, packet));
}

/** Bits of no quality, but always the same (Numerical Recipes' generator). */
const generator = (seed: number) => { let state = seed >>> 0; return (below: number): number => { state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; return Math.floor((state / 2 ** 32) * below); }; };

describe('at every truncation length', () => {
  it.each(ownCaptures())('$name', async (fixture) => { expect(await check(fixture)).toEqual([]); });
});
describe.skipIf(!haveLabCaptures)(`at every truncation length: ${LAB_CAPTURES}`, () => {
  it.each(labCaptures())('$name', async (fixture) => { expect(await check(fixture)).toEqual([]); });
});
describe.skipIf(!havePublicCaptures)(`at every truncation length: ${PUBLIC}`, () => {
  it.each(publicCaptures())('$name', async (fixture) => { expect(await check(fixture)).toEqual([]); });
});

describe.skipIf(!havePublicCaptures)(`cut and changed at random: ${PUBLIC}`, () => {
  it.each(publicCaptures())('$name', async (fixture) => {
    const { records, reader } = await readRecords(memorySource(fixture.bytes()));
    const random = generator(fixture.name.length * 7919);
    const found: string[] = [];
    for (let round = 0; round < 400 && records.length > 0; round++) {
      const { bytes: packet, iface, origlen } = records[random(records.length)]!;
      const changed = packet.slice(0, round % 2 === 0 ? random(packet.length + 1) : packet.length);
      if (round % 2 === 1) for (let n = 1 + random(8); n > 0 && changed.length > 0; n--) changed[random(changed.length)] = random(256);
      const fault = faults(changed, 0, changed.length, firstProtocol(linkProtocol(reader.interfaces[iface]!.linkType)), round % 4 === 0 ? origlen : changed.length);
      if (fault) found.push(`round ${round}: ${fault}`);
      if (round % 20 === 0) say(changed, firstProtocol(linkProtocol(reader.interfaces[iface]!.linkType)), changed.length);
      for (const name of round % 10 === 0 ? LOOKED_AT : []) occurrences(whole, everything.dissect(changed, 0, changed.length), changed, bareFrame(changed.length), name);
    }
    expect(found).toEqual([]);
  });
});

describe('with bytes changed at random', () => {
  it.each(ownCaptures())('$name', async (fixture) => {
    const { records } = await readRecords(memorySource(fixture.bytes()));
    const random = generator(fixture.name.length);
    const found: string[] = [];
    for (let round = 0; round < 4000; round++) {
      const { bytes: packet } = records[random(records.length)]!;
      const changed = packet.slice();
      for (let n = 1 + random(6); n > 0; n--) changed[random(changed.length)] = random(256);
      const fault = faults(changed, 0, changed.length, random(3) === 0 ? random(PROTOCOLS.length) : 0, changed.length);
      if (fault) found.push(`round ${round}: ${fault}`);
      if (round % 10 === 0) say(changed, 0, changed.length);
    }
    expect(found).toEqual([]);
  });
});

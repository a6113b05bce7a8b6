import { expect, it } from 'vitest';
import { namesOf, placeName, vniNamed, withNames } from './names.ts';

const NAMES = namesOf('333 = web mirror\n# the office\n\n7=A = B\neth0 = tap\nappliance-eth0= the appliance’s \nens5 = source');

it('reads a name a line, of a VNI or of an interface', () => {
  expect([...NAMES.vnis]).toEqual([[333, 'web mirror'], [7, 'A = B']]);
  expect([...NAMES.interfaces]).toEqual([['eth0', 'tap'], ['appliance-eth0', 'the appliance’s'], ['ens5', 'source']]);
  expect(NAMES.mistakes).toEqual([]);
});

it('leaves out what is none, and says in which line', () => {
  const { vnis, mistakes } = namesOf('333\n= x\n5 =\n16777216 = too high\n16777215 = highest');
  expect([...vnis.keys()]).toEqual([16777215]);
  expect(mistakes.map((words) => /^Line (\d)/.exec(words)?.[1])).toEqual(['1', '2', '3', '4']);
});

it.each([
  ['12 of 20 source packets were mirrored, all with VNI 333, and arrived.', '12 of 20 source packets were mirrored, all with VNI 333 “web mirror”, and arrived.'],
  ['with VNI 333 (12), VNI 8 (4) and VNI 7 (2)', 'with VNI 333 “web mirror” (12), VNI 8 (4) and VNI 7 “A = B” (2)'],
  ['333 never arrived', '333 never arrived'],
])('puts names beside the VNIs of "%s"', (sentence, named) => { expect(withNames(sentence, NAMES)).toBe(named); });

it.each([['333', '333 “web mirror”'], ['8', '8'], ['', '']])('calls VNI "%s" %s', (vni, named) => { expect(vniNamed(vni, NAMES)).toBe(named); });

it.each<[string, string, string | undefined]>([
  ['source-eth0.pcap', '', 'tap'], ['appliance-eth0.pcap', '', 'the appliance’s'], ['appliance-eth0.pcap', 'ens5', 'source'], ['eth0', '', 'tap'], ['a.eth0.pcapng.gz', '', 'tap'],
  ['source-eth01.pcap', '', undefined], ['vxlan100.pcap', '', undefined],
])('calls %s, captured at "%s", %s', (capture, iface, name) => { expect(placeName(capture, iface, NAMES)).toBe(name); });

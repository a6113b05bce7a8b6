import { expect, it } from 'vitest';
import { guessRole } from './summary.ts';

it.each([
  ['source-eth0.pcap', [], 20, 0, 'Source'],
  ['appliance-eth0.pcap', [], 19, 12, 'Appliance'],
  ['appliance-vxlan100.pcap', [], 12, 0, 'Decapsulated'],
  ['dump.pcapng', ['vxlan100'], 5, 0, 'Decapsulated'],
  ['dump.pcapng', ['eth0'], 5, 0, 'Source'],
  ['vxlan-of-the-source.pcap', [], 5, 5, 'Appliance'],
  ['ids.pcap', [], 5, 0, 'Appliance'],
  ['anything.pcap', [], 0, 0, 'Other'],
] as const)('%s with interfaces %j, %i packets and %i envelopes looks like %s', (name, interfaces, packets, tunnelled, role) => {
  expect(guessRole(name, interfaces, packets, tunnelled)).toBe(role);
});

import { expect, it } from 'vitest';
import type { OpenCapture } from '../stores/captures.ts';
import { nameParts, partText, progressText } from './capture-text.ts';

it.each([
  ['appliance-eth0.pcap', 'appliance|-eth0|.pcap'],
  ['appliance-vxlan100.pcapng.gz', 'appliance|-vxlan100|.pcapng.gz'],
  ['source.pcap', '|source|.pcap'],
  ['2026-11-24T04.45.25-everything.pcap', '2026-11-24T04.45.25|-everything|.pcap'],
  ['averyveryverylongnamewithoutaword.cap', 'averyveryverylongnamewith|outaword|.cap'],
  ['source-eth0.pcap (2)', 'source|-eth0 (2)|.pcap'],
  ['capture', '|capture|'],
])('%s is put together of its parts', (name, parts) => {
  const { head, tail, ending } = nameParts(name);
  expect([head, tail, ending].join('|')).toBe(parts);
});

const capture: OpenCapture = {
  id: 1, name: 'a.pcap.gz', size: 120_000_000, state: 'indexing', packets: 1200, bytesRead: 54_000_000, bytesTotal: 120_000_000, inflated: 600_000_000,
  role: 'Other', roleChosen: false, origin: null, summary: null,
};
const summary = { format: '', packets: 1200, bytes: 0, interfaces: [], firstSeconds: null, tunnelled: 0, vnis: [], truncated: 0, guess: 'Other' as const, lookalikes: [] };

it('tells how far reading has come, and about what size comes out of a gzip', () => {
  expect(progressText(capture)).toBe('45 % of 120 MB, which inflates to about 600 MB');
  expect(progressText({ ...capture, inflated: null })).toBe('45 % of 120 MB');
});

it('says why only a part is there, and nothing of a whole capture', () => {
  expect(partText({ ...capture, state: 'ready', summary: { ...summary, fault: null } })).toBe('');
  expect(partText({ ...capture, inflated: null, state: 'stopped', summary: { ...summary, fault: { code: 'cancelled', what: '', next: '' } } }))
    .toBe('Only a part of it was read: 1,200 packets, 45 % of 120 MB. Open it again to read all of it.');
  expect(partText({ ...capture, state: 'stopped', summary: { ...summary, fault: { code: 'cut-packet', what: 'The capture breaks off inside packet 1,201', offset: 9, next: 'Copy it again.' } } }))
    .toBe('Only a part of it could be read: 1,200 packets. The capture breaks off inside packet 1,201, at byte 9. Copy it again.');
});

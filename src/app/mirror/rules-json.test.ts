import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mirrorSummary } from '../../core/mirror/mirror-summary.ts';
import { newRule, rulesJson } from './rules-json.ts';

const summaryOf = (text: string) => mirrorSummary([{ name: 'x', text }]);

it.each(['mirrored-ping', 'filtered'])('the table of %s comes back from JSON as it was', (sample) => {
  const table = summaryOf(readFileSync(`public/samples/${sample}/mirror.json`, 'utf8'));
  expect(summaryOf(rulesJson(table))).toEqual(table);
});

it('a rule that was typed from nothing is one of a filter without an id', () => {
  const rules = [newRule([], 'ingress', ''), { ...newRule([], 'egress', ''), protocol: ' tcp ', sourcePorts: '1024 - 65535', destinationPorts: '443', source: '' }];
  const { rules: read, notes } = summaryOf(rulesJson({ rules, filters: [{ id: '', dns: true }], others: [] }));
  expect(read).toMatchObject([{ direction: 'ingress', number: '100', source: '0.0.0.0/0', protocol: '' }, { direction: 'egress', protocol: '6', sourcePorts: '1024-65535', destinationPorts: '443', source: '' }]);
  expect(notes).toEqual([expect.stringContaining('Outbound rule 100 of the filter does not name both address ranges') as unknown]);
  expect(newRule(read, 'egress', '').number).toBe('200');
});

it('what makes no sense stays as it was typed, for the reader to tell', () => {
  const odd = { ...newRule([], 'ingress', ''), number: 'first', protocol: 'quic', destinationPorts: '80-' };
  expect(summaryOf(rulesJson({ rules: [odd], filters: [], others: [] })).notes[0]).toMatch(/^One inbound rule of the filter has no RuleNumber.*; it has the Protocol "quic"/);
});

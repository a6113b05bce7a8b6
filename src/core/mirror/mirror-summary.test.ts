import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mirrorSummary } from './mirror-summary.ts';

const file = (name: string) => ({ name, text: readFileSync(`public/samples/${name}/mirror.json`, 'utf8') });

describe('a mirror’s rules as a table', () => {
  it('has every rule as it would be typed', () => {
    const { rules, filters, others, said, notes } = mirrorSummary([file('filtered')]);
    expect(filters).toEqual([{ id: 'tmf-0lab0000000000001', dns: false }]);
    expect(rules[0]).toEqual({ filter: 'tmf-0lab0000000000001', direction: 'ingress', number: '100', accept: false, protocol: '6', source: '198.51.100.0/24', sourcePorts: '6002', destination: '0.0.0.0/0', destinationPorts: '' });
    expect(rules[1]).toMatchObject({ number: '200', accept: true, sourcePorts: '6001-6002' });
    expect(others).toHaveLength(2);
    expect(said).toEqual(['Session 1, tms-0c0ffee5eed5e5510, mirrors with VNI 333 what tmf-0lab0000000000001 lets through.']);
    expect(notes).toEqual([]);
  });

  it('says in words what is no mirror', () => { expect(() => mirrorSummary([{ name: 'x.json', text: '{}' }])).toThrow(/^x\.json holds no mirror filter, session or target/); });
});

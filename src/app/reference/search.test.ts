import { expect, it } from 'vitest';
import { referencePages } from '../../core/filter/reference.ts';
import { find, nameOfHit, search } from './search.ts';

const pages = referencePages();
const names = (typed: string) => search(pages, typed).map(nameOfHit);

it('lists every protocol where nothing is typed, and a field of many protocols once', () => {
  expect(names(' ')).toEqual(pages.map(({ name }) => name));
  expect(names('dns.id').filter((name) => name === 'dns.id')).toHaveLength(1);
  expect(search(pages, 'dns.id')[0]!.page.name).toBe('dns');
});

it('puts the name itself first, then what begins so, then what is said beside it', () => {
  expect(names('vxlan').slice(0, 2)).toEqual(['vxlan', 'vxlan.flags']);
  expect(names('icmp').indexOf('icmp.type')).toBeLessThan(names('icmp').indexOf('frame.protocols') >>> 0);
  expect(names('network identifier').slice(0, 2)).toEqual(['geneve.vni', 'vxlan.vni']);
  expect(names('NETWORK vni')).toContain('vxlan.vni');
});

it('finds a protocol by its port and a field by the words of a value', () => {
  expect(names('4789')[0]).toBe('vxlan');
  expect(search(pages, 'destination unreachable').map((hit) => [nameOfHit(hit), hit.words])).toContainEqual(['icmp.type', '3 Destination unreachable']);
});

it('finds nothing for words that are nowhere', () => { expect(names('no such thing anywhere')).toEqual([]); });

it('goes to the page of a name, whatever way it is selected', () => {
  const at = (name: string) => { const hit = find(pages, name); return hit && [hit.page.name, hit.field?.name]; };
  expect(at('vxlan')).toEqual(['vxlan', undefined]);
  expect(at('ip.ttl~2')).toEqual(['ip', 'ip.ttl']);
  expect(at('ip~2')).toEqual(['ip', undefined]);
  expect(at('dns.qry.name')).toEqual(['dns', 'dns.qry.name']);
  expect(at('ip:Reserved')).toEqual(['ip', undefined]);
  expect(at('nobody.knows')).toBeUndefined();
});

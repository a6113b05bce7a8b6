import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashOf, linkOf, write, type ViewLink } from './hash.ts';

it('says the view in words that can be read and typed', () => {
  const link: ViewLink = {
    tab: 'packets', show: 'appliance-eth0.pcap', packet: 3, level: 0, field: 'vxlan.vni', filter: 'vxlan.vni == 333 && icmp.type == 8', sort: { column: 'time', descending: true },
    captures: [{ name: 'source-eth0.pcap', role: 'Source' }, { name: 'appliance-eth0.pcap', role: 'Appliance' }], decoding: false,
  };
  expect(hashOf(link)).toBe('#v=1&tab=packets&show=appliance-eth0.pcap&packet=3&level=0&field=vxlan.vni&filter=vxlan.vni+==+333+%26%26+icmp.type+==+8&sort=time-&decoding=off&captures=s:source-eth0.pcap,a:appliance-eth0.pcap');
  expect(linkOf(hashOf(link))).toEqual(link);
});

// Links of version 1 that people have: each stays readable as long as there is this project.
it.each<[string, ViewLink]>([
  ['#v=1&reference=vxlan.vni', { reference: 'vxlan.vni' }],
  ['#v=1&show=a.pcap&packet=12&filter=!arp', { show: 'a.pcap', packet: 12, filter: '!arp' }],
  ['#v=1&tab=rules&rules=alert+icmp+any+any+-%3E+any+any+(msg:%22x%22;+sid:1;)', { tab: 'rules', rules: 'alert icmp any any -> any any (msg:"x"; sid:1;)' }],
  ['#v=1&tab=compare&also=b.pcap,c\\,d.pcap&offset=-3.25&drift=40', { tab: 'compare', also: ['b.pcap', 'c,d.pcap'], offset: -3.25, drift: 40 }],
  ['#v=1&tab=compare&source=s.pcap&appliance=a.pcap&fate=Lost', { tab: 'compare', source: 's.pcap', appliance: 'a.pcap', fate: 'Lost' }],
])('reads %s', (hash, link) => { expect(linkOf(hash)).toEqual(link); });

it.each(['', '#', '#packet=3', '#v=2&packet=3', '#v=1', '#%E0%A4%A', '#v=1&=&&x', `#v=1&filter=${'a'.repeat(100_000)}`])('takes %.20s for the default view', (hash) => {
  expect(linkOf(hash)).toEqual({});
});

it('leaves out the parts that are wrong and keeps the others', () => {
  expect(linkOf('#v=1&packet=-3&sort=info&filter=%E0%A4%A&captures=x:a,s:,s:b&packed-rules=@@@&offset=1e999&show=ok')).toEqual({ filter: '', captures: [{ name: 'b', role: 'Source' }], rules: '', show: 'ok' });
});

it('comes back from text as it went, whatever the names, filters and rules are', () => {
  const text = fc.string({ unit: 'binary', minLength: 1 });
  const link = fc.record({
    captures: fc.array(fc.record({ name: text, role: fc.constantFrom('Source' as const, 'Appliance' as const, 'Decapsulated' as const, 'Other' as const) }), { minLength: 1 }),
    show: text, tab: text, packet: fc.nat(), filter: text, rules: text, mirror: text, field: text, reference: text, fate: text, names: text, also: fc.array(text, { minLength: 1 }), offset: fc.integer().map((microseconds) => microseconds / 1e3),
  }, { requiredKeys: [] });
  fc.assert(fc.property(link, (some) => { expect(linkOf(hashOf(some))).toEqual(some); }));
});

it('tells an emptied editor from one that nobody has touched', () => {
  expect(linkOf(hashOf({ rules: '' }))).toEqual({ rules: '' });
  expect(linkOf(hashOf({ packet: 1 }))).toEqual({ packet: 1 });
});

it('packs long rules, and leaves out those that no link can carry', () => {
  const rules = Array.from({ length: 500 }, (_, n) => `alert tcp any any -> any ${n} (msg:"rule ${n} über"; sid:${n};)`).join('\n');
  expect(hashOf({ rules }).length).toBeLessThan(rules.length / 5);
  expect(linkOf(hashOf({ rules }))).toEqual({ rules });
  expect(hashOf({ rules: 'x'.repeat(200_000), packet: 1 })).toBe('#v=1&packet=1');
});

it('carries the sids that are off, up to a bound', () => {
  expect(hashOf({ off: [2001219, 2019401] })).toBe('#v=1&off=2001219,2019401');
  expect(linkOf('#v=1&off=9,x,-3,8,9')).toEqual({ off: [8, 9] });
  expect(linkOf('#v=1&off=')).toEqual({});
  expect(write({ off: Array.from({ length: 201 }, (_, sid) => sid), packet: 1 })).toEqual({ hash: '#v=1&packet=1', leftOut: ['the sids that are switched off'] });
});

it('carries the rules of a mirror beside the others', () => {
  const mirror = JSON.stringify({ TrafficMirrorFilters: Array.from({ length: 60 }, (_, n) => ({ RuleNumber: n, RuleAction: 'accept', SourceCidrBlock: '0.0.0.0/0' })) });
  expect(linkOf(hashOf({ mirror, rules: 'alert' }))).toEqual({ mirror, rules: 'alert' });
  expect(linkOf(hashOf({ mirror: '' }))).toEqual({ mirror: '' }); // taken away, where a sample brings some
  expect(linkOf('#v=1&rules=alert')).toEqual({ rules: 'alert' });
  expect(write({ mirror: 'x'.repeat(200_000) }).leftOut).toEqual(['the mirror’s rules']);
});

it('carries a short list of names, and says that it leaves out a long one', () => {
  const names = '333 = web mirror\neth0 = tap';
  expect(hashOf({ names })).toBe('#v=1&names=333+=+web+mirror%0Aeth0+=+tap');
  expect(linkOf(hashOf({ names }))).toEqual({ names });
  expect(write({ names: 'x'.repeat(2_001), packet: 1 })).toEqual({ hash: '#v=1&packet=1', leftOut: ['the names'] });
});

it('says what it leaves out, so that what it writes can be read', () => {
  const dense = (length: number): string => randomBytes(length).toString('latin1');
  expect(write({ rules: 'x'.repeat(200_000), packet: 1 })).toEqual({ hash: '#v=1&packet=1', leftOut: ['the rules'] });
  expect(write({ rules: dense(90_000), packet: 1 })).toEqual({ hash: '#v=1&packet=1', leftOut: ['the rules'] }); // does not compress
  expect(write({ rules: dense(90_000), filter: 'a'.repeat(90_000), packet: 1 })).toEqual({ hash: '#v=1&packet=1', leftOut: ['the rules', 'the filter'] });
  expect(write({ rules: 'x'.repeat(90_000) }).leftOut).toEqual([]);
});

it('writes half a character as the sign for one that is none', () => { expect(hashOf({ filter: 'a\ud800b' })).toBe('#v=1&filter=a%EF%BF%BDb'); });

it('survives a hash in which every byte may be anything', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (junk) => { expect(() => linkOf(`#v=1&${junk}`)).not.toThrow(); }));
});

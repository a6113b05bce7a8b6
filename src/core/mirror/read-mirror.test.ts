import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultError } from '../base/fault.ts';
import { playedSessions } from './played-sessions.ts';
import { readMirror, readMirrors } from './read-mirror.ts';

const ANY = { SourceCidrBlock: '0.0.0.0/0', DestinationCidrBlock: '0.0.0.0/0' };
const rule = { RuleNumber: 1, RuleAction: 'accept', ...ANY };
const filter = (id: string, ...ingress: object[]) => ({ TrafficMirrorFilterId: id, IngressFilterRules: ingress });
const session = (id: string, more: object = {}) => ({ TrafficMirrorSessionId: id, TrafficMirrorFilterId: 'tmf-1', TrafficMirrorTargetId: 'tmt-1', SessionNumber: 1, ...more });
const TARGET = { TrafficMirrorTargetId: 'tmt-1', NetworkInterfaceId: 'eni-2', Type: 'network-interface' };

const read = (...objects: unknown[]) => readMirrors(objects.map((o, i) => ({ name: `${i}.json`, text: JSON.stringify(o) })));
const rulesOf = (...rules: object[]) => { const { filters, notes } = read(filter('tmf-1', ...rules)); return { numbers: filters[0]!.ingress.map(({ number }) => number), notes }; };

describe('what the AWS CLI prints', () => {
  it('is read bare, wrapped, and as a list', () => {
    for (const form of [filter('tmf-1', rule), { TrafficMirrorFilter: filter('tmf-1', rule) }, { TrafficMirrorFilters: [filter('tmf-1', rule)] }, [filter('tmf-1', rule)]]) {
      expect(read(form).filters[0]).toMatchObject({ id: 'tmf-1', ingress: [{ number: 1, accept: true, protocol: null }], egress: [], dns: false });
    }
  });

  it('is read from one file or three, in any order, and the same file twice counts once', () => {
    const story = { name: 'mirror.json', text: readFileSync('public/samples/mirrored-ping/mirror.json', 'utf8') };
    const { TrafficMirrorFilters, TrafficMirrorSessions, TrafficMirrorTargets } = JSON.parse(story.text) as Record<string, unknown>;
    const whole = readMirrors([story, story]);
    expect(whole).toMatchObject({ filters: [{ ingress: [{ number: 50, accept: false }, { number: 100 }] }], sessions: [{ vni: 333, number: 1, packetLength: null, source: 'eni-0c0ffee5eed009144' }], targets: [{ type: 'network-interface' }], notes: [] });
    expect(read({ TrafficMirrorTargets }, { TrafficMirrorSessions }, { TrafficMirrorFilters })).toEqual(whole);
    expect(read({ TrafficMirrorFilters }, { TrafficMirrorTargets }, (TrafficMirrorSessions as unknown[])[0])).toEqual(whole);
  });

  it('reads rules that stand alone, as describe-traffic-mirror-filter-rules prints them', () => {
    const loose = [{ ...rule, TrafficMirrorFilterId: 'tmf-1', TrafficMirrorFilterRuleId: 'tmfr-1', TrafficDirection: 'egress' }, { ...rule, TrafficMirrorFilterId: 'tmf-1', TrafficMirrorFilterRuleId: 'tmfr-2', TrafficDirection: 'ingress' }];
    expect(read({ TrafficMirrorFilterRules: loose }).filters).toMatchObject([{ id: 'tmf-1', ingress: [{ number: 1 }], egress: [{ number: 1 }] }]);
    expect(read({ TrafficMirrorFilter: filter('tmf-1', loose[1]!) }, { TrafficMirrorFilterRules: loose }).filters).toMatchObject([{ ingress: { length: 1 }, egress: { length: 1 } }]);
  });

  it('plays the sessions of one interface; those of the VNI that is asked for are ours', () => {
    const mirror = read({ TrafficMirrorFilters: [filter('tmf-1', rule), filter('tmf-2', rule)], TrafficMirrorSessions: [session('a', { VirtualNetworkId: 333 }), session('b', { TrafficMirrorFilterId: 'tmf-2', SessionNumber: 2, VirtualNetworkId: 334 })] });
    const played = (vni?: number) => playedSessions(mirror, vni, []).map(({ filter: { id }, ours }) => [id, ours]);
    expect([played(), played(334), played(5)]).toEqual([[['tmf-1', true], ['tmf-2', true]], [['tmf-1', false], ['tmf-2', true]], [['tmf-1', true], ['tmf-2', true]]]);
    expect(() => playedSessions(read(filter('tmf-1', rule), filter('tmf-2', rule)), undefined, [])).toThrow(/^The files hold 2 filters and no session that says which one counts/);
  });

  it('reads IPv6 ranges, and protocols that were written as words', () => {
    const { filters, notes } = read(filter('tmf-1', { ...rule, Protocol: 'icmpv6', SourceCidrBlock: '2001:db8::/32', DestinationCidrBlock: '::/0' }, { ...rule, RuleNumber: 2, Protocol: 'TCP' }, { ...rule, RuleNumber: 3, Protocol: '17' }, { ...rule, RuleNumber: 4, Protocol: -1 }));
    expect(filters[0]!.ingress.map(({ protocol, source }) => [protocol, source?.bytes.length])).toEqual([[58, 16], [6, 4], [17, 4], [null, 4]]);
    expect(notes).toEqual([]);
  });
});

describe('what is odd is told, and the rest works', () => {
  it.each([
    ['two of one number', [{ ...rule, RuleNumber: 20 }, { ...rule, RuleNumber: 3, Protocol: 6 }, { ...rule, RuleNumber: 20, RuleAction: 'reject' }], [3, 20, 20], /^tmf-1 has two inbound rules 20; the one that stands first counts first\.$/],
    ['a later rule that an earlier one takes everything from', [rule, { ...rule, RuleNumber: 2, Protocol: 6, SourceCidrBlock: '10.0.0.0/8' }], [1, 2], /^Inbound rule 2 of tmf-1 never decides: rule 1 comes first and takes all that it would\.$/],
    ['another action', [{ ...rule, RuleAction: 'allow' }, { ...rule, RuleNumber: 2 }], [2], /^Inbound rule 1 of tmf-1 has the RuleAction "allow", which is neither accept nor reject: it is left out\.$/],
    ['an address range that is none', [{ ...rule, SourceCidrBlock: '10.0.0.0/33' }, { ...rule, RuleNumber: 2 }], [2], /the SourceCidrBlock "10\.0\.0\.0\/33", which is no address range/],
    ['no number', [{ RuleAction: 'accept', ...ANY }, { ...rule, RuleNumber: 2 }], [2], /^One inbound rule of tmf-1 has no RuleNumber/],
    ['a word that is no protocol', [{ ...rule, Protocol: 'quic' }, { ...rule, RuleNumber: 2 }], [2], /^Inbound rule 1 of tmf-1 has the Protocol "quic", which is no protocol number from 0 to 255: it is left out\.$/],
    ['a protocol number beyond a byte', [{ ...rule, Protocol: 256 }, { ...rule, RuleNumber: 2 }], [2], /has the Protocol 256/],
    ['ports of a protocol that has none', [{ ...rule, Protocol: 1, DestinationPortRange: { FromPort: 80, ToPort: 80 } }], [1], /has ports, which protocol 1 has not: it matches nothing\.$/],
    ['a port range backwards', [{ ...rule, Protocol: 6, DestinationPortRange: { FromPort: 90, ToPort: 80 } }], [1], /ends before it starts: it matches nothing\.$/],
    ['ranges of both families', [{ ...rule, DestinationCidrBlock: '::/0' }], [1], /one range of IPv4 and one of IPv6: it matches nothing\.$/],
    ['a range that is missing', [{ RuleNumber: 1, RuleAction: 'accept' }], [1], /does not name both address ranges/],
    ['no rules', [], [], /^tmf-1 has no rules: it mirrors nothing\.$/],
  ] as const)('%s', (_, rules, numbers, words) => {
    const said = rulesOf(...rules);
    expect(said.numbers).toEqual(numbers);
    expect(said.notes).toEqual([expect.stringMatching(words)]);
  });

  it.each([
    [{ SessionNumber: 0 }, [/^tms-1 has the SessionNumber 0; AWS takes 1 to 32,766\./]],
    [{ SessionNumber: 32767 }, [/^tms-1 has the SessionNumber 32767/]],
    [{ SessionNumber: 32766 }, []],
    [{ SessionNumber: undefined }, [/^tms-1 has no SessionNumber; it counts as number 1\.$/]],
    [{ PacketLength: 8501, TrafficMirrorTargetId: 'tmt-2' }, [/^tms-1 has the PacketLength 8,501; AWS takes 1 to 8,500 where the target is a Network Load Balancer, and refuses more\.$/]],
    [{ PacketLength: 8501 }, []], // an instance: nothing says that there is a most
    [{ PacketLength: 34 }, [/^tms-1 has the PacketLength 34\. AWS contradicts itself there: the API takes 1 to 8,500, the guide says at least 35 for IPv4 and 55 for IPv6\.$/]],
    [{ PacketLength: 0 }, [/^tms-1 has the PacketLength 0, which is no number of bytes from 1 on/]],
    [{ PacketLength: 'all' }, [/^tms-1 has the PacketLength "all"/]],
    [{ VirtualNetworkId: 16777216 }, [/^tms-1 has the VirtualNetworkId 16777216, which is no VNI from 0 to 16,777,215: it counts as not told\.$/]],
    [{ TrafficMirrorFilterId: 'tmf-9' }, [/^tms-1 uses the filter tmf-9, which is in none of the files\.$/]],
  ])('a session with %j', (more, words) => {
    const { sessions, notes } = read([filter('tmf-1', rule), session('tms-1', more), TARGET, { TrafficMirrorTargetId: 'tmt-2', Type: 'network-load-balancer' }]);
    expect(sessions).toHaveLength(1);
    expect(notes).toEqual(words.map((word) => expect.stringMatching(word) as unknown));
  });

  it('two sessions with one number, and a target that does not say what it is', () => {
    expect(read([filter('tmf-1', rule), session('b'), session('a'), { TrafficMirrorTargetId: 'tmt-3', Type: 'carrier-pigeon' }]).notes).toEqual([
      'tmt-3 does not say what it is ("carrier-pigeon" is not known here); it counts as an instance.', 'b and a both have the SessionNumber 1; the one that stands first is tried first.']);
  });

  it('one id told twice, and not alike', () => {
    const { filters, notes } = read(filter('tmf-1', rule), filter('tmf-1', { ...rule, Protocol: 6 }));
    expect([filters.length, filters[0]!.ingress[0]!.protocol]).toEqual([1, null]);
    expect(notes).toEqual(['tmf-1 is told twice, and not alike; the first one counts.']);
  });
});

describe('what was saved in other ways', () => {
  const one = JSON.stringify({ TrafficMirrorFilters: [filter('tmf-1', rule)], NextToken: 'x' }), other = JSON.stringify({ TrafficMirrorSession: session('tms-1'), ClientToken: 'y' });
  it('several outputs in one file, one after another', () => { expect(readMirror(`${one}\n${other}\n${JSON.stringify(TARGET)}`, 'f')).toMatchObject({ filters: [{ id: 'tmf-1' }], sessions: [{ id: 'tms-1' }], targets: [{ id: 'tmt-1' }], notes: [] }); });
  it('lists in lists, as --query prints them', () => { expect(read([[filter('tmf-1', rule)], [[session('tms-1')]]])).toMatchObject({ filters: [{ id: 'tmf-1' }], sessions: [{ id: 'tms-1' }] }); });
  it('what nests too deep is told', () => { expect(() => readMirror(`{"TrafficMirrorFilterId": "a", "IngressFilterRules": ${'['.repeat(1e5)}${']'.repeat(1e5)}}`, 'f')).toThrow(/^f is not JSON: line 1, column 117: more than 64 levels/); });
});

describe('what is nothing of a mirror', () => {
  it.each([
    ['', /^f\.json is empty\./], ['  \n', /^f\.json is empty\./], ['{"TrafficMirrorFilterId":\n', /^f\.json is not JSON: line 2, column 1: the text ends where a value should be\. Save what the AWS CLI prints with --output json\.$/], ['tmf-1\taccept', /^f\.json is not JSON: line 1, column 1: “tmf-1” stands where/], ['[]', /holds no mirror filter/], ['7', /holds no mirror filter/],
    ['null', /holds no mirror filter/], ['{"Reservations":[]}', /holds no mirror filter/], ['{"TrafficMirrorFilters":[]}', /holds no mirror filter/],
  ])('%j', (text, words) => { expect(() => readMirror(text, 'f.json')).toThrow(words); });

  it('a byte order mark, as PowerShell writes one, is no matter', () => { expect(readMirror(`\uFEFF${JSON.stringify(filter('tmf-1', rule))}`, 'f').filters).toHaveLength(1); });
});

describe('any JSON', () => {
  const KEYS = ['TrafficMirrorFilters', 'TrafficMirrorFilterId', 'IngressFilterRules', 'TrafficMirrorSessionId', 'TrafficMirrorTargetId', 'SessionNumber', 'RuleNumber', 'RuleAction', 'Protocol', 'SourceCidrBlock', 'SourcePortRange', 'FromPort', 'PacketLength', 'VirtualNetworkId', 'NetworkServices', 'Type'];
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, fc.constantFrom('accept', 'tcp', '10.0.0.0/8', '::/0', 'tmf-1'), fc.integer(), fc.double(), fc.string(), fc.constant(null), fc.boolean(), fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 6 })),
  }));

  it('is read, or told in words', () => {
    fc.assert(fc.property(value, (any) => {
      try { readMirror(JSON.stringify(any), 'f.json'); } catch (e) { expect(e).toBeInstanceOf(FaultError); }
    }), { numRuns: 2000 });
  });
});

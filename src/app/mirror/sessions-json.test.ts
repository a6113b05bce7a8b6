import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mirrorSummary } from '../../core/mirror/mirror-summary.ts';
import { readMirror } from '../../core/mirror/read-mirror.ts';
import { newRule, rulesJson, type Json } from './rules-json.ts';
import { addedSession, sessionsOf, withoutSession, withSession } from './sessions-json.ts';

const story = () => mirrorSummary([{ name: 'x', text: readFileSync('public/samples/mirrored-ping/mirror.json', 'utf8') }]);
const read = (others: readonly Json[]) => readMirror(rulesJson({ rules: [newRule([], 'ingress', '')], filters: [{ id: '', dns: false }], others }), 'x');

it('what the AWS CLI printed is a row, and what is typed stands in its place', () => {
  const { others } = story();
  expect(sessionsOf(others)).toEqual([{ number: '1', vni: '333', packetLength: '', filter: 'tmf-0c0ffee5eed1c3b0a', target: 'network-interface' }]);
  const changed = withSession(withSession(others, 0, { vni: ' 7 ', packetLength: '100' }), 0, { target: 'network-load-balancer' });
  expect(changed[0]).toEqual({ ...others[0], VirtualNetworkId: 7, PacketLength: 100 });
  expect(read(changed)).toMatchObject({ sessions: [{ vni: 7, packetLength: 100, source: 'eni-0c0ffee5eed009144' }], targets: [{ type: 'network-load-balancer' }] });
  expect(withSession(changed, 0, { packetLength: '' })[0]).not.toHaveProperty('PacketLength');
});

it('one that was typed from nothing is one of the only filter', () => {
  const others = withSession(addedSession([], ''), 0, { vni: '12' });
  const { sessions, targets, notes } = read(addedSession(others, ''));
  expect(sessions).toMatchObject([{ id: 'session-1', number: 1, vni: 12, target: 'target-1' }, { id: 'session-2', number: 2, vni: null, target: 'target-2' }]);
  expect([targets.map(({ type }) => type), notes]).toEqual([['network-interface', 'network-interface'], []]);
  expect(withoutSession(others, 0)).toEqual([]);
});

it('a target that two sessions have stays with the other, and a session without one gets it', () => {
  const shared = [{ SessionNumber: 1, TrafficMirrorTargetId: 't' }, { SessionNumber: 2, TrafficMirrorTargetId: 't' }, { TrafficMirrorTargetId: 't', NetworkLoadBalancerArn: 'arn' }];
  expect(sessionsOf(shared).map(({ target }) => target)).toEqual(['network-load-balancer', 'network-load-balancer']);
  expect(withoutSession(shared, 0)).toEqual(shared.slice(1));
  expect(withSession([{ SessionNumber: 1 }], 0, { target: 'gateway-load-balancer-endpoint' })).toEqual([{ SessionNumber: 1, TrafficMirrorTargetId: 'target-1' }, { TrafficMirrorTargetId: 'target-1', Type: 'gateway-load-balancer-endpoint' }]);
});

it('what makes no sense stays as it was typed, for the reader to tell', () => {
  expect(read(withSession(addedSession([], ''), 0, { packetLength: 'all' })).notes).toEqual([expect.stringMatching(/^session-1 has the PacketLength "all"/)]);
});

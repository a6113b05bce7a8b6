// The sessions of a mirror and their targets as a table, and back: they stay the JSON that the AWS CLI printed, with what was typed in its place.

import { isSession, numeral, type Json } from './rules-json.ts';

/** A session as it is typed; '' stands for what is not told. */
export interface SessionText { readonly number: string; readonly vni: string; readonly packetLength: string; readonly filter: string; readonly target: TargetKind }

export const TARGETS = { 'network-interface': 'An instance', 'network-load-balancer': 'A Network Load Balancer', 'gateway-load-balancer-endpoint': 'A Gateway Load Balancer endpoint' } as const;
export type TargetKind = keyof typeof TARGETS;

const KEYS = { number: 'SessionNumber', vni: 'VirtualNetworkId', packetLength: 'PacketLength' } as const;

const isKind = (text: unknown): text is TargetKind => typeof text === 'string' && Object.hasOwn(TARGETS, text);
const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const targetOf = (others: readonly Json[], session: Json): Json | undefined => others.find((o) => !isSession(o) && o.TrafficMirrorTargetId !== undefined && o.TrafficMirrorTargetId === session.TrafficMirrorTargetId);

/** Where a target has no Type, the field that names the other end tells. */
function kindOf(target: Json | undefined): TargetKind {
  const word = textOf(target?.Type).toLowerCase();
  if (isKind(word)) return word;
  return target?.NetworkLoadBalancerArn !== undefined ? 'network-load-balancer' : target?.GatewayLoadBalancerEndpointId !== undefined ? 'gateway-load-balancer-endpoint' : 'network-interface';
}

export const sessionsOf = (others: readonly Json[]): SessionText[] => others.filter(isSession).map((session) => ({
  number: textOf(session.SessionNumber), vni: textOf(session.VirtualNetworkId), packetLength: textOf(session.PacketLength), filter: textOf(session.TrafficMirrorFilterId), target: kindOf(targetOf(others, session)),
}));

/** The same with the at-th session changed. A target that another session has too is changed for both: it is one. */
export function withSession(others: readonly Json[], at: number, change: Partial<SessionText>): readonly Json[] {
  const session = others.filter(isSession)[at]!;
  const id = textOf(session.TrafficMirrorTargetId) || freeId(others, 'TrafficMirrorTargetId', 'target');
  const changed = others.map((o) => {
    if (o === session) return typed({ ...o, ...(change.target === undefined ? {} : { TrafficMirrorTargetId: id }) }, change);
    return change.target !== undefined && o === targetOf(others, session) ? { TrafficMirrorTargetId: id, Type: change.target, ...(o.Description === undefined ? {} : { Description: o.Description }) } : o;
  });
  return change.target === undefined || targetOf(others, session) !== undefined ? changed : [...changed, { TrafficMirrorTargetId: id, Type: change.target }];
}

function typed(session: Json, change: Partial<SessionText>): Json {
  const next: Record<string, unknown> = { ...session };
  for (const key of ['number', 'vni', 'packetLength'] as const) {
    const text = change[key];
    if (text === undefined) continue;
    if (text.trim() === '') delete next[KEYS[key]];
    else next[KEYS[key]] = numeral(text);
  }
  if (change.filter !== undefined) next.TrafficMirrorFilterId = change.filter;
  return next;
}

/** One more, behind the others, to an instance. */
export function addedSession(others: readonly Json[], filter: string): readonly Json[] {
  const sessions = others.filter(isSession);
  const last = Math.max(0, ...sessions.map(({ SessionNumber }) => Number(SessionNumber) || 0));
  const target = freeId(others, 'TrafficMirrorTargetId', 'target');
  const source = sessions[0]?.NetworkInterfaceId;
  return [...others, {
    TrafficMirrorSessionId: freeId(others, 'TrafficMirrorSessionId', 'session'), TrafficMirrorTargetId: target, ...(filter === '' ? {} : { TrafficMirrorFilterId: filter }),
    ...(source === undefined ? {} : { NetworkInterfaceId: source }), SessionNumber: last + 1,
  }, { TrafficMirrorTargetId: target, Type: 'network-interface' }];
}

/** Without the at-th session, and without its target where no other session has that. */
export function withoutSession(others: readonly Json[], at: number): readonly Json[] {
  const gone = others.filter(isSession)[at]!, target = targetOf(others, gone);
  const isShared = others.some((o) => o !== gone && isSession(o) && o.TrafficMirrorTargetId === gone.TrafficMirrorTargetId);
  return others.filter((o) => o !== gone && (o !== target || isShared));
}

function freeId(others: readonly Json[], key: string, word: string): string {
  for (let n = 1; ; n++) if (!others.some((o) => o[key] === `${word}-${n}`)) return `${word}-${n}`;
}

// From a mirror's rules, what the person says and what the source's capture shows: which sessions mirror, to where, in which envelope, and what had to
// be assumed for it.

import { count } from '../format/number.ts';
import { ipv4Text, ipv6Text, macText } from '../format/address.ts';
import { ipv4Bytes, ipv6Bytes } from './cidr.ts';
import type { End, EnvelopeSetting, GeneveWay } from './envelope.ts';
import type { DirectionOf } from './mirror-filter.ts';
import { badMirror } from './mirror-json.ts';
import { playedSessions, type PlayedSession } from './played-sessions.ts';
import type { Mirror } from './read-mirror.ts';
import { sessionName, type MirrorSession, type MirrorTarget, type TargetType } from './read-sessions.ts';
import { SegmentSizes } from './segment-sizes.ts';
import type { SourceInterface } from './source-interface.ts';
import { cutOf, cutWords, JUMBO_MTU } from './truncation.ts';

export interface WhatIfOptions {
  readonly sourceIp?: Uint8Array | undefined;
  readonly sourceMac?: Uint8Array | undefined;
  readonly targetIp?: Uint8Array | undefined;
  readonly targetMac?: Uint8Array | undefined;
  /** The target's. */
  readonly mtu?: number | undefined;
  /** The source's: larger TCP packets left it in segments. */
  readonly sourceMtu?: number | undefined;
  readonly vni?: number | undefined;
}

/** What neither the files nor the options say. `of` is the option that would. */
export interface Assumption { readonly of: 'source-ip' | 'source-mac' | 'target-ip' | 'target-mac' | 'mtu' | 'source-mtu' | 'vni'; readonly text: string }

/** A session at work. */
export interface Mirroring extends PlayedSession { readonly vni: number; readonly most: number; readonly envelope: EnvelopeSetting }

export interface WhatIfPlan {
  /** In the order in which they are tried; at least one. */
  readonly mirrorings: readonly Mirroring[];
  readonly directionOf: DirectionOf;
  readonly sourceMtu: number;
  readonly assumptions: readonly Assumption[];
  /** What happens, in sentences. */
  readonly said: readonly string[];
}

/** Throws a FaultError where there is no session to play, or the two ends do not fit together. */
export function planWhatIf(mirror: Mirror, source: SourceInterface, options: WhatIfOptions, sizes = new SegmentSizes()): WhatIfPlan {
  const said: string[] = [], assumptions: Assumption[] = [];
  const sessions = playedSessions(mirror, options.vni, said);
  const ends = endsOf(source, mirror.targets.filter(({ id }) => sessions.some(({ session }) => session.target === id)), options, assumptions);
  const mtu = options.mtu ?? JUMBO_MTU;
  const width = ends.target.ip.length;
  if (mtu < LEAST_MTU[width === 4 ? 0 : 1]) throw badMirror(`An MTU of ${mtu} is less than ${width === 4 ? 'IPv4' : 'IPv6'} allows`, `Give one from ${LEAST_MTU[width === 4 ? 0 : 1]} on.`);
  const mirrorings = sessions.map(({ session, filter, ours }): Mirroring => {
    const target = mirror.targets.find(({ id }) => id === session.target);
    const type = target?.type ?? 'network-interface';
    const cut = cutOf(type, mtu, session.packetLength, width);
    const vni = ours ? vniOf(session, options.vni, assumptions, said) : session.vni ?? session.number;
    if (!ours) return { session, filter, ours, vni, most: 0, envelope: { ...ends, vni, geneve: null } };
    if (type === 'network-interface' && options.mtu === undefined) assume(assumptions, 'mtu', `The target’s MTU is taken to be ${count(JUMBO_MTU)}, the largest that there is`);
    said.push(`${nameAtStart(session.id)} mirrors with VNI ${vni} what ${filter.id === '' ? 'the filter' : filter.id} lets through. ${cutWords(type, cut, width, mtu)}`);
    return { session, filter, ours, vni, most: cut.most, envelope: { ...ends, vni, geneve: geneveWay(type, target, said) } };
  });
  const sourceMtu = options.sourceMtu ?? sourceMtuOf(sizes, ends.source.mac, assumptions);
  return { mirrorings, sourceMtu, assumptions, said, directionOf: source.directionOf(options.sourceMac ?? (options.sourceIp ? source.macOf(options.sourceIp) : null)) };
}

/** Ethernet's usual MTU: what is larger is a jumbo frame, or a super-frame. */
const LEAST_JUMBO = 1500;

/** RFC 791 and RFC 8200: the least MTU of a path, and so that a frame's header has room. */
const LEAST_MTU = [68, 1280] as const;

const assume = (list: Assumption[], of: Assumption['of'], text: string): void => { if (!list.some((one) => one.text === text)) list.push({ of, text }); };
const nameAtStart = (id: string): string => (id === '' ? 'The session' : id);

function vniOf({ id, vni, number }: MirrorSession, given: number | undefined, assumptions: Assumption[], said: string[]): number {
  if (given !== undefined) {
    if (vni !== null && vni !== given) said.push(`VNI ${given} stands in place of the ${vni} of ${sessionName(id)}.`);
    return given;
  }
  if (vni === null) assume(assumptions, 'vni', `${nameAtStart(id)} names no VNI, where AWS takes one at random; ${number} stands in`);
  return vni ?? number;
}

/** Told only where it matters: where a TCP packet is larger, or may have been put together of smaller ones. */
function sourceMtuOf(sizes: SegmentSizes, mac: Uint8Array, assumptions: Assumption[]): number {
  const told = sizes.mtuOf(mac), mtu = told ?? JUMBO_MTU;
  const why = told === null ? 'the largest that there is, since the capture does not show how the source began a connection' : 'as it told its peers (TCP’s MSS)';
  if (sizes.largest > (told ?? LEAST_JUMBO)) assume(assumptions, 'source-mtu', `The source’s MTU is taken to be ${count(mtu)}, ${why}; larger TCP packets left it in segments`);
  return mtu;
}

/** Addresses for examples (RFC 5737, RFC 3849), and locally administered ones (IEEE 802). */
const STAND_IN = { 4: ipv4Bytes('192.0.2.1')!, 16: ipv6Bytes('2001:db8::1')!, source4: ipv4Bytes('192.0.2.9')!, source16: ipv6Bytes('2001:db8::9')!, mac: Uint8Array.of(2, 0, 0, 0, 0, 1), sourceMac: Uint8Array.of(2, 0, 0, 0, 0, 9) };

export const addressText = (ip: Uint8Array): string => (ip.length === 4 ? ipv4Text(ip) : ipv6Text(ip));

/** Both ends of the envelope: as given, else as the capture shows, else stand-ins. */
function endsOf(capture: SourceInterface, targets: readonly MirrorTarget[], { sourceIp, sourceMac, targetIp, targetMac }: WhatIfOptions, assumptions: Assumption[]): { source: End; target: End } {
  if (sourceIp && targetIp && sourceIp.length !== targetIp.length) throw badMirror(`${addressText(sourceIp)} and ${addressText(targetIp)} are of different IP versions`, 'An envelope has one; give both ends in it.');
  const given = sourceIp ?? targetIp;
  const width = given !== undefined ? given.length as 4 | 16 : capture.address(4) !== null || capture.address(16) === null ? 4 : 16;
  const seenIp = capture.address(width), seenMac = sourceIp ? capture.macOf(sourceIp) ?? capture.mac() : capture.mac();
  const ip = sourceIp ?? seenIp ?? (width === 4 ? STAND_IN.source4 : STAND_IN.source16);
  const mac = sourceMac ?? seenMac ?? STAND_IN.sourceMac;
  if (!sourceIp) assume(assumptions, 'source-ip', `The source is ${addressText(ip)}, ${seenIp ? 'which the capture’s interface sends from most' : 'a stand-in, since the capture shows no such address'}`);
  if (!sourceMac) assume(assumptions, 'source-mac', `The source’s MAC address is ${macText(mac)}, ${seenMac ? 'as the capture shows' : 'a stand-in, since the capture shows none'}`);
  const described = targets.map(({ address }) => address).find((address) => address?.length === width);
  const to = targetIp ?? described ?? STAND_IN[width];
  const seenTarget = capture.macOf(to);
  const toMac = targetMac ?? seenTarget ?? STAND_IN.mac;
  if (!targetIp) assume(assumptions, 'target-ip', described ? `The target is ${addressText(to)}, as its description says` : `The target’s address is told nowhere; ${addressText(to)}, an address for examples, stands in`);
  if (!targetMac) assume(assumptions, 'target-mac', seenTarget ? `The target’s MAC address is ${macText(toMac)}, as the capture shows` : `The target’s MAC address is told nowhere; ${macText(toMac)} stands in`);
  return { source: { ip, mac }, target: { ip: to, mac: toMac } };
}

/** From the load balancer to an appliance behind it; neither is told by sessions or targets. */
function geneveWay(type: TargetType, target: MirrorTarget | undefined, said: string[]): GeneveWay | null {
  if (type !== 'gateway-load-balancer-endpoint') return null;
  const source = ipv4Bytes('192.0.2.2')!, appliance = ipv4Bytes('192.0.2.3')!;
  const words = `The load balancer wraps it in GENEVE from ${ipv4Text(source)} to ${ipv4Text(appliance)}, addresses for examples; the endpoint’s own id stands in its options.`;
  if (!said.includes(words)) said.push(words);
  return { source, target: appliance, endpoint: target?.endpoint ?? new Uint8Array(8) };
}


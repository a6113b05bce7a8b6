// Mirror sessions and targets, out of JSON, with what AWS would not take of them told in sentences.

import { count } from '../format/number.ts';
import { ipv4Bytes, ipv6Bytes } from './cidr.ts';
import { numberIn, quoted, textIn, type Json } from './mirror-json.ts';

export interface MirrorSession {
  readonly id: string;
  readonly filter: string;
  readonly target: string;
  /** The network interface whose packets are mirrored; '' where it is not told. */
  readonly source: string;
  readonly number: number;
  readonly vni: number | null;
  /** Bytes of each packet to mirror, counted after the VXLAN header; null for all. */
  readonly packetLength: number | null;
}

/** What stands at the other end decides what is cut, and what more is put around. */
export const TARGET_WORDS = { 'network-interface': 'an instance', 'network-load-balancer': 'a Network Load Balancer', 'gateway-load-balancer-endpoint': 'a Gateway Load Balancer endpoint' } as const;
export type TargetType = keyof typeof TARGET_WORDS;

export interface MirrorTarget {
  readonly id: string;
  readonly type: TargetType;
  /** Of a Gateway Load Balancer's endpoint, the id as the eight bytes that GENEVE carries. */
  readonly endpoint: Uint8Array | null;
  /** The one IP address that its description names, which AWS has no field for. */
  readonly address: Uint8Array | null;
}

const MOST_SESSION_NUMBER = 32_766;
const MOST_VNI = 0xff_ffff;
/** CreateTrafficMirrorSession: "Valid values are 1-8500", for sessions with a Network Load Balancer, where it is the default as well. */
export const MOST_PACKET_LENGTH = 8500;
/** The guide's limitations: "the packet length cannot be less than 35 bytes (for IPv4 traffic) and 55 bytes (for IPv6 traffic)". */
const LEAST_IPV4 = 35, LEAST_IPV6 = 55;

export const isSession = (o: Json): boolean => 'TrafficMirrorSessionId' in o || 'SessionNumber' in o;
export const isTarget = (o: Json): boolean => 'TrafficMirrorTargetId' in o && !isSession(o);

export function sessionOf(o: Json, targets: readonly MirrorTarget[], notes: string[]): MirrorSession {
  const id = textIn(o, 'TrafficMirrorSessionId');
  const name = sessionName(id);
  const target = textIn(o, 'TrafficMirrorTargetId');
  const number = numberIn(o, 'SessionNumber');
  if (number === null) notes.push(`${name} has no SessionNumber; it counts as number 1.`);
  else if (!whole(number, 1, MOST_SESSION_NUMBER)) notes.push(`${name} has the SessionNumber ${number}; AWS takes 1 to ${count(MOST_SESSION_NUMBER)}. It keeps its place among the others.`);
  const vni = numberIn(o, 'VirtualNetworkId');
  if (vni !== null && !whole(vni, 0, MOST_VNI)) notes.push(`${name} has the VirtualNetworkId ${vni}, which is no VNI from 0 to ${count(MOST_VNI)}: it counts as not told.`);
  return {
    id, target, filter: textIn(o, 'TrafficMirrorFilterId'), source: textIn(o, 'NetworkInterfaceId'), number: number ?? 1,
    vni: vni !== null && whole(vni, 0, MOST_VNI) ? vni : null,
    packetLength: packetLength(o, name, targets.find((one) => one.id === target), notes),
  };
}

export const sessionName = (id: string): string => (id === '' ? 'the session' : id);

const whole = (n: number, least: number, most: number): boolean => Number.isInteger(n) && n >= least && n <= most;

function packetLength(o: Json, name: string, target: MirrorTarget | undefined, notes: string[]): number | null {
  if (o.PacketLength === undefined || o.PacketLength === null) return null;
  const length = numberIn(o, 'PacketLength');
  if (length === null || !whole(length, 1, Infinity)) {
    notes.push(`${name} has the PacketLength ${quoted(o.PacketLength)}, which is no number of bytes from 1 on: it is left out of account.`);
    return null;
  }
  if (length > MOST_PACKET_LENGTH && target?.type === 'network-load-balancer') notes.push(`${name} has the PacketLength ${count(length)}; AWS takes 1 to ${count(MOST_PACKET_LENGTH)} where the target is a Network Load Balancer, and refuses more.`);
  if (length < LEAST_IPV6) notes.push(`${name} has the PacketLength ${length}. AWS contradicts itself there: the API takes 1 to ${count(MOST_PACKET_LENGTH)}, the guide says at least ${LEAST_IPV4} for IPv4 and ${LEAST_IPV6} for IPv6.`);
  return length;
}

/** By which field names the other end, where the type is not told. */
const PLACES: readonly (readonly [TargetType, string])[] = [['network-interface', 'NetworkInterfaceId'], ['network-load-balancer', 'NetworkLoadBalancerArn'], ['gateway-load-balancer-endpoint', 'GatewayLoadBalancerEndpointId']];

export function targetOf(o: Json, notes: string[]): MirrorTarget {
  const id = textIn(o, 'TrafficMirrorTargetId'), word = textIn(o, 'Type').toLowerCase();
  const type = PLACES.find(([known]) => known === word)?.[0] ?? PLACES.find(([, key]) => textIn(o, key) !== '')?.[0];
  if (type === undefined) notes.push(`${id} does not say what it is${word === '' ? '' : ` ("${word}" is not known here)`}; it counts as ${TARGET_WORDS['network-interface']}.`);
  return { id, type: type ?? 'network-interface', endpoint: endpointBytes(textIn(o, 'GatewayLoadBalancerEndpointId')), address: addressIn(textIn(o, 'Description')) };
}

function addressIn(description: string): Uint8Array | null {
  const found = description.split(/[\s,;()]+/).map((word) => ipv4Bytes(word) ?? (word.includes('::') ? ipv6Bytes(word) : null)).filter((address) => address !== null);
  return found.length === 1 ? found[0]! : null;
}

/** The last sixteen digits of vpce-0123456789abcdef0. */
function endpointBytes(id: string): Uint8Array | null {
  const digits = /^vpce-[0-9a-f]?([0-9a-f]{16})$/.exec(id)?.[1];
  return digits === undefined ? null : Uint8Array.from({ length: 8 }, (_, i) => parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}

/** Sessions in the order in which they are tried, and what is odd about them together. */
export function ordered(sessions: readonly MirrorSession[], filters: ReadonlySet<string>, notes: string[]): MirrorSession[] {
  const list = [...sessions].sort((p, q) => p.number - q.number);
  for (const [i, { id, number, source, filter }] of list.entries()) {
    const twin = list.slice(0, i).find((one) => one.number === number && one.source === source);
    if (twin !== undefined) notes.push(`${sessionName(twin.id)} and ${sessionName(id)} both have the SessionNumber ${number}; the one that stands first is tried first.`);
    if (filter !== '' && !filters.has(filter)) notes.push(`${sessionName(id)} uses the filter ${filter}, which is in none of the files.`);
  }
  return list;
}

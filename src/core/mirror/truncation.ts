// How much of a frame a mirror lets through. The numbers are those of the Traffic Mirroring guide and of CreateTrafficMirrorSession.

import { count } from '../format/number.ts';
import { GENEVE_TAKES, takenOf } from './envelope.ts';
import { MOST_PACKET_LENGTH, TARGET_WORDS, type TargetType } from './read-sessions.ts';

/** The largest MTU that EC2 has: what a target is taken to have where nobody says. */
export const JUMBO_MTU = 9001;
/** "The maximum MTU supported by the Gateway Load Balancer is 8500". */
const GATEWAY_MTU = 8500;

export interface Cut {
  /** Most bytes of a frame, Ethernet header included, that come through. */
  readonly most: number;
  /** The arithmetic in a clause. */
  readonly why: string;
}

/**
 * What is left of a frame in an envelope of IPv4 (4) or IPv6 (16). "We truncate the packet to the MTU value when … the traffic mirror target is a standalone
 * instance"; before load balancers it is their own limits. `packetLength` counts "bytes after the VXLAN header" and cuts too, whichever is less.
 */
export function cutOf(type: TargetType, mtu: number, packetLength: number | null, width: number): Cut {
  const room = roomAt(type, mtu, width);
  if (packetLength !== null && packetLength < room.most) return { most: packetLength, why: `the session’s packet length of ${count(packetLength)}` };
  return room;
}

function roomAt(type: TargetType, mtu: number, width: number): Cut {
  if (type === 'network-load-balancer') return { most: MOST_PACKET_LENGTH, why: `the ${count(MOST_PACKET_LENGTH)} bytes that are mirrored to a Network Load Balancer` };
  const limit = type === 'network-interface' ? mtu : GATEWAY_MTU;
  const family = width === 4 ? 'IPv4' : 'IPv6', taken = takenOf(width);
  return { most: limit - taken, why: `${type === 'network-interface' ? 'the target’s MTU' : 'the load balancer’s MTU'} of ${count(limit)} less ${taken} for ${family}, UDP and VXLAN` };
}

/** What AWS advises the source's MTU to be: 54 or 74 less, 4 more than the headers take, for a reason that it does not give. */
export const advisedSourceMtu = (type: TargetType, mtu: number, width: number): number | null =>
  (type === 'network-load-balancer' ? null : (type === 'network-interface' ? mtu : GATEWAY_MTU) - (width === 4 ? 54 : 74));

/** The arithmetic of one session in a sentence. */
export function cutWords(type: TargetType, { most, why }: Cut, width: number, mtu: number): string {
  const advised = advisedSourceMtu(type, mtu, width);
  const more = type === 'gateway-load-balancer-endpoint' ? ` The load balancer puts ${GENEVE_TAKES} bytes of IPv4, UDP and GENEVE around that.` : '';
  return `The target is ${TARGET_WORDS[type]}: frames are cut to ${count(most)} bytes, ${why}.${more}${advised === null ? '' : ` AWS advises an MTU of at most ${count(advised)} at the source.`}`;
}

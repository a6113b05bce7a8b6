// A mirror's rules as a table of texts, with what is odd about them: what a page shows, and gives back as JSON.

import { ipv4Text, ipv6Text } from '../format/address.ts';
import type { Cidr } from './cidr.ts';
import type { Direction, MirrorFilter, MirrorRule, PortRange } from './mirror-filter.ts';
import { objectsIn, type Json, type MirrorFile } from './mirror-json.ts';
import { playedSessions } from './played-sessions.ts';
import { readMirrors } from './read-mirror.ts';
import { isSession, isTarget, sessionName } from './read-sessions.ts';

/** A rule as it is typed; '' stands for every protocol, address or port. */
export interface RuleText {
  readonly filter: string;
  readonly direction: Direction;
  readonly number: string;
  readonly accept: boolean;
  readonly protocol: string;
  readonly source: string;
  readonly sourcePorts: string;
  readonly destination: string;
  readonly destinationPorts: string;
}

export interface MirrorSummary {
  readonly rules: readonly RuleText[];
  readonly filters: readonly { readonly id: string; readonly dns: boolean }[];
  /** Sessions and targets as the AWS CLI printed them. */
  readonly others: readonly Json[];
  /** What is at work, and what is odd, in sentences. */
  readonly said: readonly string[];
  readonly notes: readonly string[];
}

/** Throws a FaultError where a file is not JSON or nothing of a mirror, or no session can be played. */
export function mirrorSummary(files: readonly MirrorFile[]): MirrorSummary {
  const mirror = readMirrors(files);
  const said: string[] = [];
  const played = playedSessions(mirror, undefined, said);
  return {
    rules: mirror.filters.flatMap((filter) => [...texts(filter, 'ingress'), ...texts(filter, 'egress')]),
    filters: mirror.filters.map(({ id, dns }) => ({ id, dns })),
    others: files.flatMap(objectsIn).filter((o) => isSession(o) || isTarget(o)),
    said: [...said, ...played.filter(({ session }) => session.id !== '').map(({ session: { id, number, vni }, filter }) => `Session ${number}, ${sessionName(id)}, mirrors ${vni === null ? 'with a VNI that is not told' : `with VNI ${vni}`} what ${filter.id === '' ? 'the filter' : filter.id} lets through.`)],
    notes: mirror.notes,
  };
}

const texts = (filter: MirrorFilter, direction: Direction): RuleText[] => filter[direction].map(({ number, accept, protocol, source, sourcePorts, destination, destinationPorts }: MirrorRule) => ({
  filter: filter.id, direction, number: String(number), accept, protocol: protocol === null ? '' : String(protocol),
  source: cidrText(source), sourcePorts: portsText(sourcePorts), destination: cidrText(destination), destinationPorts: portsText(destinationPorts),
}));

const cidrText = (cidr: Cidr | null): string => (cidr === null ? '' : `${cidr.bytes.length === 4 ? ipv4Text(cidr.bytes) : ipv6Text(cidr.bytes)}/${cidr.bits}`);
const portsText = (range: PortRange | null): string => (range === null ? '' : range.from === range.to ? String(range.from) : `${range.from}-${range.to}`);

import type { HostPolicy } from '../flow/os-policy.ts';
import { type FlowTimeouts, STOCK_TIMEOUTS } from '../flow/timeouts.ts';
import type { SessionRules } from '../flow/tcp-session.ts';
import type { TunnelSettings } from '../packet/tunnels.ts';
import { STOCK_TUNNELS } from '../packet/tunnels.ts';
import { STOCK_VARIABLES, type Variables } from '../parse/variables.ts';
import type { Action } from '../signature.ts';

/** How alerts are written to eve.json (outputs, eve-log, types, alert). */
export interface EveSettings {
  readonly payload: boolean;
  readonly payloadPrintable: boolean;
  readonly payloadLimit: number;
  readonly packet: boolean;
  readonly ethernet: boolean;
  readonly verdict: boolean;
  readonly pcapFile: boolean;
  /** Whether packets that `tag` keeps are written as events of their own. */
  readonly taggedPackets: boolean;
  readonly compressIpv6: boolean;
  /** alert.metadata: whether the blocks of the flow and the application, and the rule's own metadata, are written. */
  readonly flow: boolean;
  readonly appLayer: boolean;
  readonly ruleMetadata: boolean;
}

export const EXCEPTION_POLICIES = ['ignore', 'drop-flow', 'pass-flow', 'bypass', 'drop-packet', 'pass-packet', 'reject', 'auto'] as const;
export type ExceptionPolicy = (typeof EXCEPTION_POLICIES)[number];

/** What becomes of urgent data in a stream: it is read as any other, its packet is stopped, or its last byte stands outside or is missing. */
export type UrgentPolicy = 'inline' | 'drop' | 'oob' | 'gap';

/** Application protocols that are not looked for over TCP and over UDP, and those whose name is found and that are not read (app-layer.protocols). */
export interface ApplicationSettings { readonly noTcp: ReadonlySet<string>; readonly noUdp: ReadonlySet<string>; readonly unread: ReadonlySet<string> }

/** Those that are off unless they are switched on. */
const OFF: ReadonlySet<string> = new Set(['dnp3', 'enip', 'modbus']);

/** The stream engine (stream in suricata.yaml). */
export interface StreamSettings extends SessionRules {
  /** Streams are looked at packet by packet where packets can be stopped, unless this says no (stream.inline). */
  readonly inlineOff: boolean;
  /** What becomes of a flow whose beginning was not seen. */
  readonly midstreamPolicy: ExceptionPolicy;
  /** Whether bad TCP checksums keep a packet out of the stream; -k sets it. */
  readonly checksums: boolean;
  /** Whether checksums count: always, never, or until too many of the first packets have wrong ones, as where the network card makes them (pcap-file.checksum-checks). */
  readonly checksumChecks: 'yes' | 'no' | 'auto';
  /** Whether packets that the TCP engine refuses are stopped, where packets can be. */
  readonly dropInvalid: boolean;
  /** Whether VLANs, and levels of encapsulation, tell flows apart. */
  readonly vlans: boolean;
  readonly levels: boolean;
  readonly applications: ApplicationSettings;
  readonly depth: number;
  readonly chunkToServer: number;
  readonly chunkToClient: number;
  /** Whether data that is sent again is compared with what was acknowledged. A rule that asks for the event has it so. */
  readonly checkOverlap: boolean;
  readonly timeouts: FlowTimeouts;
  readonly urgent: UrgentPolicy;
  /** The same once 65,535 bytes were urgent. */
  readonly urgentLimit: UrgentPolicy;
}

/** host-os-policy of the stock yaml: Windows for all of IPv4. */
const STOCK_HOSTS: readonly HostPolicy[] = [{ policy: 'windows', address: new Uint8Array(4), bits: 0 }];

/** What of suricata.yaml, --set and the switches of the page changes which alerts there are. */
export interface RuleSettings {
  readonly variables: Variables;
  readonly tunnels: TunnelSettings;
  /** Whether drop rules stop packets (--simulate-ips). */
  readonly ips: boolean;
  /** Alerts on one packet at most; those sorted last are lost (packet-alert-max). */
  readonly maxAlerts: number;
  readonly actionOrder: readonly Action[];
  /** Where a threshold.config is, '' without one. */
  readonly thresholdFile: string;
  readonly stream: StreamSettings;
  readonly eve: EveSettings;
  /**
   * What Suricata has not and VXLens adds where it is asked for: the keywords vxlan.vni, geneve.vni and tunnel.depth, flows told apart by VNI, and the VNI in eve.json.
   */
  readonly ours: boolean;
}

export const STOCK_SETTINGS: RuleSettings = {
  variables: STOCK_VARIABLES, tunnels: STOCK_TUNNELS, ips: false, maxAlerts: 15, actionOrder: ['pass', 'drop', 'reject', 'alert'], thresholdFile: '',
  stream: {
    midstream: false, midstreamPolicy: 'auto', asyncOneside: false, checksums: true, checksumChecks: 'auto', inline: false, inlineOff: false, dropInvalid: true, vlans: true, levels: true, applications: { noTcp: OFF, noUdp: OFF, unread: new Set() }, depth: 1_048_576, chunkToServer: 2560, chunkToClient: 2560, checkOverlap: false,
    urgent: 'oob', urgentLimit: 'drop', liberalTimestamps: true, maxSynQueued: 10, maxSynAckQueued: 5, hosts: STOCK_HOSTS, timeouts: STOCK_TIMEOUTS,
  },
  ours: false,
  eve: { payload: false, payloadPrintable: false, payloadLimit: 4096, packet: false, ethernet: false, verdict: false, pcapFile: false, taggedPackets: true, compressIpv6: false, flow: true, appLayer: true, ruleMetadata: true },
};

/** The stream engine's settings as they work: where packets can be stopped or not, and with rules that ask for what is else not looked at. */
export function workingStream({ stream, ips }: RuleSettings, comparesOverlap: boolean): StreamSettings {
  const inline = stream.inline || (ips && !stream.inlineOff);
  return { ...stream, inline, checkOverlap: stream.checkOverlap || comparesOverlap || inline, midstreamPolicy: midstreamPolicy(stream, ips) };
}

/** Without IPS nothing is dropped; a session that may start in the middle is at most passed (util-exception-policy.c). */
function midstreamPolicy({ midstreamPolicy: asked, midstream }: StreamSettings, ips: boolean): ExceptionPolicy {
  const policy = asked === 'auto' ? (ips && !midstream ? 'drop-flow' : 'ignore') : asked;
  if (midstream) return policy === 'pass-flow' ? policy : 'ignore';
  return ips || policy.startsWith('pass') || policy === 'bypass' ? policy : 'ignore';
}

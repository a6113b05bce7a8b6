import type { OverlapPolicy } from '../flow/stream-buffer.ts';
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
}

/** The stream engine (stream in suricata.yaml). */
export interface StreamSettings {
  readonly midstream: boolean;
  readonly asyncOneside: boolean;
  /** Whether bad TCP checksums keep a packet out of the stream; -k sets it. */
  readonly checksums: boolean;
  readonly inline: boolean;
  readonly vlans: boolean;
  readonly depth: number;
  /** Whose bytes stay where segments of IPv4 overlap (host-os-policy): the stock yaml says windows for all. */
  readonly overlap: OverlapPolicy;
}

/** What of suricata.yaml, --set and the switches of the page changes which alerts there are. */
export interface RuleSettings {
  readonly variables: Variables;
  readonly tunnels: TunnelSettings;
  /** Whether drop rules stop packets (--simulate-ips). */
  readonly ips: boolean;
  /** Alerts on one packet at most; those sorted last are lost (packet-alert-max). */
  readonly maxAlerts: number;
  readonly actionOrder: readonly Action[];
  readonly stream: StreamSettings;
  readonly eve: EveSettings;
  /**
   * What Suricata has not and VXLens adds where it is asked for: the keywords vxlan.vni, geneve.vni and tunnel.depth, flows told apart by VNI, and the VNI in eve.json.
   */
  readonly ours: boolean;
}

export const STOCK_SETTINGS: RuleSettings = {
  variables: STOCK_VARIABLES, tunnels: STOCK_TUNNELS, ips: false, maxAlerts: 15, actionOrder: ['pass', 'drop', 'reject', 'alert'],
  stream: { midstream: false, asyncOneside: false, checksums: true, inline: false, vlans: true, depth: 1_048_576, overlap: 'windows' },
  ours: false,
  eve: { payload: false, payloadPrintable: false, payloadLimit: 4096, packet: false, ethernet: false, verdict: false, pcapFile: false, taggedPackets: true, compressIpv6: false },
};

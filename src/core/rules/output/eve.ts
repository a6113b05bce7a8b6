import type { AlertRecord, PacketEnds } from '../match/alert-record.ts';
import { ipProtocolName } from '../packet/ip-protocols.ts';
import { LINK_TYPES } from '../../capture/link-types.ts';
import { TCP } from '../packet/packet-view.ts';
import { type EveSettings, STOCK_SETTINGS } from '../settings/settings.ts';
import type { Signature } from '../signature.ts';
import { eveTime } from './time.ts';

// An alert as Suricata's eve.json has it (output-json.c, output-json-alert.c): the keys in its order, one that does not apply is absent.

export interface EveOptions {
  readonly eve: EveSettings;
  /** Name of the capture, for pcap_filename. */
  readonly file?: string;
  /** Where the packet was seen, for in_iface; Suricata has none when it reads a file. */
  readonly inIface?: string;
}

const portKeys = ({ sport, dport }: PacketEnds, first: string): Record<string, number> => (sport < 0 ? {} : first === 'source' ? { src_port: sport } : { dest_port: dport });

function metadata(signature: Signature): Record<string, unknown> {
  if (signature.metadata.length === 0) return {};
  const lists: Record<string, string[]> = {};
  for (const { key, value } of signature.metadata) (lists[key] ??= []).push(value);
  return { metadata: lists };
}

function target({ signature: s, ...ends }: AlertRecord): Record<string, unknown> {
  if (s.target === '') return {};
  const source = { ip: ends.source, ...(ends.sport < 0 ? {} : { port: ends.sport }) };
  const destination = { ip: ends.destination, ...(ends.dport < 0 ? {} : { port: ends.dport }) };
  return s.target === 'src_ip' ? { source: destination, target: source } : { source, target: destination };
}

const alertObject = (alert: AlertRecord, eve: EveSettings): Record<string, unknown> => {
  const { signature: s } = alert;
  return {
    action: alert.blocked ? 'blocked' : 'allowed', gid: s.gid, signature_id: s.sid, rev: s.rev, signature: s.msg, category: s.category, severity: s.priority, ...target(alert), ...(eve.ruleMetadata ? metadata(s) : {}),
  };
};

/** An inner packet's tunnel: the outermost packet, with ports of 0 where its protocol has none (AlertJsonTunnel). */
const tunnelObject = (alert: AlertRecord): Record<string, unknown> => {
  const outer = alert.tunnel;
  if (outer === null) return {};
  return {
    tunnel: {
      src_ip: outer.source, src_port: Math.max(0, outer.sport), dest_ip: outer.destination, dest_port: Math.max(0, outer.dport), proto: ipProtocolName(outer.protocol), depth: alert.level,
      pcap_cnt: alert.number, pkt_src: outer.origin,
    },
  };
};

/** What the flow speaks; each direction's only where it differs (output-json-alert.c, EveAddAppProto). */
function applicationKeys({ application, applicationToServer: ts, applicationToClient: tc, applicationBefore }: AlertRecord): Record<string, unknown> {
  if (application === '') return {};
  return { app_proto: application, ...(ts === '' || ts === application ? {} : { app_proto_ts: ts }), ...(tc === '' || tc === application ? {} : { app_proto_tc: tc }), ...(applicationBefore === '' ? {} : { app_proto_orig: applicationBefore }) };
}

/** Direction and the flow, its ends as seen from the client (output-json-flow.c). */
function flowObject({ flow }: AlertRecord, eve: EveSettings): Record<string, unknown> {
  if (flow === null) return {};
  return {
    direction: flow.toServer ? 'to_server' : 'to_client',
    ...(eve.flow ? { flow: {
      pkts_toserver: flow.packetsToServer, pkts_toclient: flow.packetsToClient, bytes_toserver: flow.bytesToServer, bytes_toclient: flow.bytesToClient,
      start: eveTime(flow.startSeconds, flow.startNanoseconds), src_ip: flow.source, dest_ip: flow.destination, ...portKeys(flow, 'source'), ...portKeys(flow, 'destination'),
    } } : {}),
  };
}

/** What became of the packet (types.alert.verdict). */
function verdictObject({ verdict, protocol }: AlertRecord, eve: EveSettings): Record<string, unknown> {
  if (!eve.verdict) return {};
  const action = verdict.dropped ? 'drop' : verdict.passed ? 'pass' : 'alert';
  const told = protocol === TCP ? ['tcp-reset'] : ['icmp-prohib'];
  return { verdict: { action, ...(verdict.rejectTarget === '' ? {} : { reject_target: verdict.rejectTarget, reject: told }) } };
}

const base64 = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
};

/** Printable characters and line ends as they are, others as dots (util-print.c). */
const printable = (bytes: Uint8Array): string => Array.from(bytes, (b) => (b === 10 || b === 13 || (b >= 32 && b < 127) ? String.fromCharCode(b) : '.')).join('');

/** Where Suricata's name is not libpcap's. */
const LINK_NAMES: Readonly<Record<number, string>> = { 228: 'IPv4', 229: 'IPv6' };

function payloadKeys({ payload, packet, linkType, stream }: AlertRecord, eve: EveSettings): Record<string, unknown> {
  const symbol = packet === null ? '' : LINK_NAMES[linkType] ?? LINK_TYPES.get(linkType)?.symbol ?? '';
  return {
    ...(payload === null ? {} : { ...(eve.payload ? { payload: base64(payload) } : {}), ...(eve.payloadPrintable ? { payload_printable: printable(payload) } : {}), stream: stream ? 1 : 0 }),
    ...(packet === null ? {} : { packet: base64(packet), packet_info: { linktype: linkType, ...(symbol === '' ? {} : { linktype_name: symbol }) } }),
  };
}

export function eveObject(alert: AlertRecord, { eve, file = '', inIface = '' }: EveOptions = STOCK_SETTINGS): Record<string, unknown> {
  const ether = eve.ethernet && alert.sourceMac !== '' ? { ether: { src_mac: alert.sourceMac, dest_mac: alert.destinationMac } } : {};
  return {
    timestamp: eveTime(alert.seconds, alert.nanoseconds), ...(alert.flowId === 0 ? {} : { flow_id: alert.flowId }), ...(inIface === '' ? {} : { in_iface: inIface }),
    ...(alert.level === 0 && alert.origin !== 'stream (flow timeout)' ? { pcap_cnt: alert.number } : {}), event_type: 'alert',
    ...(alert.vlans.length === 0 ? {} : { vlan: alert.vlans }),
    ...(alert.ipVersion === 0 ? {} : {
      src_ip: alert.source, ...portKeys(alert, 'source'), dest_ip: alert.destination, ...portKeys(alert, 'destination'), proto: ipProtocolName(alert.protocol), ip_v: alert.ipVersion,
    }),
    ...(alert.icmpType < 0 ? {} : { icmp_type: alert.icmpType, icmp_code: alert.icmpCode }),
    pkt_src: alert.origin, ...(alert.tx === null ? {} : { tx_id: alert.tx.id }), alert: alertObject(alert, eve), ...tunnelObject(alert), ...verdictObject(alert, eve), ...(alert.tx === null || !eve.appLayer ? {} : { [alert.tx.protocol]: alert.tx.fields }), ...applicationKeys(alert), ...flowObject(alert, eve), ...payloadKeys(alert, eve), ...ether,
    ...(alert.vxlanVni < 0 ? {} : { vxlan: { vni: alert.vxlanVni } }), ...(alert.geneveVni < 0 ? {} : { geneve: { vni: alert.geneveVni } }), // ours, and beside Suricata's own objects
    ...(eve.pcapFile && file !== '' ? { pcap_filename: file } : {}),
  };
}

/** Keys of an alert that the event of a tagged packet has too: who sent it to whom, and the packet. */
const OF_PACKETS: ReadonlySet<string> = new Set(['timestamp', 'flow_id', 'in_iface', 'pcap_cnt', 'vlan', 'src_ip', 'src_port', 'dest_ip', 'dest_port', 'proto', 'ip_v', 'icmp_type', 'icmp_code', 'pkt_src', 'packet', 'packet_info', 'pcap_filename']);

/** The line of a packet that `tag` keeps, without its line end: the packet in base64 and none of the alert (output-json-alert.c). */
export function taggedLine(packet: AlertRecord, options: EveOptions = STOCK_SETTINGS): string {
  const keys = Object.entries(eveObject(packet, options)).flatMap(([key, value]) => (key === 'event_type' ? [[key, 'packet']] : OF_PACKETS.has(key) ? [[key, value]] : []));
  return JSON.stringify(Object.fromEntries(keys));
}

/** The line of an alert in eve.json, without its line end. */
export const eveLine = (alert: AlertRecord, options: EveOptions = STOCK_SETTINGS): string => JSON.stringify(eveObject(alert, options));

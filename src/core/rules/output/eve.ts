import type { AlertRecord, PacketEnds } from '../match/alert-record.ts';
import { ipProtocolName } from '../packet/ip-protocols.ts';
import type { Signature } from '../signature.ts';
import { eveTime } from './time.ts';

// An alert as Suricata's eve.json has it (output-json.c, output-json-alert.c): the keys in its order, one that does not apply is absent.

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

const alertObject = (alert: AlertRecord): Record<string, unknown> => {
  const { signature: s } = alert;
  return {
    action: alert.blocked ? 'blocked' : 'allowed', gid: s.gid, signature_id: s.sid, rev: s.rev, signature: s.msg, category: s.category, severity: s.priority, ...target(alert), ...metadata(s),
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

export function eveObject(alert: AlertRecord): Record<string, unknown> {
  return {
    timestamp: eveTime(alert.seconds, alert.nanoseconds), flow_id: Number(alert.flowId),
    ...(alert.level === 0 ? { pcap_cnt: alert.number } : {}), event_type: 'alert',
    ...(alert.vlans.length === 0 ? {} : { vlan: alert.vlans }),
    ...(alert.ipVersion === 0 ? {} : {
      src_ip: alert.source, ...portKeys(alert, 'source'), dest_ip: alert.destination, ...portKeys(alert, 'destination'), proto: ipProtocolName(alert.protocol), ip_v: alert.ipVersion,
    }),
    ...(alert.icmpType < 0 ? {} : { icmp_type: alert.icmpType, icmp_code: alert.icmpCode }),
    pkt_src: alert.origin, alert: alertObject(alert), ...tunnelObject(alert),
  };
}

/** The line of an alert in eve.json, without its line end. */
export const eveLine = (alert: AlertRecord): string => JSON.stringify(eveObject(alert));

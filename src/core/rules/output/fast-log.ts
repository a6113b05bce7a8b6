import type { AlertRecord } from '../match/alert-record.ts';
import { ipProtocolName, isNamed } from '../packet/ip-protocols.ts';
import { fastTime } from './time.ts';

/** The line of an alert in Suricata's fast.log (alert-fastlog.c), without its line end. It knows nothing of tunnels. */
export function fastLine(alert: AlertRecord, ips: boolean): string {
  const { signature: s } = alert;
  const drop = alert.action === 'drop' ? (ips ? '[Drop] ' : '[wDrop] ') : '';
  const head = `${fastTime(alert.seconds, alert.nanoseconds)}  ${drop}[**] [${s.gid}:${s.sid}:${s.rev}] ${s.msg} [**] [Classification: ${s.category || '(null)'}] [Priority: ${s.priority}]`;
  if (alert.ipVersion === 0) {
    const raw = [...(alert.raw ?? [])].map((b) => ` ${b.toString(16).toUpperCase().padStart(2, '0')}`).join('');
    return `${head} [**] [Raw pkt:${raw} ] [pcap file packet: ${alert.number}]`;
  }
  const name = isNamed(alert.protocol) ? ipProtocolName(alert.protocol) : `PROTO:${String(alert.protocol).padStart(3, '0')}`;
  const [from, to] = alert.icmpType >= 0 ? [alert.icmpType, alert.icmpCode] : [Math.max(0, alert.sport), Math.max(0, alert.dport)];
  return `${head} {${name}} ${alert.source}:${from} -> ${alert.destination}:${to}`;
}

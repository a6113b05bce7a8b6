import { isReferenceProtocol } from '../core/filter/reference-names.ts';
import type { Protocol } from '../core/dissect/protocol.ts';
import { wrongArguments } from './arguments.ts';

const RULE = /^([a-z0-9_.]+)==(\d+)(?:-(\d+)|:(\d+))?,([a-z0-9_.-]+)$/i;
const MOST = 65_536;

/**
 * The protocols with other places: "udp.port==8472,vxlan" as in tshark, also with a range 8472-8480 or 8472:9 (first and count). Earlier rules give way
 * to later ones. A protocol that Wireshark knows and this program does not is told to `note` and leaves the place empty.
 */
export function decodeAs(protocols: readonly Protocol[], rules: readonly string[], command: string, note: (line: string) => void): readonly Protocol[] {
  return rules.reduce((list, rule) => applied(list, rule, command, note), protocols);
}

function applied(protocols: readonly Protocol[], rule: string, command: string, note: (line: string) => void): readonly Protocol[] {
  const m = RULE.exec(rule);
  if (!m) throw wrongArguments(command, `-d ${rule} is no rule: write it as -d udp.port==8472,vxlan`);
  const [table, first, name] = [m[1]!, Number(m[2]), m[5]!];
  const last = m[3] ? Number(m[3]) : first + Number(m[4] ?? 1) - 1;
  if (!tables(protocols).has(table)) throw wrongArguments(command, `-d ${rule}: ${table} is no place to find protocols at, ${[...tables(protocols)].join(', ')} are`);
  if (last < first || last - first >= MOST || last >= MOST) throw wrongArguments(command, `-d ${rule}: the range is not within 0 to ${MOST - 1}`);
  const known = protocols.some((p) => p.name === name);
  if (!known && !isReferenceProtocol(name)) throw wrongArguments(command, `-d ${rule}: there is no protocol ${name}`);
  if (!known) note(`-d ${rule}: ${name} is not read yet, its packets show as data.`);
  const keys = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return protocols.map((p) => {
    const others = (p.over?.[table] ?? []).filter((key) => key < first || key > last);
    const own = p.name === name ? [...others, ...keys] : others;
    return own.length === 0 && !p.over?.[table] ? p : { ...p, over: { ...p.over, [table]: own } };
  });
}

const tables = (protocols: readonly Protocol[]): ReadonlySet<string> =>
  new Set(protocols.flatMap((p) => (typeof p.next === 'object' ? [p.next.table] : [])).filter((name) => name.includes('.') || name === 'ethertype'));

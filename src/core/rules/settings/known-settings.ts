import { OS_POLICIES } from '../flow/os-policy.ts';
import { type FlowTimeouts, TIMED } from '../flow/timeouts.ts';
import { readPorts } from '../parse/ports.ts';
import type { Action } from '../signature.ts';
import { type ApplicationSettings, EXCEPTION_POLICIES, type RuleSettings } from './settings.ts';
import { bad, bytes, count, hostPolicies, oneOf, yes } from './values.ts';

// Which settings of suricata.yaml are followed, and which change no alert.

/** Parts of suricata.yaml that change no alert: where and how things are written, how fast and with how much memory Suricata works. */
export const WITHOUT_EFFECT: readonly RegExp[] = [
  /^(stats|logging|default-log-dir|default-rule-path|rule-files|classification-file|reference-config-file|coredump|host-mode|runmode|run-as|unix-command|profiling|af-packet|af-xdp|dpdk|pcap|pfring|netmap|napatech|nfq|nflog|ipfw|mpipe|cuda|threading|spm-algo|mpm-algo|engine-analysis|max-pending-packets|default-packet-size|sensor-name|pid-file|luajit|security|legacy|asn1-max-frames|capture|plugins|include|suricata-version|profile|host|ippair|pcap-log|magic-file|pcre|rdp|datasets)(\.|$)/,
  /^detect(\.|$)/, /^flow\.(memcap|hash-size|prealloc|emergency-recovery|managers|recyclers|prune-flows)$/, /^defrag\./,
  /^stream\.(memcap|prealloc-sessions|max-sessions|memcap-policy|bypass|async-oneside-limit)$/, /^stream\.reassembly\.(memcap|randomize-chunk-size|randomize-chunk-range|raw|segment-prealloc|memcap-policy|chunk-prealloc|max-regions|zero-copy-size)$/,
  /^outputs\.\d+\.(stats|unified2-alert|http-log|tls-log|tls-store|pcap-log|alert-debug|alert-prelude|syslog|drop|file-store|tcp-data|http-body-data|lua|pcap-info|dns-log)(\.|$)/,
  /^outputs\.\d+\.(fast|eve-log)\.(enabled|filename|filetype|append|redis|level|identity|facility|threaded|community-id|community-id-seed|rotate-interval|xff)(\.|$)/,
  /^flow-timeouts\.\w+\.(emergency-\w+|bypassed)$/, /^outputs\.\d+\.eve-log\.types(\.\d+(\.(?!alert\.).*)?)?$/, /^outputs$/, /^outputs\.\d+$/,
];

/** Settings that are not followed, with the values by which they change nothing here. */
export const AS_HERE: readonly { readonly key: RegExp; readonly value: RegExp }[] = [
  { key: /^decoder\.max-layers$/, value: /^16$/ },
  { key: /^outputs\.\d+\.eve-log\.types\.\d+\.alert\.(payload-length|http-body|http-body-printable|websocket-payload|websocket-payload-printable|xff\.enabled|metadata\.rule\.(raw|reference))$/, value: /^(no|false|0|off|disabled)$/i },
  { key: /^outputs\.\d+\.eve-log\.types\.\d+\.alert\.(enabled|xff\.(mode|deployment|header))$/, value: /^/ },
];

export type Draft = { -readonly [K in keyof RuleSettings]: RuleSettings[K] };
interface Known { readonly key: RegExp; readonly apply: (draft: Draft, value: string, match: RegExpExecArray) => void }

function portList(draft: Draft, value: string): readonly number[] {
  const { pairs } = readPorts(value, 0, draft.variables.ports);
  const ports: number[] = [];
  for (let i = 0; i < pairs.length; i += 2) for (let port = pairs[i]!; port <= pairs[i + 1]! && ports.length < 64; port++) ports.push(port);
  return ports;
}

const tunnel = (patch: (draft: Draft, value: string) => Partial<RuleSettings['tunnels']>) => (draft: Draft, value: string): void => { draft.tunnels = { ...draft.tunnels, ...patch(draft, value) }; };
const stream = (patch: (value: string) => Partial<RuleSettings['stream']>) => (draft: Draft, value: string): void => { draft.stream = { ...draft.stream, ...patch(value) }; };
const eve = (patch: (value: string) => Partial<RuleSettings['eve']>) => (draft: Draft, value: string): void => { draft.eve = { ...draft.eve, ...patch(value) }; };
const EVE_ALERT = String.raw`^outputs\.\d+\.eve-log\.types\.\d+\.alert\.`;

/** Settings that are followed. Variables come first, since ports may name them. */
export const KNOWN: readonly Known[] = [
  { key: /^vars\.address-groups\.([\w-]+)$/, apply: (draft, value, m) => { draft.variables = { ...draft.variables, addresses: new Map([...draft.variables.addresses, [m[1]!, value]]) }; } },
  { key: /^vars\.port-groups\.([\w-]+)$/, apply: (draft, value, m) => { draft.variables = { ...draft.variables, ports: new Map([...draft.variables.ports, [m[1]!, value]]) }; } },
  { key: /^decoder\.vxlan\.enabled$/, apply: tunnel((_, v) => ({ vxlan: yes(v) })) },
  { key: /^decoder\.vxlan\.ports$/, apply: tunnel((d, v) => ({ vxlanPorts: portList(d, v) })) },
  { key: /^decoder\.vxlan\.reserved-bits-check$/, apply: tunnel((_, v) => ({ vxlanStrict: v === 'strict' || (v !== 'permissive' && bad(`“${v}” is no check of reserved bits`, 'It is strict or permissive.')) })) },
  { key: /^decoder\.geneve\.enabled$/, apply: tunnel((_, v) => ({ geneve: yes(v) })) },
  { key: /^decoder\.geneve\.ports$/, apply: tunnel((d, v) => ({ genevePorts: portList(d, v) })) },
  { key: /^decoder\.teredo\.enabled$/, apply: tunnel((_, v) => ({ teredo: yes(v) })) },
  { key: /^decoder\.teredo\.ports$/, apply: tunnel((d, v) => ({ teredoPorts: portList(d, v) })) },
  { key: /^vxlens\.keywords$/, apply: (draft, value) => { draft.ours = yes(value); } },
  { key: /^packet-alert-max$/, apply: (draft, value) => { draft.maxAlerts = Number(/^\d{1,5}$/.test(value) ? value : bad(`“${value}” is no count of alerts`, 'Write a number.')); } },
  { key: /^threshold-file$/, apply: (draft, value) => { draft.thresholdFile = value; } },
  { key: /^action-order\.(\d+)$/, apply: (draft, value, m) => { draft.actionOrder = orderWith(draft.actionOrder, Number(m[1]), value); } },
  { key: /^stream\.midstream$/, apply: stream((v) => ({ midstream: yes(v) })) },
  { key: /^stream\.async-oneside$/, apply: stream((v) => ({ asyncOneside: yes(v) })) },
  { key: /^stream\.checksum-validation$/, apply: stream((v) => ({ checksums: yes(v) })) },
  { key: /^pcap-file\.checksum-checks$/, apply: stream((v) => ({ checksumChecks: v.toLowerCase() === 'auto' ? 'auto' : yes(v) ? 'yes' : 'no' })) },
  { key: /^stream\.inline$/, apply: stream((v) => ({ inline: yes(v), inlineOff: v !== 'auto' && !yes(v) })) },
  { key: /^stream\.reassembly\.depth$/, apply: stream((v) => ({ depth: bytes(v) || Infinity })) },
  { key: /^exception-policy$/, apply: stream((v) => ({ midstreamPolicy: oneOf(EXCEPTION_POLICIES, v, 'exception policy') })) },
  { key: /^stream\.drop-invalid$/, apply: stream((v) => ({ dropInvalid: yes(v) })) },
  { key: /^stream\.liberal-timestamps$/, apply: stream((v) => ({ liberalTimestamps: yes(v) })) },
  { key: /^stream\.max-syn-queued$/, apply: stream((v) => ({ maxSynQueued: count(v, 255) })) },
  { key: /^stream\.max-synack-queued$/, apply: stream((v) => ({ maxSynAckQueued: count(v, 255) })) },
  { key: /^stream\.midstream-policy$/, apply: stream((v) => ({ midstreamPolicy: oneOf(EXCEPTION_POLICIES, v, 'exception policy') })) },
  { key: /^stream\.reassembly\.toserver-chunk-size$/, apply: stream((v) => ({ chunkToServer: bytes(v) })) },
  { key: /^stream\.reassembly\.toclient-chunk-size$/, apply: stream((v) => ({ chunkToClient: bytes(v) })) },
  { key: /^stream\.reassembly\.check-overlap-different-data$/, apply: stream((v) => ({ checkOverlap: yes(v) })) },
  { key: /^stream\.reassembly\.urgent\.policy$/, apply: stream((v) => ({ urgent: oneOf(['inline', 'drop', 'oob', 'gap'], v, 'policy for urgent data') })) },
  { key: /^stream\.reassembly\.urgent\.oob-limit-policy$/, apply: stream((v) => ({ urgentLimit: oneOf(['inline', 'drop', 'gap'], v, 'policy for urgent data') })) },
  { key: /^host-os-policy\.([\w-]+)(?:\.\d+)?$/, apply: (draft, value, m) => { draft.stream = { ...draft.stream, hosts: [...draft.stream.hosts, ...hostPolicies(oneOf(OS_POLICIES, m[1]!, 'host-os-policy'), value)] }; } },
  { key: /^decoder\.recursion-level\.use-for-tracking$/, apply: stream((v) => ({ levels: yes(v) })) },
  { key: /^app-layer\.protocols\.([\w-]+)(?:\.(tcp|udp))?\.enabled$/, apply: (draft, value, m) => { draft.stream = { ...draft.stream, applications: switched(draft.stream.applications, m[1]!, m[2] ?? '', value) }; } },
  { key: /^vlan\.use-for-tracking$/, apply: stream((v) => ({ vlans: yes(v) })) },
  { key: /^outputs\.\d+\.eve-log\.ethernet$/, apply: eve((v) => ({ ethernet: yes(v) })) },
  { key: /^outputs\.\d+\.eve-log\.pcap-file$/, apply: eve((v) => ({ pcapFile: yes(v) })) },
  { key: new RegExp(`${EVE_ALERT}verdict$`), apply: eve((v) => ({ verdict: yes(v) })) },
  { key: new RegExp(`${EVE_ALERT}packet$`), apply: eve((v) => ({ packet: yes(v) })) },
  { key: new RegExp(`${EVE_ALERT}tagged-packets$`), apply: eve((v) => ({ taggedPackets: yes(v) })) },
  { key: /^flow-timeouts\.(default|tcp|udp|icmp)\.(new|established|closed)$/, apply: (draft, value, m) => { draft.stream = { ...draft.stream, timeouts: timed(draft.stream.timeouts, m[1]!, m[2]!, value) }; } },
  { key: new RegExp(`${EVE_ALERT}metadata$`), apply: eve((v) => ({ flow: yes(v), appLayer: yes(v), ruleMetadata: yes(v) })) },
  { key: new RegExp(`${EVE_ALERT}metadata\\.flow$`), apply: eve((v) => ({ flow: yes(v) })) },
  { key: new RegExp(`${EVE_ALERT}metadata\\.app-layer$`), apply: eve((v) => ({ appLayer: yes(v) })) },
  { key: new RegExp(`${EVE_ALERT}metadata\\.rule\\.metadata$`), apply: eve((v) => ({ ruleMetadata: yes(v) })) },
  { key: new RegExp(`${EVE_ALERT}payload$`), apply: eve((v) => ({ payload: yes(v) })) },
  { key: new RegExp(`${EVE_ALERT}payload-printable$`), apply: eve((v) => ({ payloadPrintable: yes(v) })) },
  { key: new RegExp(`${EVE_ALERT}payload-buffer-size$`), apply: eve((v) => ({ payloadLimit: bytes(v) })) },
];

const LONGEST = 999_999_999;
const timed = (timeouts: FlowTimeouts, protocol: string, state: string, value: string): FlowTimeouts => {
  const name = oneOf(TIMED, protocol, 'protocol with timeouts');
  return { ...timeouts, [name]: { ...timeouts[name], [state]: count(value, LONGEST) } };
};

const withName = (set: ReadonlySet<string>, name: string, isIn: boolean): ReadonlySet<string> => new Set(isIn ? [...set, name] : [...set].filter((one) => one !== name));

/** A protocol switched on, off, or to detection only. */
function switched({ noTcp, noUdp, unread }: ApplicationSettings, name: string, over: string, value: string): ApplicationSettings {
  const only = value.toLowerCase() === 'detection-only';
  const off = !only && !yes(value);
  return { noTcp: over === 'udp' ? noTcp : withName(noTcp, name, off), noUdp: over === 'tcp' ? noUdp : withName(noUdp, name, off), unread: withName(unread, name, only) };
}

/** Puts an action in its place; the others follow in their order. */
function orderWith(order: readonly Action[], place: number, value: string): readonly Action[] {
  const action = order.find((name) => name === value) ?? bad(`“${value}” is no action`, 'Actions are pass, drop, reject and alert.');
  return order.filter((name) => name !== action).toSpliced(place, 0, action);
}

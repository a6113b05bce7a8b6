import { nearest } from '../parse/nearest.ts';
import { readPorts } from '../parse/ports.ts';
import { withVariables } from '../parse/variables.ts';
import { RuleError } from '../rule-error.ts';
import type { Action } from '../signature.ts';
import { type RuleSettings, STOCK_SETTINGS } from './settings.ts';

/** A suricata.yaml as it is written: every scalar a string. */
export type Setting = string | null | readonly Setting[] | { readonly [name: string]: Setting };

export interface ReadSettings {
  readonly settings: RuleSettings;
  /** Settings that are right and not followed here, as sentences. */
  readonly notes: readonly string[];
  /** Settings that are wrong, as sentences. */
  readonly faults: readonly string[];
}

type Scalars = ReadonlyMap<string, string>;

/** "a.b.c" to its value; members of lists by number: "outputs.0.eve-log.enabled". Bounded in depth, since a file may nest without end. */
function flatten(setting: Setting, prefix: string, into: Map<string, string>, depth: number): void {
  if (depth > 32) return;
  if (setting === null || typeof setting === 'string') { into.set(prefix, setting ?? ''); return; }
  const entries = Array.isArray(setting) ? (setting as readonly Setting[]).map((member, i): [string, Setting] => [String(i), member]) : Object.entries(setting);
  for (const [name, value] of entries) flatten(value, prefix === '' ? name : `${prefix}.${name}`, into, depth + 1);
}

/** Parts of suricata.yaml that change no alert: where and how things are written, how fast and with how much memory Suricata works. */
const WITHOUT_EFFECT: readonly RegExp[] = [
  /^(stats|logging|default-log-dir|default-rule-path|rule-files|classification-file|reference-config-file|coredump|host-mode|runmode|run-as|unix-command|profiling|af-packet|af-xdp|dpdk|pcap|pfring|netmap|napatech|nfq|nflog|ipfw|mpipe|cuda|threading|spm-algo|mpm-algo|engine-analysis|max-pending-packets|default-packet-size|sensor-name|pid-file|luajit|security|legacy|host-os-policy|asn1-max-frames|capture|plugins|include|threshold-file|suricata-version|profile|flow-timeouts|host|ippair|pcap-log|magic-file|pcre|rdp|datasets)(\.|$)/,
  /^detect(\.|$)/, /^flow\.(memcap|hash-size|prealloc|emergency-recovery|managers|recyclers|prune-flows)$/, /^defrag\./,
  /^stream\.(memcap|prealloc-sessions|max-sessions|memcap-policy|midstream-policy|drop-invalid)$/, /^stream\.reassembly\.(memcap|toserver-chunk-size|toclient-chunk-size|randomize-chunk-size|randomize-chunk-range|raw|segment-prealloc|check-overlap-different-data|memcap-policy|chunk-prealloc)$/,
  /^outputs\.\d+\.(stats|unified2-alert|http-log|tls-log|tls-store|pcap-log|alert-debug|alert-prelude|syslog|drop|file-store|tcp-data|http-body-data|lua|pcap-info|dns-log)(\.|$)/,
  /^outputs\.\d+\.(fast|eve-log)\.(enabled|filename|filetype|append|redis|level|identity|facility|threaded|community-id|community-id-seed|rotate-interval|xff)(\.|$)/,
  /^outputs\.\d+\.eve-log\.types(\.|$)/, /^outputs$/, /^outputs\.\d+$/,
];

const yes = (value: string): boolean => /^(yes|true|1|on|enabled)$/i.test(value);

type Draft = { -readonly [K in keyof RuleSettings]: RuleSettings[K] };
interface Known { readonly key: RegExp; readonly apply: (draft: Draft, value: string, match: RegExpExecArray) => void }

const bad = (what: string, next: string): never => { throw new RuleError(what, 0, 0, next); };

/** A number of bytes, "1mb" and the like included. */
function bytes(value: string): number {
  const [, number = '', unit = ''] = /^(\d+)\s*([kmg]?)i?b?$/i.exec(value.trim()) ?? [];
  if (number === '') bad(`“${value}” is no size`, 'Write a number, or one with kb, mb or gb.');
  return Number(number) * 1024 ** ['', 'k', 'm', 'g'].indexOf(unit.toLowerCase());
}

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
const KNOWN: readonly Known[] = [
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
  { key: /^action-order\.(\d+)$/, apply: (draft, value, m) => { draft.actionOrder = orderWith(draft.actionOrder, Number(m[1]), value); } },
  { key: /^stream\.midstream$/, apply: stream((v) => ({ midstream: yes(v) })) },
  { key: /^stream\.async-oneside$/, apply: stream((v) => ({ asyncOneside: yes(v) })) },
  { key: /^stream\.checksum-validation$/, apply: stream((v) => ({ checksums: yes(v) })) },
  { key: /^stream\.inline$/, apply: stream((v) => ({ inline: yes(v) })) },
  { key: /^stream\.reassembly\.depth$/, apply: stream((v) => ({ depth: bytes(v) || Infinity })) },
  { key: /^host-os-policy\.(windows|vista|windows2k3)(\.\d+)?$/, apply: stream((v) => (v === '0.0.0.0/0' ? { overlap: 'windows' } : {})) },
  { key: /^host-os-policy\.bsd(\.\d+)?$/, apply: stream((v) => (v === '0.0.0.0/0' ? { overlap: 'bsd' } : {})) },
  { key: /^vlan\.use-for-tracking$/, apply: stream((v) => ({ vlans: yes(v) })) },
  { key: /^outputs\.\d+\.eve-log\.ethernet$/, apply: eve((v) => ({ ethernet: yes(v) })) },
  { key: /^outputs\.\d+\.eve-log\.pcap-file$/, apply: eve((v) => ({ pcapFile: yes(v) })) },
  { key: new RegExp(`${EVE_ALERT}verdict$`), apply: eve((v) => ({ verdict: yes(v) })) },
  { key: new RegExp(`${EVE_ALERT}packet$`), apply: eve((v) => ({ packet: yes(v) })) },
  { key: new RegExp(`${EVE_ALERT}tagged-packets$`), apply: eve((v) => ({ taggedPackets: yes(v) })) },
  { key: new RegExp(`${EVE_ALERT}payload$`), apply: eve((v) => ({ payload: yes(v) })) },
  { key: new RegExp(`${EVE_ALERT}payload-printable$`), apply: eve((v) => ({ payloadPrintable: yes(v) })) },
  { key: new RegExp(`${EVE_ALERT}payload-buffer-size$`), apply: eve((v) => ({ payloadLimit: bytes(v) })) },
];

/** Puts an action in its place; the others follow in their order. */
function orderWith(order: readonly Action[], place: number, value: string): readonly Action[] {
  const action = order.find((name) => name === value) ?? bad(`“${value}” is no action`, 'Actions are pass, drop, reject and alert.');
  return order.filter((name) => name !== action).toSpliced(place, 0, action);
}

/** Words that a key may start with. */
const SECTIONS = ['vars', 'decoder', 'stream', 'outputs', 'packet-alert-max', 'action-order', 'vlan', 'pcap-file', 'app-layer', 'flow', 'detect', 'defrag', 'livedev', 'exception-policy', 'firewall', 'ips'];

/** Reads a suricata.yaml (null for the stock one) and `KEY=VALUE` settings over it. */
export function readSettings(tree: Setting, overrides: readonly string[], base: RuleSettings = STOCK_SETTINGS): ReadSettings {
  const scalars = new Map<string, string>();
  if (tree !== null) flatten(tree, '', scalars, 0);
  const faults: string[] = [];
  for (const text of overrides) {
    const equals = text.indexOf('=');
    if (equals < 1) faults.push(`“${text}” is no setting: write KEY=VALUE.`); else scalars.set(text.slice(0, equals).trim(), text.slice(equals + 1).trim());
  }
  const draft: Draft = { ...base, variables: withVariables(base.variables.addresses, base.variables.ports) };
  // Without a word on it, Suricata takes every host for a BSD; its own yaml says windows.
  if (tree !== null && ![...scalars.keys()].some((key) => key.startsWith('host-os-policy.'))) draft.stream = { ...draft.stream, overlap: 'bsd' };
  // The stock yaml asks for packets that are tagged; one that does not say so does not.
  if (tree !== null) draft.eve = { ...draft.eve, taggedPackets: false };
  const notes = new Set<string>();
  for (const [key, value] of inOrder(scalars)) {
    const fault = follow(draft, key, value, notes);
    if (fault !== '') faults.push(fault);
  }
  return { settings: draft, notes: [...notes], faults };
}

const inOrder = (scalars: Scalars): [string, string][] => [...scalars].sort(([a], [b]) => Number(b.startsWith('vars.')) - Number(a.startsWith('vars.')));

/** Follows one setting; answers a sentence when it is wrong. */
function follow(draft: Draft, key: string, value: string, notes: Set<string>): string {
  for (const known of KNOWN) {
    const match = known.key.exec(key);
    if (match === null) continue;
    try { known.apply(draft, value, match); return ''; } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      return `${key}: ${error.message}. ${error.next}`;
    }
  }
  if (WITHOUT_EFFECT.some((pattern) => pattern.test(key))) return '';
  const section = key.split('.')[0]!;
  if (SECTIONS.includes(section)) { notes.add(`The setting ${key.replace(/\.\d+(?=\.|$)/g, '')} is not followed here.`); return ''; }
  const meant = nearest(section, SECTIONS);
  return `There is no setting “${key}”.${meant === '' ? '' : ` Did you mean “${meant}${key.slice(section.length)}”?`}`;
}

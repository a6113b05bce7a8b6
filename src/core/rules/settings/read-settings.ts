import { nearest } from '../parse/nearest.ts';
import { withVariables } from '../parse/variables.ts';
import { RuleError } from '../rule-error.ts';
import { AS_HERE, type Draft, KNOWN, WITHOUT_EFFECT } from './known-settings.ts';
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

/** "a.b.c" to its value; members of lists by number: "outputs.0.eve-log.enabled". A name without a value says nothing. Bounded in depth, since a file may nest without end. */
function flatten(setting: Setting, prefix: string, into: Map<string, string>, depth: number): void {
  if (depth > 32) return;
  if (setting === null) return;
  if (typeof setting === 'string') { into.set(prefix, setting); return; }
  const entries = Array.isArray(setting) ? (setting as readonly Setting[]).map((member, i): [string, Setting] => [String(i), member]) : Object.entries(setting);
  for (const [name, value] of entries) flatten(value, prefix === '' ? name : `${prefix}.${name}`, into, depth + 1);
}

/** Words that a key may start with. */
const SECTIONS = ['vars', 'decoder', 'stream', 'outputs', 'packet-alert-max', 'action-order', 'vlan', 'pcap-file', 'app-layer', 'flow', 'detect', 'defrag', 'livedev', 'exception-policy', 'firewall', 'ips', 'threshold-file', 'flow-timeouts'];

/** Reads a suricata.yaml (null for the stock one) and `KEY=VALUE` settings over it. */
export function readSettings(tree: Setting, overrides: readonly string[], base: RuleSettings = STOCK_SETTINGS): ReadSettings {
  const scalars = new Map<string, string>();
  if (tree !== null) flatten(tree, '', scalars, 0);
  const faults: string[] = [];
  const typed = new Set(overrides.map((text) => text.split('=', 1)[0]!.trim()));
  for (const text of overrides) {
    const equals = text.indexOf('=');
    if (equals < 1) faults.push(`“${text}” is no setting: write KEY=VALUE.`); else scalars.set(text.slice(0, equals).trim(), text.slice(equals + 1).trim());
  }
  const draft: Draft = { ...base, variables: withVariables(base.variables.addresses, base.variables.ports) };
  // What the stock yaml says is not so without a word on it: hosts are then BSDs, urgent data is read as any other, and Teredo is looked for on every port.
  if (tree !== null) draft.tunnels = { ...draft.tunnels, teredoPorts: [] };
  if (tree !== null) draft.stream = { ...draft.stream, hosts: [], urgent: 'inline', urgentLimit: 'inline' };
  // The stock yaml asks for packets that are tagged; one that does not say so does not.
  if (tree !== null) draft.eve = { ...draft.eve, taggedPackets: false };
  const notes = new Set<string>();
  for (const [key, value] of inOrder(scalars)) {
    const fault = follow(draft, key, value, { notes, isTyped: typed.has(key) });
    if (fault !== '') faults.push(fault);
  }
  return { settings: draft, notes: [...notes], faults };
}

/** Variables first, since ports name them, then what others override. */
const rank = (key: string): number => (key.startsWith('vars.') ? 0 : key === 'exception-policy' ? 1 : 2);
const inOrder = (scalars: Scalars): [string, string][] => [...scalars].sort(([a], [b]) => rank(a) - rank(b));

/** Follows one setting; answers a sentence when it is wrong. Names that are not known are passed over, as by Suricata, save one that is typed and has a letter wrong. */
function follow(draft: Draft, key: string, value: string, { notes, isTyped }: { notes: Set<string>; isTyped: boolean }): string {
  for (const known of KNOWN) {
    const match = known.key.exec(key);
    if (match === null) continue;
    try { known.apply(draft, value, match); return ''; } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      return `${key}: ${error.message}. ${error.next}`;
    }
  }
  if (WITHOUT_EFFECT.some((pattern) => pattern.test(key)) || AS_HERE.some((same) => same.key.test(key) && same.value.test(value))) return '';
  const section = key.split('.')[0]!;
  const meant = SECTIONS.includes(section) || !isTyped ? '' : nearest(section, SECTIONS);
  if (meant !== '') return `There is no setting “${key}”. Did you mean “${meant}${key.slice(section.length)}”?`;
  notes.add(`The setting ${key.replace(/\.\d+(?=\.|$)/g, '')} is not followed here.`);
  return '';
}

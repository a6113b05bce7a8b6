// What a declaration says in names and numbers, in the words of the reference page: where a protocol is found, what it follows, what type a field has.

import type { FieldInfo } from '../dissect/program.ts';
import type { Protocol } from '../dissect/protocol.ts';
import { wordsFor } from './literal.ts';
import type { ValueType } from './value.ts';

/** A document, and its address where there is one that anybody may read; '' otherwise. */
export interface Source { readonly text: string; readonly address: string }

/** "RFC 7348 section 5; draft-foschiano-erspan-03 section 4; IEEE 802.1Q" in its parts, each once. */
export const sourcesOf = (reference: string): readonly Source[] =>
  [...new Set(reference.split(';').map((part) => part.trim()).filter(Boolean))].map((text) => ({ text, address: addressOf(text) }));

function addressOf(text: string): string {
  const [, rfc, draft, word = '', at = ''] = /^(?:RFC (\d+)|(draft-[a-z0-9-]+))(?: (sections?|appendix) ([\d.A-Z]+))?/.exec(text) ?? [];
  const section = at === '' ? '' : `#${word === 'appendix' ? 'appendix' : 'section'}-${at}`;
  if (rfc !== undefined) return `https://www.rfc-editor.org/rfc/rfc${rfc}${section}`;
  if (draft !== undefined) return `https://datatracker.ietf.org/doc/html/${draft}${section}`;
  return OTHERS.find(([begin]) => text.startsWith(begin))?.[1] ?? '';
}

const OTHERS: readonly (readonly [begin: string, address: string])[] = [
  ['tcpdump.org/linktypes.html', 'https://www.tcpdump.org/linktypes.html'], ['sflow.org', 'https://sflow.org/sflow_version_5.txt'], ['wireguard.com/protocol', 'https://www.wireguard.com/protocol/'],
];

/** Tables of the dissector, as people say where they look. */
const PLACES: Readonly<Record<string, readonly [words: string, hex?: boolean]>> = {
  'udp.port': ['UDP port'], 'tcp.port': ['TCP port'], 'sctp.port': ['SCTP port'], 'sctp.ppi': ['SCTP payload type'], 'ip.proto': ['IP protocol'], ethertype: ['Ethernet type', true], link: ['link type of the file'],
  'gre.proto': ['GRE protocol', true], 'ppp.protocol': ['PPP protocol', true], 'llc.dsap': ['LLC address or SNAP protocol', true], 'mpls.nibble': ['first four bits behind MPLS:'], 'nsh.next_proto': ['NSH next protocol'],
  'vxlan.next_proto': ['VXLAN-GPE next protocol'], 'erspan.ft': ['ERSPAN frame type', true], 'arcnet.protID': ['ARCNET protocol', true], 'null.family': ['address family'], 'ip.version': ['IP version'],
};

/** "UDP ports 53, 5353"; '' for a table that only this project has a name for. */
function placeText(table: string, numbers: readonly number[]): string {
  const [words, hex] = PLACES[table] ?? [];
  if (words === undefined) return '';
  const run = numbers.length > 8 && numbers.at(-1)! - numbers[0]! === numbers.length - 1;
  const written = numbers.map((n) => (hex ? `0x${n.toString(16).padStart(4, '0')}` : String(n)));
  return `${words}${numbers.length > 1 && words.endsWith('port') ? 's' : ''} ${run ? `${written[0]} to ${written.at(-1)}` : written.join(', ')}`;
}

/** Where the dissector looks for a protocol: "UDP port 4789", "any UDP port, by how it begins". */
export const foundAt = ({ over = {}, guesses = {} }: Protocol): readonly string[] => [
  ...Object.entries(over).filter(([, numbers]) => numbers.length > 0).map(([table, numbers]) => placeText(table, numbers)),
  ...Object.keys(guesses).filter((table) => PLACES[table]).map((table) => `any ${PLACES[table]![0]}, by how it begins`),
].filter(Boolean);

const TYPES: Readonly<Record<ValueType, string>> = {
  uint: 'Unsigned integer', bool: 'Boolean', ipv4: 'IPv4 address', ipv6: 'IPv6 address', ether: 'Ethernet or other MAC address', bytes: 'Sequence of bytes', protocol: 'Protocol', text: 'Character string',
  duration: 'Time span in seconds', time: 'Date and time',
};

/** "Unsigned integer, 24 bits" */
export function typeText(type: ValueType, infos: readonly FieldInfo[]): string {
  const widths = [...new Set(infos.map(({ width }) => width))];
  const word = type === 'uint' && infos.some(({ signed }) => signed) ? 'Signed integer' : TYPES[type];
  const scale = infos.length === 1 && infos[0]!.scale !== undefined && infos[0]!.scale > 1 ? `, counted in ${infos[0]!.scale} bytes` : '';
  return type === 'uint' && widths.length === 1 && widths[0]! > 0 ? `${word}, ${widths[0]} ${widths[0] === 1 ? 'bit' : 'bits'}${scale}` : word;
}

/** Values to begin with; addresses are those kept for examples (RFC 5737, RFC 3849, RFC 7042). */
const EXAMPLES: Readonly<Record<ValueType, string>> = {
  uint: '== 1', bool: '== 1', ipv4: '== 192.0.2.1', ipv6: '== 2001:db8::1', ether: '== 00:00:5e:00:53:01', bytes: 'contains 00:01', protocol: '', text: 'contains "text"', duration: '> 0.5', time: '>= "2024-01-31 00:00:00"',
};

/** A filter for the field: its first value with words, or one of its type to change. */
export function example(name: string, type: ValueType, infos: readonly FieldInfo[]): string {
  const value = type === 'uint' ? infos.map((info) => [info, wordsFor(info)[0]?.[0]] as const).find(([, first]) => first !== undefined) : undefined;
  if (!value) return `${name} ${EXAMPLES[type]}`.trim();
  const [{ display, width }, first] = value;
  return `${name} == ${display === 'hex' ? `0x${first!.toString(16).padStart(Math.ceil(width / 4), '0')}` : String(first)}`;
}

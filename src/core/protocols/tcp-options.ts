import { flag, gap, hex, uint, type Strings } from '../dissect/field.ts';
import type { Layer } from '../dissect/layer.ts';
import { blob, bytes, derived, fill, pick, tlv, type Cases } from '../dissect/part.ts';

const END = 0;
const NO_OPERATION = 1;
const MAX_SHIFT = 14; // RFC 7323 section 2.3

const KINDS: Strings = {
  0: 'End of Option List', 1: 'No-Operation', 2: 'Maximum Segment Size', 3: 'Window Scale', 4: 'SACK Permitted', 5: 'SACK', 6: 'Echo', 7: 'Echo Reply', 8: 'Timestamps', 11: 'CC', 12: 'CC.NEW', 13: 'CC.ECHO',
  19: 'MD5 Signature', 27: 'Quick-Start', 28: 'User Timeout', 29: 'TCP Authentication Option', 30: 'Multipath TCP', 34: 'TCP Fast Open Cookie', 69: 'Encryption Negotiation', 172: 'Accurate ECN Order 0', 174: 'Accurate ECN Order 1',
  253: 'Experiment 1', 254: 'Experiment 2',
};
const SUBTYPES: Strings = {
  0: 'Multipath Capable', 1: 'Join Connection', 2: 'Data Sequence Signal', 3: 'Add Address', 4: 'Remove Address', 5: 'Change Subflow Priority', 6: 'Fallback', 7: 'Fast Close', 8: 'TCP Reset',
};

const edges = [uint('options.sack_le', 32, 'TCP SACK Left Edge'), uint('options.sack_re', 32, 'TCP SACK Right Edge')];
const multiplier = derived('options.wscale.multiplier', 'Multiplier', (b, at) => 2 ** Math.min(MAX_SHIFT, b[at - 1]!));
const echo = [uint('options.echo_value', 32, 'TCP Echo Option')];
const connectionCount = [uint('options.cc_value', 32, 'TCP CC Option')];
const experiment = [hex('options.experimental.exid', 16, 'Experiment Identifier'), bytes('options.experimental.data', 'Data')];

const bodies: Cases = {
  2: [pick('option_len', { 4: [uint('options.mss_val', 16, 'MSS Value', { unit: 'bytes' })] })],
  3: [pick('option_len', { 3: [uint('options.wscale.shift', 8, 'Shift count'), multiplier] })],
  4: [],
  5: [derived('options.sack.count', 'TCP SACK Count', (_b, at, end) => Math.floor((end - at) / 8)), fill(edges)],
  6: echo, 7: echo,
  8: [pick('option_len', { 10: [uint('options.timestamp.tsval', 32, 'Timestamp value'), uint('options.timestamp.tsecr', 32, 'Timestamp echo reply')] })],
  11: connectionCount, 12: connectionCount, 13: connectionCount,
  19: [bytes('options.md5.digest', 'MD5 digest')],
  28: [flag('options.user_to_granularity', 'Granularity'), uint('options.user_to_val', 15, 'User Timeout')],
  29: [uint('options.ao.keyid', 8, 'AO KeyID'), uint('options.ao.rnextkeyid', 8, 'AO RNextKeyID'), bytes('options.ao.mac', 'AO MAC')],
  30: [uint('options.mptcp.subtype', 4, 'Multipath TCP subtype', { strings: SUBTYPES }), gap(4), bytes('options.mptcp.rawdata', 'Subtype-specific data')],
  34: [bytes('options.tfo.cookie', 'Fast Open Cookie')],
  253: experiment, 254: experiment,
};

/** The options of a TCP header (IANA, TCP Option Kind Numbers). Behind the end of the list only more of its zeros are read, as Wireshark does. */
export const tcpOptions = tlv({
  all: blob('options', 'TCP Options'),
  head: [uint('option_kind', 8, 'Kind', { strings: KINDS }), uint('option_len', 8, 'Length', { unit: 'bytes' })],
  type: 'option_kind', length: 'option_len', counts: 'option', single: [END, NO_OPERATION], last: END, drains: true, of: bodies, otherwise: [bytes('options.unknown.payload', 'Payload')],
});

/** The options as Wireshark's Info column tells them, in the order of the header. */
export function optionWords(l: Layer, baseAck: number): string[] {
  const said: string[] = [];
  const next: Record<string, number> = {};
  const take = (name: string): string => { const i = next[name] ?? 0; next[name] = i + 1; return l.texts(name)[i] ?? ''; };
  for (const kind of l.texts('option_kind')) said.push(...(SAID[Number(kind)]?.(take, baseAck) ?? []));
  return said;
}

type Take = (name: string) => string;
const relative = (edge: string, base: number): number => (Number(edge) - base) >>> 0;
const SAID: Readonly<Record<number, (take: Take, baseAck: number) => string[]>> = {
  2: (take) => { const mss = take('options.mss_val'); return mss ? [`MSS=${mss}`] : []; },
  3: (take) => { const factor = take('options.wscale.multiplier'); return factor ? [`WS=${factor}`] : []; },
  4: () => ['SACK_PERM'],
  5: (take, base) => Array.from({ length: Number(take('options.sack.count')) }, () => [`SLE=${relative(take('options.sack_le'), base)}`, `SRE=${relative(take('options.sack_re'), base)}`]).flat(),
  6: (take) => [`ECHO=${take('options.echo_value')}`], 7: (take) => [`ECHO=${take('options.echo_value')}`],
  8: (take) => { const value = take('options.timestamp.tsval'); return value ? [`TSval=${value}`, `TSecr=${take('options.timestamp.tsecr')}`] : []; },
  11: (take) => [`CC=${take('options.cc_value')}`], 12: (take) => [`CC.NEW=${take('options.cc_value')}`], 13: (take) => [`CC.ECHO=${take('options.cc_value')}`],
  19: () => ['MD5'],
  28: (take) => [`USER_TO=${take('options.user_to_val')}`],
  34: (take) => [take('options.tfo.cookie') ? 'TFO=C' : 'TFO=R'],
};

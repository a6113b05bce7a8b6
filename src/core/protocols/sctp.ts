import { flag, hex, uint, type FieldSpec, type Strings } from '../dissect/field.ts';
import type { Layer } from '../dissect/layer.ts';
import { blob, bytes, carried, derived, fill, pick, repeat, tlv, type Cases, type Part } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';
import { portWords } from './words.ts';
import { SCTP_PAYLOADS } from './numbers/sctp-payloads.ts';

const CHUNKS: Strings = {
  0: 'DATA', 1: 'INIT', 2: 'INIT_ACK', 3: 'SACK', 4: 'HEARTBEAT', 5: 'HEARTBEAT_ACK', 6: 'ABORT', 7: 'SHUTDOWN', 8: 'SHUTDOWN_ACK', 9: 'ERROR', 10: 'COOKIE_ECHO', 11: 'COOKIE_ACK', 12: 'ECNE', 13: 'CWR', 14: 'SHUTDOWN_COMPLETE',
  15: 'AUTH', 16: 'NR_SACK', 64: 'I_DATA', 128: 'ASCONF_ACK', 130: 'RE_CONFIG', 129: 'PKTDROP', 132: 'PAD', 192: 'FORWARD_TSN', 193: 'ASCONF', 194: 'I_FORWARD_TSN',
};
const PARAMETERS: Strings = {
  1: 'Heartbeat info', 5: 'IPv4 address', 6: 'IPv6 address', 7: 'State cookie', 8: 'Unrecognized parameter', 9: 'Cookie preservative', 11: 'Hostname address', 12: 'Supported address types', 13: 'Outgoing SSN reset request', 14: 'Incoming SSN reset request',
  15: 'SSN/TSN reset request', 16: 'Re-configuration response', 17: 'Add outgoing streams', 18: 'Add incoming streams', 0x8000: 'ECN', 0x8002: 'Random', 0x8003: 'Authenticated chunk list', 0x8004: 'Requested HMAC', 0x8005: 'Pad', 0x8008: 'Supported extensions',
  0xc000: 'Forward TSN supported', 0xc001: 'Add IP address', 0xc002: 'Delete IP address', 0xc003: 'Error cause indication', 0xc004: 'Set primary address', 0xc005: 'Success report', 0xc006: 'Adaptation layer indication',
};
const CAUSES: Strings = {
  1: 'Invalid stream identifier', 2: 'Missing mandatory parameter', 3: 'Stale cookie error', 4: 'Out of resource', 5: 'Unresolvable address', 6: 'Unrecognized chunk type', 7: 'Invalid mandatory parameter', 8: 'Unrecognized parameters', 9: 'No user data',
  10: 'Cookie received while shutting down', 11: 'Restart of an association with new addresses', 12: 'User initiated abort', 13: 'Protocol violation',
};
const [FIRST, LAST, UNORDERED, IMMEDIATE] = [2, 1, 4, 8]; // flags of a DATA chunk (RFC 9260 section 3.3.1, RFC 7053)

const parameters = tlv({
  head: [hex('parameter_type', 16, 'Parameter type', { strings: PARAMETERS }), uint('parameter_length', 16, 'Parameter length', { unit: 'bytes' })],
  type: 'parameter_type', length: 'parameter_length', counts: 'option', align: 4, of: {}, otherwise: [bytes('parameter_value', 'Parameter value')],
});
const causes = tlv({
  head: [hex('cause_code', 16, 'Cause code', { strings: CAUSES }), uint('cause_length', 16, 'Cause length', { unit: 'bytes' })],
  type: 'cause_code', length: 'cause_length', counts: 'option', align: 4, of: {}, otherwise: [bytes('cause_information', 'Cause-specific information')],
});

/** A flag of the chunk, whose flags stand before its length. */
const bit = (name: string, label: string, mask: number): Part => derived(name, label, (b, _at, _end, _start, option) => Number((b[option + 1]! & mask) !== 0), { type: 'bool', display: 'none' });
const payload = pick('data_payload_proto_id', Object.fromEntries(SCTP_PAYLOADS.map((id) => [id, [carried(null, 'sctp.ppi', 'data_payload_proto_id')]])), [carried(null, 'sctp.port', ['srcport', 'dstport'])]);
/** Only the first piece of a message that is in several says whose it is. */
const message: Part[] = [derived('first', '', (b, _at, _end, _start, option) => b[option + 1]! & FIRST, { hidden: true }), pick('first', { [FIRST]: [payload] }, [bytes('fragment', 'Fragment of a message')])];
const bits = [bit('data_e_bit', 'E-Bit', LAST), bit('data_b_bit', 'B-Bit', FIRST), bit('data_u_bit', 'U-Bit', UNORDERED), bit('data_i_bit', 'I-Bit', IMMEDIATE)];
const data = [
  ...bits, uint('data_tsn_raw', 32, 'Transmission sequence number (absolute)'), hex('data_sid', 16, 'Stream identifier'), uint('data_ssn', 16, 'Stream sequence number'), uint('data_payload_proto_id', 32, 'Payload protocol identifier'), ...message,
];
const initiation = (name: string): Part[] => [
  { ...hex(`${name}_initiate_tag`, 32, 'Initiate tag'), also: 'sctp.initiate_tag' }, uint(`${name}_credit`, 32, 'Advertised receiver window credit (a_rwnd)'), uint(`${name}_nr_out_streams`, 16, 'Number of outbound streams'),
  uint(`${name}_nr_in_streams`, 16, 'Number of inbound streams'), uint(`${name}_initial_tsn`, 32, 'Initial TSN'), parameters,
];
const acknowledgment = [
  uint('sack_cumulative_tsn_ack_raw', 32, 'Cumulative TSN ACK (absolute)'), uint('sack_a_rwnd', 32, 'Advertised receiver window credit (a_rwnd)'), uint('sack_number_of_gap_blocks', 16, 'Number of gap acknowledgement blocks'),
  uint('sack_number_of_duplicated_tsns', 16, 'Number of duplicated TSNs'), repeat('sack_number_of_gap_blocks', [uint('sack_gap_block_start', 16, 'Gap block start'), uint('sack_gap_block_end', 16, 'Gap block end')]),
  repeat('sack_number_of_duplicated_tsns', [uint('sack_duplicated_tsn', 32, 'Duplicate TSN')]),
];

const chunks: Cases = {
  0: data, 1: initiation('init'), 2: initiation('initack'), 3: acknowledgment, 4: [parameters], 5: [parameters], 6: [causes], 7: [uint('shutdown_cumulative_tsn_ack', 32, 'Cumulative TSN Ack')], 9: [causes], 10: [bytes('cookie', 'Cookie')],
  64: [...bits, uint('data_tsn_raw', 32, 'Transmission sequence number (absolute)'), hex('data_sid', 16, 'Stream identifier'), uint('data_reserved', 16, 'Reserved'), uint('data_mid', 32, 'Message identifier'), uint('data_payload_proto_id', 32, 'Payload protocol identifier'), ...message],
  128: [hex('asconf_ack_seq_nr', 32, 'Sequence number'), parameters], 130: [parameters], 193: [hex('asconf_seq_nr', 32, 'Sequence number'), parameters],
  192: [uint('forward_tsn_tsn', 32, 'New cumulative TSN'), fill([uint('forward_tsn_sid', 16, 'Stream identifier'), uint('forward_tsn_ssn', 16, 'Stream sequence number')])],
};

const type: FieldSpec = {
  ...uint('chunk_type', 8, 'Chunk type', { strings: CHUNKS }),
  views: [{ at: 0, field: flag('chunk_bit_1', 'Bit: skip chunk and continue') }, { at: 1, field: flag('chunk_bit_2', 'Bit: report') }],
};
const said = (l: Layer): string => l.rowsOf('chunk_type').map((_, i) => { const text = l.texts('chunk_type')[i]!; return CHUNKS[Number(text)] ?? `chunk ${text}`; }).join(' ');

export const sctp = protocol('sctp', {
  message: true, label: 'Stream Control Transmission Protocol', column: 'SCTP', reference: 'RFC 9260 section 3', over: { 'ip.proto': [132], 'udp.port': [9899] },
  header: [
    uint('srcport', 16, 'Source port', { also: 'sctp.port' }), uint('dstport', 16, 'Destination port', { also: 'sctp.port' }), hex('verification_tag', 32, 'Verification tag'), hex('checksum', 32, 'Checksum'),
    derived('checksum.status', 'Checksum Status', () => 2, { strings: { 2: 'Unverified' } }),
    tlv({
      head: [type, hex('chunk_flags', 8, 'Chunk flags'), uint('chunk_length', 16, 'Chunk length', { unit: 'bytes' })],
      type: 'chunk_type', length: 'chunk_length', counts: 'option', align: 4, padding: blob('chunk_padding', 'Chunk padding'), of: chunks, otherwise: [bytes('chunk_value', 'Chunk value')],
    }),
  ],
  closed: true,
  carries: portWords,
  summary: (l) => `${l.text('srcport')} → ${l.text('dstport')}`, title: (l) => `, Src Port: ${l.text('srcport')}, Dst Port: ${l.text('dstport')}`,
  info: said,
});

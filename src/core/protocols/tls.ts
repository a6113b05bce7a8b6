import { hex, uint, type FieldSpec, type Strings } from '../dissect/field.ts';
import type { Layer } from '../dissect/layer.ts';
import { blob, bytes, derived, fill, pick, tlv, within, words, type Cases, type Part, type Probe } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';
import { tlsRecall } from './memory/tls-memory.ts';
import { ja3, ja3s, ja4, md5Hex } from './tls-fingerprint.ts';
import { type Hello, readHello } from './tls-hello.ts';

export const CONTENT: Strings = { 20: 'Change Cipher Spec', 21: 'Alert', 22: 'Handshake', 23: 'Application Data', 24: 'Heartbeat' };
export const VERSIONS: Strings = { 0x0002: 'SSL 2.0', 0x0300: 'SSL 3.0', 0x0301: 'TLS 1.0', 0x0302: 'TLS 1.1', 0x0303: 'TLS 1.2', 0x0304: 'TLS 1.3', 0xfeff: 'DTLS 1.0', 0xfefd: 'DTLS 1.2', 0xfefc: 'DTLS 1.3' };
export const HANDSHAKE: Strings = {
  0: 'Hello Request', 1: 'Client Hello', 2: 'Server Hello', 3: 'Hello Verify Request', 4: 'New Session Ticket', 5: 'End of Early Data', 6: 'Hello Retry Request', 8: 'Encrypted Extensions', 11: 'Certificate', 12: 'Server Key Exchange', 13: 'Certificate Request',
  14: 'Server Hello Done', 15: 'Certificate Verify', 16: 'Client Key Exchange', 20: 'Finished', 21: 'Certificate URL', 22: 'Certificate Status', 23: 'Supplemental Data', 24: 'Key Update', 25: 'Compressed Certificate', 67: 'Encrypted Extensions',
};
export const ALERTS: Strings = {
  0: 'Close Notify', 10: 'Unexpected Message', 20: 'Bad Record MAC', 21: 'Decryption Failed', 22: 'Record Overflow', 30: 'Decompression Failure', 40: 'Handshake Failure', 41: 'No Certificate', 42: 'Bad Certificate', 43: 'Unsupported Certificate', 44: 'Certificate Revoked',
  45: 'Certificate Expired', 46: 'Certificate Unknown', 47: 'Illegal Parameter', 48: 'Unknown CA', 49: 'Access Denied', 50: 'Decode Error', 51: 'Decrypt Error', 70: 'Protocol Version', 71: 'Insufficient Security', 80: 'Internal Error', 86: 'Inappropriate Fallback',
  90: 'User Canceled', 100: 'No Renegotiation', 109: 'Missing Extension', 110: 'Unsupported Extension', 112: 'Unrecognized Name', 113: 'Bad Certificate Status Response', 115: 'Unknown PSK Identity', 116: 'Certificate Required', 120: 'No application Protocol',
};
const EXTENSIONS: Strings = {
  0: 'server_name', 1: 'max_fragment_length', 5: 'status_request', 10: 'supported_groups', 11: 'ec_point_formats', 13: 'signature_algorithms', 14: 'use_srtp', 15: 'heartbeat', 16: 'application_layer_protocol_negotiation', 18: 'signed_certificate_timestamp', 21: 'padding',
  22: 'encrypt_then_mac', 23: 'extended_master_secret', 27: 'compress_certificate', 35: 'session_ticket', 41: 'pre_shared_key', 42: 'early_data', 43: 'supported_versions', 44: 'cookie', 45: 'psk_key_exchange_modes', 50: 'signature_algorithms_cert', 51: 'key_share',
  13172: 'next_protocol_negotiation', 17513: 'application_settings', 65037: 'encrypted_client_hello', 65281: 'renegotiation_info',
};
const [CHANGE, ALERT, MESSAGES, HEARTBEAT] = [20, 21, 22, 24];
const [CLIENT, SERVER, CERTIFICATE] = [1, 2, 11];
const RECORD = 5; // bytes of its header

const field = (name: string): string => `handshake.${name}`;
export const list = (length: FieldSpec, of: Part[]): Part[] => [length, within(length.name, [fill(of)])];
const version = hex(field('extensions.supported_version'), 16, 'Supported Version', { strings: VERSIONS });
const share: Part[] = [uint(field('extensions_key_share_group'), 16, 'Group'), uint(field('extensions_key_share_key_exchange_length'), 16, 'Key Exchange Length'), within(field('extensions_key_share_key_exchange_length'), [bytes(field('extensions_key_share_key_exchange'), 'Key Exchange')])];

/** Bodies of extensions that are alike in both hellos, and those of one side. */
const shared: Cases = {
  0: list(uint(field('extensions_server_name_list_len'), 16, 'Server Name list length'), [
    uint(field('extensions_server_name_type'), 8, 'Server Name Type'), uint(field('extensions_server_name_len'), 16, 'Server Name length'), within(field('extensions_server_name_len'), [words(field('extensions_server_name'), 'Server Name')]),
  ]),
  10: list(uint(field('extensions_supported_groups_length'), 16, 'Supported Groups List Length'), [hex(field('extensions_supported_group'), 16, 'Supported Group')]),
  11: list(uint(field('extensions_ec_point_formats_length'), 8, 'EC point formats Length'), [uint(field('extensions_ec_point_format'), 8, 'EC point format')]),
  13: list(uint(field('sig_hash_alg_len'), 16, 'Signature Hash Algorithms Length'), [hex(field('sig_hash_alg'), 16, 'Signature Algorithm')]),
  50: list(uint(field('sig_hash_alg_len'), 16, 'Signature Hash Algorithms Length'), [hex(field('sig_hash_alg'), 16, 'Signature Algorithm')]),
  16: list(uint(field('extensions_alpn_len'), 16, 'ALPN Extension Length'), [uint(field('extensions_alpn_str_len'), 8, 'ALPN string length'), within(field('extensions_alpn_str_len'), [words(field('extensions_alpn_str'), 'ALPN Next Protocol')])]),
  45: list(uint('extension.psk_ke_modes_length', 8, 'PSK Key Exchange Modes Length'), [uint('extension.psk_ke_mode', 8, 'PSK Key Exchange Mode')]),
};
export const client: Cases = { ...shared, 43: list(uint(field('extensions.supported_versions_len'), 8, 'Supported Versions length'), [version]), 51: list(uint(field('extensions_key_share_client_length'), 16, 'Client Key Share Length'), share) };
export const server: Cases = { ...shared, 43: [version], 51: [pick((_b, at, end) => end - at, { 2: [uint(field('extensions_key_share_selected_group'), 16, 'Selected Group')] }, share)] };
export const extensions = (of: Cases): Part[] => [
  uint(field('extensions_length'), 16, 'Extensions Length'), within(field('extensions_length'), [tlv({
    head: [uint(field('extension.type'), 16, 'Type', { strings: EXTENSIONS }), uint(field('extension.len'), 16, 'Length')], type: field('extension.type'), length: field('extension.len'), counts: 'body', of, otherwise: [bytes(field('extension.data'), 'Data')],
  })]),
];
export const more = (parts: Part[]): Part => pick((_b, at, end) => Number(at < end), { 1: parts }); // older hellos end before their extensions
export const cipher = hex(field('ciphersuite'), 16, 'Cipher Suite');
export const method = uint(field('comp_method'), 8, 'Compression Method');
export const opening: Part[] = [
  hex(field('version'), 16, 'Version', { strings: VERSIONS }), { ...blob(field('random'), 'Random'), width: 256 }, uint(field('session_id_length'), 8, 'Session ID Length', { digits: 4 }), within(field('session_id_length'), [bytes(field('session_id'), 'Session ID')]),
];
/** A fingerprint is made of a hello that is whole as far as its ciphers; its message's length stands before its version. */
const print = (name: string, label: string, isClient: boolean, text: (hello: Hello) => string): Part => derived(field(name), label, () => 1, { type: 'text', display: 'none', text: (b, at, end) => {
  const hello = readHello(b, at, Math.min(end, at + ((b[at - 3]! << 16) | (b[at - 2]! << 8) | b[at - 1]!)), isClient);
  return hello === null ? '' : text(hello);
} });
const clientHello: Part[] = [
  print('ja3_full', 'JA3 Fullstring', true, ja3), print('ja3', 'JA3', true, (hello) => md5Hex(ja3(hello))), print('ja4', 'JA4', true, ja4),
  ...opening, ...list(uint(field('cipher_suites_length'), 16, 'Cipher Suites Length'), [cipher]), ...list(uint(field('comp_methods_length'), 8, 'Compression Methods Length'), [method]), more(extensions(client)),
];
const serverHello: Part[] = [print('ja3s_full', 'JA3S Fullstring', false, ja3s), print('ja3s', 'JA3S', false, (hello) => md5Hex(ja3s(hello))), ...opening, cipher, method, more(extensions(server))];
export const certificates: Part[] = [
  uint(field('certificates_length'), 24, 'Certificates Length'), within(field('certificates_length'), [fill([uint(field('certificate_length'), 24, 'Certificate Length'), within(field('certificate_length'), [bytes(field('certificate'), 'Certificate')])])]),
];

/** A handshake message whose type is none, or which is longer than its record, is encrypted: 1 for one that is not. */
const readable: Probe = (b, at, end, start) => {
  for (let record = start; record + RECORD <= at; record += RECORD + ((b[record + 3]! << 8) | b[record + 4]!)) if (b[record] === CHANGE) return 0;
  return at + 4 <= end && HANDSHAKE[b[at]!] !== undefined && ((b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!) <= 0x4000 ? 1 : 0;
};
const handshake = pick(readable, { 1: [
  uint(field('type'), 8, 'Handshake Type', { strings: HANDSHAKE }), uint(field('length'), 24, 'Length', { unit: 'bytes' }),
  within(field('length'), [pick(field('type'), { [CLIENT]: clientHello, [SERVER]: serverHello, [CERTIFICATE]: certificates })]),
] }, [bytes('handshake.encrypted', 'Encrypted Handshake Message')]);
const alert = pick((_b, at, end) => end - at, { 2: [uint('alert_message.level', 8, 'Level', { strings: { 1: 'Warning', 2: 'Fatal' } }), uint('alert_message.desc', 8, 'Description', { strings: ALERTS })] }, [bytes('alert_message', 'Encrypted Alert')]);

const record: Part[] = [
  uint('record.content_type', 8, 'Content Type', { strings: CONTENT }), hex('record.version', 16, 'Version', { strings: VERSIONS }), uint('record.length', 16, 'Length', { unit: 'bytes' }),
  within('record.length', [pick('record.content_type', { [CHANGE]: [bytes('change_cipher_spec', 'Change Cipher Spec Message')], [ALERT]: [alert], [MESSAGES]: [fill([handshake])], [HEARTBEAT]: [bytes('heartbeat_message', 'Heartbeat Message')] }, [bytes('app_data', 'Encrypted Application Data')])]),
];

/** A record starts here: its type and version are ones there are, and the rest of it is in this segment, or would be had the capture kept all. */
const isRecord: Probe = (b, at, end, _start, _option, reach = end) => Number(at + RECORD <= end && at + RECORD + ((b[at + 3]! << 8) | b[at + 4]!) <= reach && b[at]! >= CHANGE && b[at]! <= HEARTBEAT && b[at + 1] === 3 && b[at + 2]! <= 4);
const looksLikeTls: Probe = (b, at, end, start, option) => (at + RECORD <= end && ((b[at + 3]! << 8) | b[at + 4]!) <= 0x4800 ? isRecord(b, at, end, start, option, Infinity) : 0);

const said = (l: Layer): string => {
  const records = l.rowsOf('record.content_type').length === 0 ? ['Continuation Data'] : l.entries().flatMap(({ name, num }) => (name === 'record.content_type' && num !== MESSAGES ? [CONTENT[num] ?? ''] : name === 'handshake.type' ? [HANDSHAKE[num] ?? ''] : name === 'handshake.encrypted' ? ['Encrypted Handshake Message'] : []));
  return records.join(', ');
};

export const tls = protocol('tls', {
  label: 'Transport Layer Security', column: 'TLS', reference: 'RFC 8446; RFC 5246; RFC 6066', message: true,
  over: { 'tcp.port': [443, 465, 636, 802, 853, 993, 995, 1300, 2221, 2443, 3249, 3250, 3251, 3252, 3496, 5061, 5671, 5684, 5868, 8883, 11207, 19999, 27017], 'sctp.port': [443] }, guesses: { 'tcp.port': looksLikeTls }, keeps: true,
  recall: tlsRecall,
  header: [fill([pick(isRecord, { 1: record }, [bytes('continuation', 'Continuation Data')])])],
  columnOf: (l) => (l.has('record.version') ? (VERSIONS[l.num('record.version')] ?? 'TLS').replace('TLS 1', 'TLSv1').replace('SSL 3.0', 'SSLv3').replace('TLSv1.0', 'TLSv1') : 'TLS'),
  summary: said, title: () => '', info: said,
});

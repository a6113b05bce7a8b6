import { hex, uint, type Strings } from '../dissect/field.ts';
import type { Layer } from '../dissect/layer.ts';
import { bytes, fill, pick, within, type Part, type Probe } from '../dissect/part.ts';
import { protocol } from '../dissect/protocol.ts';
import { GUESSES } from './guesses.ts';
import { ALERTS, certificates, cipher, client, CONTENT, extensions, HANDSHAKE, list, method, more, opening, server, VERSIONS } from './tls.ts';

const [CHANGE, ALERT, MESSAGES, HEARTBEAT] = [20, 21, 22, 24];
const [CLIENT, SERVER, VERIFY, CERTIFICATE] = [1, 2, 3, 11];
const COLUMNS: Strings = { 0xfeff: 'DTLSv1.0', 0xfefd: 'DTLSv1.2', 0xfefc: 'DTLSv1.3' };

const cookie: Part[] = [uint('handshake.cookie_length', 8, 'Cookie Length'), within('handshake.cookie_length', [bytes('handshake.cookie', 'Cookie')])];
const bodies = {
  [CLIENT]: [...opening, ...cookie, ...list(uint('handshake.cipher_suites_length', 16, 'Cipher Suites Length'), [cipher]), ...list(uint('handshake.comp_methods_length', 8, 'Compression Methods Length'), [method]), more(extensions(client))],
  [SERVER]: [...opening, cipher, method, more(extensions(server))],
  [VERIFY]: [hex('handshake.version', 16, 'Version', { strings: VERSIONS }), ...cookie],
  [CERTIFICATE]: certificates,
};
const message: Part[] = [
  uint('handshake.type', 8, 'Handshake Type', { strings: HANDSHAKE }), uint('handshake.length', 24, 'Length', { unit: 'bytes' }), uint('handshake.message_seq', 16, 'Message Sequence'), uint('handshake.fragment_offset', 24, 'Fragment Offset'), uint('handshake.fragment_length', 24, 'Fragment Length', { unit: 'bytes' }),
  within('handshake.fragment_length', [pick('handshake.fragment_offset', { 0: [pick('handshake.type', bodies)] })]),
];
/** 0 in the first epoch, where nothing is encrypted; it stands ten bytes before a record's content. */
const epoch: Probe = (b, at) => Number(b[at - 10] !== 0 || b[at - 9] !== 0);
const record: Part[] = [
  uint('record.content_type', 8, 'Content Type', { strings: CONTENT }), hex('record.version', 16, 'Version', { strings: VERSIONS }), uint('record.epoch', 16, 'Epoch'), uint('record.sequence_number', 48, 'Sequence Number'), uint('record.length', 16, 'Length', { unit: 'bytes' }),
  within('record.length', [pick('record.content_type', {
    [CHANGE]: [bytes('change_cipher_spec', 'Change Cipher Spec Message')], [ALERT]: [pick(epoch, { 0: [uint('alert_message.level', 8, 'Level', { strings: { 1: 'Warning', 2: 'Fatal' } }), uint('alert_message.desc', 8, 'Description', { strings: ALERTS })] }, [bytes('alert_message.encrypted', 'Encrypted Alert')])],
    [MESSAGES]: [pick(epoch, { 0: [fill(message)] }, [bytes('handshake.encrypted', 'Encrypted Handshake Message')])], [HEARTBEAT]: [bytes('heartbeat', 'Heartbeat Message')],
  }, [bytes('app_data', 'Encrypted Application Data')])]),
];
const isRecord: Probe = (b, at, end) => Number(at + 13 <= end && b[at]! >= CHANGE && b[at]! <= 26 && b[at + 1] === 0xfe && b[at + 2]! >= 0xfc);

const said = (l: Layer): string => l.entries().flatMap(({ name, num }) => (name === 'record.content_type' && num !== MESSAGES ? [CONTENT[num] ?? ''] : name === 'handshake.type' ? [HANDSHAKE[num] ?? ''] : name === 'handshake.encrypted' ? ['Encrypted Handshake Message'] : [])).join(', ') || 'Continuation Data';

/** TLS over datagrams. What the client first says has no version yet, in Wireshark's column. */
export const dtls = protocol('dtls', {
  label: 'Datagram Transport Layer Security', column: 'DTLS', reference: 'RFC 6347 section 4; RFC 9147 section 4', message: true, over: { 'udp.port': [853, 2221, 5684, 5868] }, guesses: GUESSES.dtls!, keeps: true,
  header: [fill([pick(isRecord, { 1: record }, [bytes('continuation', 'Continuation Data')])])],
  columnOf: (l) => (l.num('handshake.type') === CLIENT ? 'DTLS' : COLUMNS[l.num('record.version')] ?? 'DTLS'), closed: true, summary: said, title: () => '', info: said,
});

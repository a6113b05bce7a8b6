// tshark's preferences (-o NAME:VALUE) that matter for what a field says. A table: what each is without -o, and what is not followed yet.

import type { Preferences } from '../core/dissect/occurrences.ts';
import { wrongArguments } from './arguments.ts';

interface Row { readonly usual: string; readonly words: readonly string[]; readonly verifies?: keyof Preferences; readonly reassembles?: true; readonly otherwise?: string }

const TRUTH = ['TRUE', 'FALSE'];
const unread = (usual: string, otherwise: string): Row => ({ usual, words: TRUTH, otherwise });
const whole = (what: string): Row => unread('FALSE', `${what} are not put together`);
const together: Row = { usual: 'FALSE', words: TRUTH, reassembles: true };
const plain = (what: string): Row => unread('FALSE', `${what} are read as they are`);
const verify = (verifies: keyof Preferences): Row => ({ usual: 'FALSE', words: TRUTH, verifies });

const ROWS: Readonly<Record<string, Row>> = {
  'ip.check_checksum': verify('ip.check_checksum'), 'tcp.check_checksum': verify('tcp.check_checksum'), 'udp.check_checksum': verify('udp.check_checksum'),
  'sctp.checksum': { usual: 'NONE', words: ['NONE', 'ADLER32', 'CRC32C', 'AUTOMATIC'], otherwise: 'SCTP checksums are not verified' },
  'ip.defragment': together, 'ipv6.defragment': together, 'sctp.reassembly': whole('SCTP messages'),
  'tcp.desegment_tcp_streams': whole('TCP segments'), 'tcp.reassemble_out_of_order': whole('TCP segments'),
  'tcp.no_subdissector_on_error': plain('packets with errors'),
  'tcp.relative_sequence_numbers': unread('TRUE', 'sequence numbers stay relative'), 'tcp.analyze_sequence_numbers': unread('TRUE', 'the analysis stays on'),
  'tls.desegment_ssl_records': whole('TLS records'), 'tls.desegment_ssl_application_data': whole('messages inside TLS'),
  'http.desegment_headers': whole('HTTP messages'), 'http.desegment_body': whole('HTTP messages'),
  'http.dechunk_body': plain('HTTP bodies'), 'http.decompress_body': plain('HTTP bodies'),
  'dns.desegment_dns_messages': whole('DNS messages'), 'quic.reassemble_crypto_out_of_order': whole('QUIC handshakes'),
};

/** Reads every NAME:VALUE; the last of a name counts. What is known and not followed yet is told to `note`. */
export function preferences(settings: readonly string[], command: string, note: (line: string) => void): { readonly preferences: Preferences; readonly reassembles: ReadonlySet<string> } {
  const verified: { -readonly [name in keyof Preferences]: Preferences[name] } = {};
  const reassembles = new Set<string>();
  for (const setting of settings) {
    const [name = '', value = ''] = setting.split(/:(.*)/s);
    const row = Object.hasOwn(ROWS, name) ? ROWS[name] : undefined;
    if (!row) throw wrongArguments(command, `-o ${setting}: there is no preference ${name || setting}`);
    const word = value.toUpperCase();
    if (!row.words.includes(word)) throw wrongArguments(command, `-o ${setting}: ${name} is ${row.words.join(' or ')}`);
    if (row.reassembles) reassembles[word === 'TRUE' ? 'add' : 'delete'](name);
    if (row.verifies) verified[row.verifies] = word === 'TRUE';
    if (row.otherwise && word !== row.usual) note(`-o ${setting} is not followed yet: ${row.otherwise}.`);
  }
  return { preferences: verified, reassembles };
}

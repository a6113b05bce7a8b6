import type { Strings } from '../dissect/field.ts';
import type { Layer } from '../dissect/layer.ts';

/** Record types (IANA, DNS Parameters). */
export const DNS_TYPES: Strings = {
  1: 'A', 2: 'NS', 5: 'CNAME', 6: 'SOA', 12: 'PTR', 13: 'HINFO', 15: 'MX', 16: 'TXT', 17: 'RP', 18: 'AFSDB', 28: 'AAAA', 29: 'LOC', 33: 'SRV', 35: 'NAPTR', 39: 'DNAME', 41: 'OPT', 43: 'DS', 44: 'SSHFP', 46: 'RRSIG',
  47: 'NSEC', 48: 'DNSKEY', 50: 'NSEC3', 51: 'NSEC3PARAM', 52: 'TLSA', 64: 'SVCB', 65: 'HTTPS', 99: 'SPF', 249: 'TKEY', 250: 'TSIG', 251: 'IXFR', 252: 'AXFR', 255: 'ANY', 257: 'CAA',
};
export const DNS_OPCODES: Strings = { 0: 'Standard query', 1: 'Inverse query', 2: 'Server status request', 4: 'Zone change notification', 5: 'Dynamic update' };
export const DNS_RCODES: Strings = { 0: 'No error', 1: 'Format error', 2: 'Server failure', 3: 'No such name', 4: 'Not implemented', 5: 'Refused', 6: 'Name exists', 7: 'RRset exists', 8: 'RRset does not exist', 9: 'Not authoritative', 10: 'Name out of zone' };

/** What Wireshark's line shows of a record: these fields, in the order in which they stand. */
const SHOWN = new Set(['a', 'aaaa', 'ns', 'cname', 'ptr.domain_name', 'mx.preference', 'mx.mail_exchange', 'srv.priority', 'srv.weight', 'srv.port', 'srv.target', 'soa.mname']);
const type = (l: { readonly num: number }): string => DNS_TYPES[l.num] ?? `Unknown (${l.num})`;

/** "Standard query response 0x1234 A example.com A 192.0.2.1": opcode, id, an error, then each question and record. */
export function dnsInfo(l: Layer): string {
  if (!l.has('flags.response')) return '';
  const words: string[] = [l.words('flags.opcode') || `Unknown operation (${l.text('flags.opcode')})`];
  if (l.num('flags.response') === 1) words.push('response');
  words.push(l.text('id'));
  if (l.num('flags.rcode') > 0) words.push(l.words('flags.rcode') || `Unknown error (${l.text('flags.rcode')})`);
  let name = '';
  for (const entry of l.entries()) {
    if (entry.name === 'qry.name') name = entry.text;
    else if (entry.name === 'qry.type') words.push(type(entry), name);
    else if (entry.name === 'qry.qu') words.push(`${words.pop()!},`, entry.num === 1 ? '"QU" question' : '"QM" question');
    else if (entry.name === 'resp.type') words.push(type(entry));
    else if (entry.name === 'resp.cache_flush' && entry.num === 1) words.push(`${words.pop()!},`, 'cache flush');
    else if (SHOWN.has(entry.name)) words.push(entry.text);
  }
  return words.join(' ');
}

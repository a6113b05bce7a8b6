import type { Way } from './ask.ts';
import { type AppBuffer, appBuffers, type BufferOf } from './buffer.ts';
import { type DnsTransaction, isDns } from './dns.ts';
import { dnsName, type Resource } from './dns-message.ts';

// The buffers of rules/dns-keywords.rst: each name is a buffer of its own. A message is whole when it is read, so all of them are ready at once, on the side that sent it.

const sent = (tx: DnsTransaction, toServer: boolean): boolean => tx.toServer === toServer;

const names = (name: BufferOf<DnsTransaction>['names'], label: string, way: Way, values: (tx: DnsTransaction) => string[]): BufferOf<DnsTransaction> => ({ names: name, label, way, several: true, ready: sent, values });

const rrnames = (records: readonly { readonly name: string }[]): string[] => records.map(({ name }) => name);

/** Types whose data is a name: NS, CNAME, SOA, PTR, and MX after its preference. */
const DATA_NAMES: ReadonlyMap<number, number> = new Map([[2, 0], [5, 0], [6, 0], [12, 0], [15, 2]]);

/** Names in the data of records. */
const dataNames = (bytes: Uint8Array, records: readonly Resource[]): string[] =>
  records.flatMap(({ type, from, to }) => { const at = DATA_NAMES.get(type); return at === undefined || from + at >= to ? [] : [dnsName(bytes, from + at)]; });

export const DNS_BUFFERS: readonly AppBuffer[] = appBuffers('dns', isDns, [
  names(['dns.query', 'dns_query'], 'a name that is asked for', 'to server', ({ message }) => rrnames(message.questions)),
  names(['dns.queries.rrname'], 'a name of a question', 'both', ({ message }) => rrnames(message.questions)),
  names(['dns.answers.rrname'], 'a name of an answer', 'both', ({ message }) => rrnames(message.answers)),
  names(['dns.authorities.rrname'], 'a name of an authority', 'both', ({ message }) => rrnames(message.authorities)),
  names(['dns.additionals.rrname'], 'a name of an additional record', 'both', ({ message }) => rrnames(message.additionals)),
  names(['dns.response.rrname'], 'a name of a response', 'to client', ({ message: { questions, answers, authorities, additionals, bytes } }) => {
    const records = [...answers, ...authorities, ...additionals];
    return [...rrnames(questions), ...rrnames(records), ...dataNames(bytes, records)];
  }),
]);

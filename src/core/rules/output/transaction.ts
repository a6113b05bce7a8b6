import { type DnsTransaction, isDns } from '../app-layer/dns.ts';
import { type DnsMessage, dnsName, type Resource } from '../app-layer/dns-message.ts';
import { isHttp } from '../app-layer/http.ts';
import type { HttpTransaction } from '../app-layer/http-transaction.ts';
import { readAuthority } from '../app-layer/http-uri.ts';
import { latin1 } from '../../bytes/latin1.ts';
import { isTls, type TlsTransaction } from '../app-layer/tls.ts';
import { ja3, ja3s, ja4, md5Hex } from '../../protocols/tls-fingerprint.ts';
import type { AppProtocol, Transaction } from '../app-layer/transaction.ts';
import { fingerprint } from '../app-layer/x509.ts';
import { u32, u8 } from '../../bytes/read.ts';
import { addressText } from './address.ts';

// The blocks http, dns and tls of an alert in eve.json (output-json-http.c, dns/log.rs, output-json-tls.c): the keys in Suricata's order, one that does not apply is absent.

/** A transaction as an alert tells it. */
export interface TransactionRecord { readonly id: number; readonly protocol: AppProtocol; readonly fields: Readonly<Record<string, unknown>> }

/** Fingerprints that are told: Suricata makes them once a rule asks for one (ja3-fingerprints and ja4-fingerprints: auto). */
export interface Fingerprints { readonly ja3: boolean; readonly ja4: boolean }

/** The fields of a transaction's block, as it is now. */
export function transactionFields(tx: Transaction, fingerprints: Fingerprints): Record<string, unknown> {
  if (isHttp(tx)) return httpFields(tx);
  if (isDns(tx)) return dnsFields(tx);
  return isTls(tx) ? tlsFields(tx, fingerprints) : {};
}

const given = (fields: Record<string, string | number | null | undefined>): Record<string, unknown> => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== ''));

function httpFields(tx: HttpTransaction): Record<string, unknown> {
  const { requestFields: asked, responseFields: told } = tx;
  const authority = tx.hostRaw === null ? null : readAuthority(tx.target?.host === '' ? tx.hostRaw : tx.uri.replace(/^[^:]*:\/\//, '').replace(/[/?#].*$/s, ''));
  return given({
    hostname: authority?.host, http_port: authority === null || authority.port < 0 ? null : authority.port, url: tx.uri, http_user_agent: asked.get('user-agent'), http_content_type: told.get('content-type')?.split(';', 1)[0],
    http_refer: asked.get('referer'), http_method: tx.method, protocol: tx.requestProtocol, status: /^\d{1,3}$/.test(tx.status) ? Number(tx.status) : null, redirect: /^3/.test(tx.status) ? told.get('location') : null,
    length: tx.responseBody?.length ?? 0,
  });
}

const TYPES: ReadonlyMap<number, string> = new Map([
  [1, 'A'], [2, 'NS'], [5, 'CNAME'], [6, 'SOA'], [10, 'NULL'], [12, 'PTR'], [13, 'HINFO'], [15, 'MX'], [16, 'TXT'], [28, 'AAAA'], [33, 'SRV'], [35, 'NAPTR'], [41, 'OPT'], [43, 'DS'], [44, 'SSHFP'], [46, 'RRSIG'], [47, 'NSEC'],
  [48, 'DNSKEY'], [50, 'NSEC3'], [52, 'TLSA'], [64, 'SVCB'], [65, 'HTTPS'], [252, 'AXFR'], [255, 'ANY'], [257, 'CAA'],
]);
const RCODES: readonly string[] = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED', 'YXDOMAIN', 'YXRRSET', 'NXRRSET', 'NOTAUTH', 'NOTZONE'];
const typeName = (type: number): string => TYPES.get(type) ?? String(type);

/** The data of a record in words; '' for types whose data is not told. */
function rdata({ bytes: b }: DnsMessage, { type, from, to }: Resource): string {
  const size = to - from;
  switch (type) {
    case 1: return size === 4 ? addressText(b, from, 4) : '';
    case 28: return size === 16 ? addressText(b, from, 6) : '';
    case 2: case 5: case 12: return dnsName(b, from);
    case 15: return size > 2 ? dnsName(b, from + 2) : '';
    case 16: return size > 0 ? latin1(b, from + 1, Math.min(to, from + 1 + u8(b, from))) : '';
    default: return '';
  }
}

const record = (message: DnsMessage, one: Resource): Record<string, unknown> => {
  const data = rdata(message, one);
  const soa = one.type === 6 ? soaFields(message, one) : null;
  return { rrname: one.name, rrtype: typeName(one.type), ttl: one.ttl, ...(soa === null ? given({ rdata: data }) : { soa }) };
};

/** RFC 1035 section 3.3.13: two names and five numbers, read from the end. */
function soaFields({ bytes: b }: DnsMessage, { from, to }: Resource): Record<string, unknown> | null {
  if (to - from < 22) return null;
  const [serial, refresh, retry, expire, minimum] = [20, 16, 12, 8, 4].map((back) => u32(b, to - back));
  return { mname: dnsName(b, from), serial, refresh, retry, expire, minimum };
}

function dnsFields({ id, message: m }: DnsTransaction): Record<string, unknown> {
  const flag = (name: string, mask: number): Record<string, unknown> => ((m.flags & mask) !== 0 ? { [name]: true } : {});
  const section = (name: string, records: readonly Resource[]): Record<string, unknown> => (records.length === 0 ? {} : { [name]: records.map((one) => record(m, one)) });
  return {
    version: 3, type: m.isResponse ? 'response' : 'request', tx_id: id, id: m.id, flags: m.flags.toString(16), ...(m.isResponse ? flag('qr', 0x8000) : {}), ...flag('aa', 0x0400), ...flag('tc', 0x0200), ...flag('rd', 0x0100),
    ...flag('ra', 0x0080), ...flag('z', 0x0040), opcode: m.opcode, rcode: RCODES[m.rcode] ?? `${m.rcode}`, ...(m.questions.length === 0 ? {} : { queries: m.questions.map(({ name, type }) => ({ rrname: name, rrtype: typeName(type) })) }),
    ...section('answers', m.answers), ...section('authorities', m.authorities), ...section('additionals', m.additionals.filter(({ type }) => type !== 41)),
  };
}

const VERSIONS: ReadonlyMap<number, string> = new Map([[0x0002, 'SSLv2'], [0x0300, 'SSLv3'], [0x0301, 'TLSv1'], [0x0302, 'TLS 1.1'], [0x0303, 'TLS 1.2'], [0x0304, 'TLS 1.3']]);
const date = (seconds: number): string => (Number.isNaN(seconds) ? '' : new Date(seconds * 1000).toISOString().slice(0, 19));

const ja = (text: string): Record<string, unknown> => ({ hash: md5Hex(text), string: text });

function tlsFields({ client, server }: TlsTransaction, fingerprints: Fingerprints): Record<string, unknown> {
  const { certificate, certificates: [own] } = server;
  const version = server.hello?.version ?? client.hello?.version ?? 0;
  return {
    ...given({
      subject: certificate?.subject, issuerdn: certificate?.issuer, serial: certificate?.serial, fingerprint: own === undefined ? null : fingerprint(own), sni: client.hello?.sni,
      version: version === 0 ? 'UNDETERMINED' : VERSIONS.get(version) ?? `0x${version.toString(16)}`,
      notbefore: certificate === null ? null : date(certificate.notBefore), notafter: certificate === null ? null : date(certificate.notAfter),
    }),
    ...(certificate === null || certificate.alternativeNames.length === 0 ? {} : { subjectaltname: certificate.alternativeNames }),
    ...(fingerprints.ja3 && client.hello !== null ? { ja3: ja(ja3(client.hello)) } : {}), ...(fingerprints.ja3 && server.hello !== null ? { ja3s: ja(ja3s(server.hello)) } : {}),
    ...(fingerprints.ja4 && client.hello !== null ? { ja4: ja4(client.hello) } : {}),
    ...((client.hello?.alpn.length ?? 0) === 0 ? {} : { client_alpns: client.hello!.alpn }), ...given({ server_alpn: server.hello?.alpn[0] }),
  };
}

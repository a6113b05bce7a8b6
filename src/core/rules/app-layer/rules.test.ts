// Rules over HTTP, DNS and TLS on the lab's web traffic. What must fire follows from truth.json, tshark's http, dns and tls fields, and openssl x509.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../bytes/memory-source.ts';
import { openCapture } from '../../capture/capture-reader.ts';
import { Matcher } from '../match/matcher.ts';
import { parseRules } from '../parse/parse-rules.ts';
import { RuleResults } from '../results.ts';
import { runRules } from '../run.ts';
import { STOCK_SETTINGS } from '../settings/settings.ts';
import { eveObject } from '../output/eve.ts';

const WEB = '../shared/captures/lab/web';

async function run(rules: string, name = 'source-eth0'): Promise<RuleResults> {
  const { signatures, faults } = parseRules(rules);
  expect(faults).toEqual([]);
  expect(signatures.map(({ unevaluated }) => unevaluated).filter((why) => why !== '')).toEqual([]);
  const results = new RuleResults();
  await runRules(await openCapture(memorySource(readFileSync(`${WEB}/${name}.pcap`))), new Matcher(signatures), results.add);
  return results;
}

/** Rules and how often each must alert. */
const HTTP: readonly [string, number][] = [
  // Nine requests: eight GETs of vxlens-lab/1 and a POST of curl.
  ['http.method; content:"GET"', 8], ['http.method; content:"POST"; bsize:4', 1], ['content:"GET"; http_method', 8], ['http.uri; content:"/api/items.json"', 2], ['content:"/api/"; http_uri; content:"POST"; http_method', 1],
  ['http.uri; bsize:1', 2], ['urilen:1', 2], ['urilen:>10', 2], ['uricontent:"/blob"', 1], ['pcre:"/^\\/big\\.html$/U"', 1], ['http.host; content:"www.vxlens.test"; startswith; endswith', 9], ['http.user_agent; content:"curl"', 1],
  ['http.user_agent; content:"curl"; http.method; content:"GET"', 0], ['http.user_agent; content:!"curl"', 8], ['http.protocol; content:"HTTP/1.1"; flow:to_server', 9], ['http.request_line; content:"GET / HTTP/1.1"; bsize:14', 2],
  ['http.header; content:"User-Agent|3a 20|curl"', 1], ['http.header_names; content:"|0d 0a|Host|0d 0a|"; flow:to_server', 9], ['http.referer; absent', 9], ['http.user_agent; absent', 0], ['http.referer; absent:or_else; content:"x"', 9],
  ['http.request_body; content:"|7b|"', 1], ['http.request_body; absent', 8], ['http.content_type; content:"application/json"; flow:to_server', 1], ['http.start; content:"POST /api"; startswith', 1], ['http.request_header; content:"Host|3a 20|www"; startswith', 9],
  // Their answers: six of 200, one each of 301, 404 and 405.
  ['http.stat_code; content:"200"', 6], ['http.stat_code; content:"40"; startswith', 2], ['http.stat_msg; content:"Not Found"', 1], ['http.response_line; content:"HTTP/1.1 301"; startswith', 1], ['http.server; content:"nginx"', 9], ['http.location; content:"/"', 1],
  ['http.header; content:"Content-Encoding|3a 20|gzip"; flow:to_client', 1], ['http.response_body; content:"<html"; nocase', 3], ['file_data; content:"</html>"; nocase; http.stat_code; content:"404"', 1], ['file.data; bsize:463', 2], ['file.data; bsize:>100000', 1],
  ['http.request_line; pcrexform:"[A-Z]+\\s+(.*)\\s+HTTP"; content:"/old"; bsize:4', 1], ['http.uri; xor:offset 1,extract 1 0; content:"/@CK"; bsize:4', 1], ['http.request_header; content:"Host|3a|"; http.request_header; content:"curl"', 1],
  ['http.response_header; content:"Server|3a 20|nginx"; startswith', 9], ['http.uri; to_uppercase; content:"/API"', 2], ['http.uri; dotprefix; content:"./old"; startswith', 1], ['http.uri; to_md5; content:"|6666cd76f96956469e7be39d750cc7d9|"', 2],
];

const DNS: readonly [string, number][] = [
  // Nine questions and their answers.
  ['dns.query; content:"vxlens.test"; endswith', 8], ['dns.query; content:"secure"', 1], ['dns_query; content:"arpa"; endswith', 1], ['dns.queries.rrname; content:"alias"', 2], ['dns.answers.rrname; content:"alias"', 1], ['dns.answers.rrname; content:"alias"; dns.answers.rrname; content:"www"', 1], ['dns.answers.rrname; content:"alias"; content:"www"', 0],
  ['dns.query; tld; content:"test"; bsize:4', 8], ['dns.query; domain; content:"vxlens.test"; bsize:11', 8],
  ['dns.response.rrname; content:"mail.vxlens.test"', 1], ['dns.opcode:0', 18], ['dns.opcode:!0', 0], ['dns.rcode:3', 1], ['dns.rcode:NXDOMAIN', 1], ['dns.rrtype:28', 2], ['dns.rrtype:16; flow:to_server', 2], ['dns.additionals.rrname; bsize:0', 16],
];

const TLS: readonly [string, number][] = [
  ['tls.sni; content:"secure.vxlens.test"; bsize:18', 2], ['tls.alpn; content:"http/1.1"; flow:to_server', 2], ['ja3.hash; content:"9dffdb8b608a430b774a2ff7d36c1a0c"', 1], ['ja3s.hash; content:"895252f3ce80cebf7a8837be83ec8e16"', 1], ['tls.version:1.3; flow:to_client', 1],
  ['tls.version:1.2; flow:to_client', 1], ['ssl_version:tls1.2,tls1.3; flow:to_client', 2], ['ssl_version:!tls1.3; flow:to_client', 1], ['tls.cert_subject; content:"CN=secure.vxlens.test"', 1], ['tls.cert_issuer; content:"secure"', 1],
  ['tls.cert_serial; content:"35:65:2C:2A"; startswith', 1], ['tls.cert_fingerprint; content:"cf:a9:92:1a"; startswith', 1], ['tls.fingerprint:"CF:A9:92:1A:9E:DF:2A:55:D2:41:1D:E0:2A:9F:0F:CA:14:75:37:AA"', 1], ['tls.subjectaltname; content:"secure.vxlens.test"', 1],
  ['tls_cert_notbefore:2026-11-24<>2026-11-25', 1], ['tls_cert_notafter:>2026-12', 1], ['tls_cert_notafter:<2026-12', 0], ['tls_cert_expired', 0], ['tls_cert_valid', 1], ['tls.cert_chain_len:1', 1], ['tls.certs; content:"secure.vxlens.test"', 1], ['ja4.hash; content:"t13d"; startswith', 1],
];

describe.skipIf(!existsSync(WEB))('rules on the lab’s web traffic (needs ../shared)', () => {
  it.each(HTTP)('alert http with %s', async (options, count) => { expect((await run(`alert http any any -> any any (${options}; sid:1;)`)).count(1, 0)).toBe(count); });

  it.each(DNS)('alert dns with %s', async (options, count) => { expect((await run(`alert dns any any -> any any (${options}; sid:1;)`)).count(1, 0)).toBe(count); });

  it.each(TLS)('alert tls with %s', async (options, count) => { expect((await run(`alert tls any any -> any any (${options}; sid:1;)`)).count(1, 0)).toBe(count); });

  it('all together, so that what they look for is sought at once', async () => {
    const all = [...HTTP.map((one) => ['http', ...one] as const), ...DNS.map((one) => ['dns', ...one] as const), ...TLS.map((one) => ['tls', ...one] as const)];
    const { signatures } = parseRules(all.map(([protocol, options], i) => `alert ${protocol} any any -> any any (${options}; sid:${i + 1};)`).join('\n'));
    const results = new RuleResults();
    await runRules(await openCapture(memorySource(readFileSync(`${WEB}/source-eth0.pcap`))), new Matcher(signatures, { ...STOCK_SETTINGS, maxAlerts: 1000 }), results.add);
    expect(all.map(([, options], i) => [options, results.count(i + 1, 0)])).toEqual(all.map(([, options, count]) => [options, count]));
  });

  it('sees the same inside the envelopes', async () => {
    const counts = async (name: string, level: number): Promise<number[]> => {
      const results = await run('alert http any any -> any any (http.uri; content:"/"; startswith; sid:1;)\nalert dns any any -> any any (dns.query; content:"vxlens"; sid:2;)\nalert tls any any -> any any (tls.sni; content:"secure"; sid:3;)', name);
      return [1, 2, 3].map((sid) => results.count(sid, level));
    };
    expect([await counts('source-eth0', 0), await counts('appliance-eth0', 0), await counts('appliance-eth0', 1), await counts('appliance-vxlan100', 0)]).toEqual([[9, 8, 2], [0, 0, 0], [9, 8, 2], [9, 8, 2]]);
  });

  it('tells both sides of a transaction with =>', async () => {
    expect((await run('alert http any any => any 80 (http.method; content:"GET"; http.stat_code; content:"404"; sid:1;)')).count(1, 0)).toBe(1);
    expect((await run('alert http any any => any 80 (http.uri; content:"/old"; http.stat_code; content:"404"; sid:1;)')).count(1, 0)).toBe(0);
  });

  const PUBLIC = '../shared/captures/public';
  // Numbers of tshark's http.request, http.response and dns packets; wikipedia.pcap has one request more, in a session whose handshake is not there (stream.midstream is off).
  it.skipIf(!existsSync(PUBLIC)).each<[string, number[]]>([['core/wikipedia.pcap', [14, 14, 28]], ['core/v6-http.pcap', [1, 1, 0]], ['encap/temp6.pcap', [1, 1, 0]], ['core/raw_packets.pcap', [0, 0, 4]], ['core/wikipedia-filtered-plus-udp.pcap', [0, 0, 28]]])('%s', async (file, counts) => {
    const results = await run('alert http any any -> any any (http.method; bsize:>0; sid:1;)\nalert http any any -> any any (http.stat_code; bsize:3; sid:2;)\nalert dns any any -> any any (dns.opcode:0; sid:3;)', `../../public/${file.replace(/\.pcap$/, '')}`);
    expect([1, 2, 3].map((sid) => results.alerts.filter(({ signature }) => signature.sid === sid).length)).toEqual(counts);
  });

  it('writes fingerprints once a rule asks for one', async () => {
    const tls = async (rules: string): Promise<unknown> => (eveObject((await run(rules)).alerts.at(-1)!))['tls'];
    expect(await tls('alert tls any any -> any any (tls.cert_subject; content:"secure"; sid:1;)')).not.toHaveProperty('ja3');
    expect(await tls('alert tls any any -> any any (ja3s.hash; content:"895252f3ce80cebf7a8837be83ec8e16"; sid:1;)')).toMatchObject({ ja3: { hash: '22558766122974704364c9c75c5cce0a' }, ja3s: { hash: '895252f3ce80cebf7a8837be83ec8e16' } });
    expect(await tls('alert tls any any -> any any (ja4.hash; content:"t13"; startswith; sid:1;)')).toMatchObject({ ja4: expect.stringMatching(/^t13d\d{4}h1_[0-9a-f]{12}_[0-9a-f]{12}$/) as unknown });
  });

  it('writes the blocks http, dns and tls', async () => {
    const { alerts } = await run('alert http any any -> any any (http.stat_code; content:"301"; sid:1;)\nalert dns any any -> any any (dns.answers.rrname; content:"alias"; sid:2;)\nalert tls any any -> any any (tls.cert_subject; content:"secure"; sid:3;)');
    const blocks = alerts.map((alert) => { const { tx_id, http, dns, tls, app_proto } = eveObject(alert); return { tx_id, block: http ?? dns ?? tls, app_proto }; });
    expect(blocks).toEqual(expect.arrayContaining([
      { tx_id: 0, app_proto: 'http', block: expect.objectContaining({ hostname: 'www.vxlens.test', url: '/old', http_user_agent: 'vxlens-lab/1', http_content_type: 'text/html', http_method: 'GET', protocol: 'HTTP/1.1', status: 301, length: 169 }) as unknown },
      { tx_id: 1, app_proto: 'dns', block: expect.objectContaining({ version: 3, type: 'response', tx_id: 1, id: 0x1854, rcode: 'NOERROR', queries: [{ rrname: 'alias.vxlens.test', rrtype: 'A' }] }) as unknown },
      { tx_id: 0, app_proto: 'tls', block: expect.objectContaining({ subject: 'CN=secure.vxlens.test', sni: 'secure.vxlens.test', version: 'TLS 1.2', notbefore: '2026-11-24T08:42:56', fingerprint: 'cf:a9:92:1a:9e:df:2a:55:d2:41:1d:e0:2a:9f:0f:ca:14:75:37:aa' }) as unknown },
    ]));
  });
});

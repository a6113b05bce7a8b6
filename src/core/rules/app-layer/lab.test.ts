// What nginx, dnsmasq and openssl said to curl, dig and openssl in the lab: truth.json has the pages, tshark's http, dns and tls fields the rest, openssl x509 the certificate.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sha256 } from '@noble/hashes/sha2.js';
import { conversations, feedAll } from '../../testing/conversations.ts';
import { DnsParser } from './dns.ts';
import { HttpParser } from './http.ts';
import { ja3, ja3s, md5Hex } from '../../protocols/tls-fingerprint.ts';
import { TlsParser } from './tls.ts';
import { hex } from '../../bytes/latin1.ts';
import { fingerprint } from './x509.ts';

const WEB = '../shared/captures/lab/web';

describe.skipIf(!existsSync(WEB))('the lab’s web traffic (needs ../shared)', () => {
  const all = conversations(`${WEB}/source-eth0.pcap`);

  it('HTTP: each page as it was served', async () => {
    const { content } = JSON.parse(readFileSync(`${WEB}/truth.json`, 'utf8')) as { content: { pages: Record<string, { bytes: number; sha256: string }> } };
    const txs = (await all).filter(({ serverPort }) => serverPort === 80).flatMap(({ pieces }) => feedAll(new HttpParser(), pieces).transactions);
    expect(txs.map((tx) => [tx.method, tx.uri, tx.requestFields.get('host'), tx.requestFields.get('user-agent'), tx.status, tx.message, tx.responseFields.get('content-type')])).toEqual([
      ['GET', '/', 'www.vxlens.test', 'vxlens-lab/1', '200', 'OK', 'text/html'], ['GET', '/style.css', 'www.vxlens.test', 'vxlens-lab/1', '200', 'OK', 'text/css'],
      ['GET', '/api/items.json', 'www.vxlens.test', 'vxlens-lab/1', '200', 'OK', 'application/json'], ['GET', '/blob.bin', 'www.vxlens.test', 'vxlens-lab/1', '200', 'OK', 'application/octet-stream'],
      ['GET', '/old', 'www.vxlens.test', 'vxlens-lab/1', '301', 'Moved Permanently', 'text/html'], ['GET', '/missing', 'www.vxlens.test', 'vxlens-lab/1', '404', 'Not Found', 'text/html'],
      ['GET', '/big.html', 'www.vxlens.test', 'vxlens-lab/1', '200', 'OK', 'text/html'], ['GET', '/', 'www.vxlens.test', 'vxlens-lab/1', '200', 'OK', 'text/html'],
      ['POST', '/api/items.json', 'www.vxlens.test', 'curl/7.88.1', '405', 'Not Allowed', 'text/html'],
    ]);
    const pages = txs.filter(({ status }) => status === '200').map((tx) => [tx.uri, tx.responseBody!.length, tx.uri === '/blob.bin' ? '' : hex(sha256(tx.responseBody!.bytes))]);
    expect(pages).toEqual(['/', '/style.css', '/api/items.json', '/blob.bin', '/big.html', '/'].map((page) => [page, content.pages[page]!.bytes, page === '/blob.bin' ? '' : content.pages[page]!.sha256]));
    expect(txs[3]!.responseBody!.bytes.length).toBe(102_400); // response-body-limit
    expect(txs[8]!.requestBody!.bytes.length).toBe(9);
    expect(txs.map(({ eventsToServer, eventsToClient }) => [...eventsToServer, ...eventsToClient])).toEqual(txs.map(() => []));
  });

  it('DNS: questions and answers over UDP and TCP', async () => {
    const txs = (await all).filter(({ serverPort }) => serverPort === 53).flatMap(({ pieces, over }) => feedAll(new DnsParser(over), pieces).transactions.map(({ message }) => message));
    expect(txs.map(({ id, isResponse, rcode, questions, answers }) => [id, isResponse, rcode, questions[0]!.name, questions[0]!.type, answers.map(({ name }) => name).join()])).toEqual([
      [0x921e, false, 0, 'www.vxlens.test', 1, ''], [0x921e, true, 0, 'www.vxlens.test', 1, 'www.vxlens.test'], [0x621f, false, 0, 'www.vxlens.test', 28, ''], [0x621f, true, 0, 'www.vxlens.test', 28, 'www.vxlens.test'],
      [0x1854, false, 0, 'alias.vxlens.test', 1, ''], [0x1854, true, 0, 'alias.vxlens.test', 1, 'alias.vxlens.test,www.vxlens.test'],
      [0x5ec1, false, 0, 'vxlens.test', 15, ''], [0x5ec1, true, 0, 'vxlens.test', 15, 'vxlens.test'], [0x9df0, false, 0, 'vxlens.test', 16, ''], [0x9df0, true, 0, 'vxlens.test', 16, 'vxlens.test'],
      [0x8fe1, false, 0, 'nosuch.vxlens.test', 1, ''], [0x8fe1, true, 3, 'nosuch.vxlens.test', 1, ''], [0xdcb1, false, 0, '80.113.0.203.in-addr.arpa', 12, ''], [0xdcb1, true, 0, '80.113.0.203.in-addr.arpa', 12, '80.113.0.203.in-addr.arpa'],
      [0x0cbc, false, 0, 'secure.vxlens.test', 1, ''], [0x0cbc, true, 0, 'secure.vxlens.test', 1, 'secure.vxlens.test'], [0x119c, false, 0, 'vxlens.test', 16, ''], [0x119c, true, 0, 'vxlens.test', 16, 'vxlens.test'],
    ]);
  });

  it('TLS 1.3 and 1.2: names, fingerprints and the certificate', async () => {
    const txs = (await all).filter(({ serverPort }) => serverPort === 443).flatMap(({ pieces }) => feedAll(new TlsParser(), pieces).transactions);
    expect(txs.map(({ client, server }) => [client.hello!.sni, client.hello!.alpn.join(), md5Hex(ja3(client.hello!)), md5Hex(ja3s(server.hello!)), server.hello!.version, server.hello!.alpn.join()])).toEqual([
      ['secure.vxlens.test', 'http/1.1', '9dffdb8b608a430b774a2ff7d36c1a0c', '15af977ce25de452b96affa2addb1036', 0x0304, ''],
      ['secure.vxlens.test', 'http/1.1', '22558766122974704364c9c75c5cce0a', '895252f3ce80cebf7a8837be83ec8e16', 0x0303, 'http/1.1'],
    ]);
    expect(txs[0]!.server.certificate).toBeNull();
    const { server } = txs[1]!;
    expect(server.certificate).toEqual({
      subject: 'CN=secure.vxlens.test', issuer: 'CN=secure.vxlens.test', serial: '35:65:2C:2A:75:61:78:08:3A:92:C4:27:63:47:86:71:D2:83:42:E3', notBefore: Date.UTC(2026, 10, 24, 8, 42, 56) / 1000,
      notAfter: Date.UTC(2026, 11, 24, 8, 42, 56) / 1000, alternativeNames: ['secure.vxlens.test'], version: 3,
    });
    expect(fingerprint(server.certificates[0]!)).toBe('cf:a9:92:1a:9e:df:2a:55:d2:41:1d:e0:2a:9f:0f:ca:14:75:37:aa');
    expect(txs.map(({ eventsToServer, eventsToClient }) => [...eventsToServer, ...eventsToClient])).toEqual([[], []]);
  });
});

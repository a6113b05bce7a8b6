// Rules about HTTP, DNS and TLS on the lab's web traffic (what was served is in its truth.json; counts from `tshark -Y` with the fields of the same names), and that the explanation never says otherwise than the engine.

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../bytes/memory-source.ts';
import { openCapture } from '../../capture/capture-reader.ts';
import { parseRules } from '../parse/parse-rules.ts';
import { RuleResults } from '../results.ts';
import { runRules } from '../run.ts';
import { STOCK_SETTINGS } from '../settings/settings.ts';
import { Matcher } from './matcher.ts';

const WEB = '../shared/captures/lab/web';

async function count(file: string, rule: string): Promise<number[]> {
  const { signatures, faults } = parseRules(rule);
  expect([faults, signatures.map(({ unevaluated }) => unevaluated)]).toEqual([[], signatures.map(() => '')]);
  const results = new RuleResults();
  await runRules(await openCapture(memorySource(readFileSync(`${WEB}/${file}.pcap`))), new Matcher(signatures), results.add);
  return [results.count(1, 0), results.count(1, 1)];
}

const RULES: readonly (readonly [header: string, options: string, expected: number])[] = [
  ['http', 'http.method; content:"GET"', 8], ['http', 'http.method; content:"POST"; bsize:4', 1], ['tcp', 'http.uri; content:"/style.css"; startswith; endswith', 1], ['http', 'http.uri; bsize:1', 2],
  ['http', 'content:"items"; http_uri; nocase', 2], ['http', 'uricontent:"items"; content:"json"; http_uri; distance:1', 2], ['http', 'pcre:"/^\\/(big|old)/U"', 2], ['http', 'urilen:1', 2], ['http', 'urilen:>8,norm', 5],
  ['http', 'http.host; content:"www.vxlens.test"; bsize:15', 9], ['http', 'http.user_agent; to_uppercase; content:"CURL"', 1], ['http', 'http.request_body; absent', 8], ['http', 'http.request_body; bsize:9', 1],
  ['http', 'http.stat_code; content:"200"', 6], ['http', 'http.stat_code; content:!"200"', 3], ['http', 'http.stat_msg; content:"Not Found"', 1], ['http', 'http.header; content:"Server|3a| nginx"', 9],
  ['http', 'http.content_type; content:"text/html"', 6], ['http', 'flow:to_client; http.header_names; content:"|0d 0a|Location|0d 0a|"', 1], ['http', 'http.cookie; absent; flow:to_server', 9], ['http', 'http.request_header; content:"Host|3a| www.vxlens.test"; startswith', 9],
  ['http', 'http.uri; content:"/missing"; http.method; content:"GET"', 1], ['http', 'http.uri; content:"/missing"; http.method; content:"POST"', 0], ['http', 'app-layer-event:http.request_field_missing_colon', 0],
  ['dns', 'dns.query; content:"vxlens.test"; endswith; flow:to_server', 8], ['dns', 'dns.query; dotprefix; content:".vxlens.test"; endswith', 8], ['dns', 'dns.opcode:0; flow:to_server', 9], ['dns', 'dns.rcode:3', 1], ['dns', 'dns.rrtype:16; flow:to_server', 2],
  ['dns', 'dns.answers.rrname; content:"alias.vxlens.test"; bsize:17', 1], ['dns', 'dns.response.rrname; content:"alias"', 1],
  ['tls', 'tls.sni; content:"secure.vxlens.test"; bsize:18', 2], ['tls', 'ja3.hash; content:"9dffdb8b608a430b774a2ff7d36c1a0c"', 1], ['tls', 'ja3s.hash; content:"895252f3ce80cebf7a8837be83ec8e16"', 1], ['tls', 'tls.cert_subject; content:"CN=secure.vxlens.test"', 1],
  ['tls', 'tls.version:1.3; flow:to_client', 1], ['tls', 'tls.cert_chain_len:1', 1], ['tls', 'tls.subject:"secure.vxlens"', 1], ['tls', 'tls.cert_fingerprint; content:"cf|3a|a9|3a|92"; startswith', 1],
];

describe.skipIf(!existsSync(WEB))('transactions (needs ../shared)', () => {
  it.each(RULES)('alert %s with %s', async (header, options, expected) => {
    const rule = `alert ${header} any any -> any any (${options}; sid:1;)`;
    expect(await count('source-eth0', rule)).toEqual([expected, 0]);
    expect(await count('appliance-eth0', rule)).toEqual([0, expected]);
  });

  it('looks at both sides of a transaction with =>', async () => {
    expect(await count('source-eth0', 'alert http any any => any any (http.uri; content:"/missing"; http.stat_code; content:"404"; sid:1;)')).toEqual([1, 0]);
    expect(await count('source-eth0', 'alert http any any => any any (http.uri; content:"/missing"; http.stat_code; content:"200"; sid:1;)')).toEqual([0, 0]);
    expect(await count('source-eth0', 'alert http any any => any any (http.content_type:to_client; content:"text"; http.method; content:"POST"; sid:1;)')).toEqual([1, 0]);
  });

  const OTHERS: readonly (readonly [string, string, number])[] = [
    ['tcp', 'content:"nginx"', 0], ['tcp', 'content:"GET "; startswith', 0], ['tcp', 'flow:established,to_client; content:"HTTP/1.1 200"; fast_pattern; content:"nginx"; distance:0', 0], ['tcp-pkt', 'content:"nginx"', 0], ['tcp', 'flags:S', 0],
    ['tcp', 'stream_size:client,>,400; flow:to_server', 0], ['tcp', 'app-layer-protocol:http', 0], ['http', 'flow:to_server', 0], ['ip', 'ttl:<64', 0], ['udp', 'content:"vxlens"; dsize:<60', 0], ['tcp', 'content:!"nginx"; content:"HTTP"', 0],
    ['tcp', 'stream-event:est_packet_out_of_window', 0], ['tcp', 'flowbits:isnotset,a; flow:established', 0], ['ip', 'ipv4.hdr; byte_test:1,=,6,9', 0],
  ];

  // What holds a rule back although its conditions are met is said in the summary.
  const HELD = /evaluated once|when that becomes known|covers the rest|was dropped/;

  it.each(['source-eth0', 'appliance-eth0'])('explanation and engine agree on every packet of %s', async (file) => {
    for (const [header, options] of [...RULES, ...OTHERS]) {
      const { signatures } = parseRules(`alert ${header} any any -> any any (${options}; sid:1;)`);
      const matcher = new Matcher(signatures);
      const reader = await openCapture(memorySource(readFileSync(`${WEB}/${file}.pcap`)));
      do {
        while (reader.next()) {
          const { bytes, start, end, number, seconds, nanoseconds } = reader;
          for (const { explanation, alerts } of matcher.why(signatures[0]!, bytes, start, end, 1, number, seconds, nanoseconds)) {
            if (explanation.fires !== alerts && !HELD.test(explanation.summary)) expect([options, number, explanation.summary, explanation.fires]).toEqual([options, number, explanation.summary, alerts]);
          }
        }
      } while (await reader.refill());
      for (const { explanation, alerts } of matcher.whyEnd(signatures[0]!)) {
        if (explanation.fires !== alerts && !/^Every condition is met\. /.test(explanation.summary)) expect([options, 'end', explanation.summary, explanation.fires]).toEqual([options, 'end', explanation.summary, alerts]);
      }
    }
  }, 60_000);

  it('rules together give the alerts that each gives alone, so that sorting and searching them changes nothing', async () => {
    const all = [...RULES, ...OTHERS].map(([header, options], i) => `alert ${header} any any -> any any (${options}; sid:${i + 1};)`);
    const run = async (text: string): Promise<RuleResults> => {
      const results = new RuleResults();
      await runRules(await openCapture(memorySource(readFileSync(`${WEB}/source-eth0.pcap`))), new Matcher(parseRules(text).signatures, { ...STOCK_SETTINGS, maxAlerts: 100 }), results.add);
      return results;
    };
    const together = await run(all.join('\n'));
    expect(together.total).toBeGreaterThan(100);
    for (const [i, text] of all.entries()) expect([text, together.count(i + 1, 0)]).toEqual([text, (await run(text)).count(i + 1, 0)]);
  }, 60_000);
});

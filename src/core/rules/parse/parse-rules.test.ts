import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRules } from './parse-rules.ts';

const faultOf = (text: string): { what: string; line: number; column: number; keyword: string; next: string } => {
  const { faults } = parseRules(text);
  expect(faults).toHaveLength(1);
  return faults[0]!;
};
const rule = (options: string, header = 'alert ip any any -> any any'): string => `${header} (${options})`;

// Places count from 1, as an editor shows them.
describe('mistakes in rules', () => {
  it.each<[string, string, number, string, RegExp]>([
    [rule('tll:5; sid:1;'), 'There is no keyword “tll”', 30, 'tll', /Did you mean “ttl”/],
    [rule('content:"|l0 01|"; sid:1;'), '“l” is no hexadecimal digit', 40, 'content', /two \|/],
    [rule('content:"|0|"; sid:1;'), '“|0|” has an odd number of hexadecimal digits', 39, 'content', /two digits/],
    [rule('content:"a\\n"; sid:1;'), '“\\n” is no escape', 40, 'content', /Escapes are/],
    [rule('content:"a"b"; sid:1;'), 'A quotation mark stands inside the content', 40, 'content', /\\"/],
    [rule('content:abc; sid:1;'), 'The value of “content” is not in quotation marks', 38, 'content', /content:"…"/],
    [rule('nocase; sid:1;'), '“nocase” has no content before it', 30, 'nocase', /content/],
    [rule('content:"abc"; depth:2; sid:1;'), 'A depth of 2 is less than the 3 bytes of the content', 51, 'depth', /length of the content/],
    [rule('content:"a"; depth:5; distance:2; sid:1;'), '“distance” and “depth” cannot stand at one content', 52, 'distance', /one of them/],
    [rule('content:"a"; content:"b";; sid:1;'), 'An option is empty', 55, '', /semicolon/],
    [rule('ttl:5'), 'The last option has no semicolon', 30, 'ttl', /semicolon/],
    [rule('ttl:300; sid:1;'), '300 is too much for “ttl”', 34, 'ttl', /255/],
    [rule('itype:9<>10; sid:1;'), 'The range “9<>10” is empty', 36, 'itype', /left out/],
    [rule('flags:X; sid:1;'), '“X” are no TCP flags', 36, 'flags', /F S R P A U/],
    [rule('ip_proto:tpc; sid:1;'), '“tpc” is no IP protocol', 39, 'ip_proto', /“tcp”/],
    [rule('pcre:"/(/"; sid:1;'), 'The regular expression is not valid: a parenthesis is not closed', 38, 'pcre', /Mend/],
    [rule('flow:established,not_established; sid:1;'), '“established” and “not_established” cannot both hold', 35, 'flow', /one of them/],
    [rule('ttl:5;'), 'The rule has no sid', 29, '', /sid:1000001/],
    [rule('sid:0;'), '“0” is no value for “sid”', 34, 'sid', /1 to/],
    [rule('msg:"a"; msg:"b"; sid:1;'), '“msg” stands twice in the rule', 39, 'msg', /one of them/],
    [rule('tcp.hdr; sid:1;'), 'Nothing is looked for in “tcp.hdr”', 30, 'tcp.hdr', /content/],
    [rule('sid:1;', 'alret ip any any -> any any'), '“alret” is no action', 1, '', /“alert”/],
    [rule('sid:1;', 'alert tpc any any -> any any'), '“tpc” is no protocol', 7, '', /“tcp”/],
    [rule('sid:1;', 'alert ip any any <- any any'), '“<-” is no direction', 18, '', /swap/],
    [rule('sid:1;', 'alert ip any any -> any'), 'The header has 6 words and needs 7', 1, '', /action protocol/],
    [rule('sid:1;', 'alert ip 1.2.3.256 any -> any any'), '“1.2.3.256” is no address', 10, '', /IPv4/],
    [rule('sid:1;', 'alert ip [10.0.0.0/8,10.0.0.0/33] any -> any any'), '“10.0.0.0/33” has no prefix length that fits', 22, '', /0 to 32/],
    [rule('sid:1;', 'alert ip $HOME_NTE any -> any any'), 'There is no address variable $HOME_NTE', 10, '', /\$HOME_NET/],
    [rule('sid:1;', 'alert ip !any any -> any any'), 'The address list “!any” leaves nothing', 10, '', /!any/],
    [rule('sid:1;', 'alert tcp any 90:80 -> any any'), 'The port range “90:80” runs backwards', 15, '', /lower/],
    [rule('sid:1;', 'alert tcp any 70000 -> any any'), '“70000” is no port', 15, '', /65535/],
  ])('%s', (text, what, column, keyword, next) => {
    const fault = faultOf(text);
    expect({ what: fault.what, line: fault.line, column: fault.column, keyword: fault.keyword }).toEqual({ what, line: 1, column, keyword });
    expect(fault.next).toMatch(next);
  });

  it('are found in their line of a rule that goes over several, and the others still run', () => {
    const { signatures, faults } = parseRules(`# a comment\n\n${rule('sid:1;')}\n  alert ip any any -> any any ( \\\n    ttl:5; \\\n    tll:6; sid:2;)\r\n${rule('sid:3;')}`);
    expect(signatures.map(({ sid, line }) => [sid, line])).toEqual([[1, 3], [3, 7]]);
    expect(faults[0]).toMatchObject({ line: 6, column: 5, keyword: 'tll' });
  });

  it('keep the higher rev of two rules with one number', () => {
    const { signatures, faults } = parseRules([rule('sid:1; rev:1;'), rule('sid:1; rev:2;'), rule('sid:1; rev:2;'), rule('sid:1; gid:2;')].join('\n'));
    expect(signatures.map(({ gid, rev }) => [gid, rev])).toEqual([[1, 2], [2, 0]]);
    expect(faults.map(({ line }) => line)).toEqual([3]);
  });

  it('say of a keyword that Suricata knows why its rule does not run', () => {
    const { signatures, faults } = parseRules(rule('http.uri; content:"a"; sid:1;', 'alert tcp any any -> any any'));
    expect(faults).toEqual([]);
    expect(signatures[0]!.unevaluated).toMatch(/“http.uri”: the application layer/);
  });
});

describe('hostile rule files', () => {
  it('are read up to a bound, with a sentence', () => {
    const line = `${rule('msg:"x"; sid:1;')}\n`;
    const { rules, faults } = parseRules(line.repeat(100), { maxText: line.length * 10 + 5 });
    expect(rules).toBe(10);
    expect(faults.at(-1)).toMatchObject({ code: 'too-large', kept: 'The 10 rules before that were read.' });
  });

  it('keep a bounded number of mistakes and count the others', () => {
    const { faults, moreFaults } = parseRules('x\n'.repeat(1500));
    expect([faults.length, moreFaults]).toEqual([1000, 500]);
  });

  it('end with an error where variables or brackets never end', () => {
    const addresses = new Map([['A', '$B'], ['B', '$A']]);
    expect(parseRules(rule('sid:1;', 'alert ip $A any -> any any'), { variables: { addresses, ports: new Map() } }).faults[0]!.what).toMatch(/nested more than 64/);
    expect(parseRules(rule('sid:1;', `alert ip ${'['.repeat(500)}1.1.1.1${']'.repeat(500)} any -> any any`)).faults).toHaveLength(1);
  });

  it('never throw, and every place lies in the text', () => {
    const words = fc.constantFrom('alert', 'ip', 'tcp', 'any', '->', '<>', '(', ')', ';', ':', '"', '\\', '|', '!', '[', ']', ',', '$HOME_NET', '\n', 'content:"a|41|";', 'pcre:"/a(b/";', 'sid:1;', 'ttl:>5;', 'byte_test:1,>,5,0;', 'é', '1.2.3.4/24', '80:');
    fc.assert(fc.property(fc.array(words, { maxLength: 25 }).map((list) => list.join(' ')), (text) => {
      const lines = text.split('\n');
      for (const { line, column } of parseRules(text).faults) {
        expect(line >= 1 && line <= lines.length).toBe(true);
        expect(column >= 1 && column <= lines[line - 1]!.length + 1).toBe(true);
      }
    }));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRules, type RuleSource } from './parse-rules.ts';

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
    const { signatures, faults } = parseRules(rule('smb.share; content:"a"; sid:1;', 'alert tcp any any -> any any'));
    expect(faults).toEqual([]);
    expect(signatures[0]!.unevaluated).toMatch(/“smb.share”: the application layer/);
  });
});

describe('hostile rule files', () => {
  it('are read up to a bound, with a sentence', () => {
    const line = (sid: number): string => `${rule(`msg:"x"; sid:${String(sid).padStart(3, '0')};`)}\n`;
    const text = Array.from({ length: 100 }, (_, i) => line(i + 1)).join('');
    const { rules, signatures, faults } = parseRules(text, { maxText: line(1).length * 10 });
    expect([rules, signatures.length]).toEqual([10, 10]);
    expect(faults).toMatchObject([{ code: 'too-large', line: 11, kept: 'The 10 rules before line 11 were kept.' }]);
  });

  it('keeps no more than so many rules, and says where it stopped', () => {
    const { signatures, faults } = parseRules(Array.from({ length: 30 }, (_, i) => `alert ip any any -> any any (sid:${i + 1};)`).join('\n'), { maxRules: 20 });
    expect(signatures.length).toBe(20);
    expect(faults).toMatchObject([{ code: 'too-large', line: 21, kept: 'The 20 rules before line 21 were kept.' }]);
  });

  it('bound all texts together', () => {
    const one = (name: string, sid: number): RuleSource => ({ name, text: `${rule(`sid:${sid};`)}\n` });
    const { signatures, faults } = parseRules([one('a', 1), one('b', 2), one('c', 3)], { maxText: 2 * one('a', 1).text.length });
    expect(signatures.map(({ file, index }) => [file, index])).toEqual([['a', 0], ['b', 1]]);
    expect(faults).toMatchObject([{ code: 'too-large', file: 'c', line: 1 }]);
  });

  it('that are one endless line give one sentence about it, and the next line is read', () => {
    const { signatures, faults } = parseRules(`${rule(`msg:"${'x'.repeat(100_000)}"; sid:1;`)}\n${'\\\n'.repeat(50_000)}\n${rule('sid:2;')}`);
    expect(signatures.map(({ sid }) => sid)).toEqual([2]);
    expect(faults.map(({ what, line }) => [what, line])).toEqual([[expect.stringMatching(/^The rule has 100,0\d\d characters$/), 1], ['The rule has no options', expect.any(Number)]]);
  });

  it('keep a bounded number of mistakes and count the others', () => {
    const text = Array.from({ length: 1500 }, (_, i) => `${rule(`sid:${i + 1};`)}\nx\n`).join('');
    const { signatures, faults, moreFaults } = parseRules(text);
    expect([signatures.length, faults.length, moreFaults]).toEqual([1500, 1000, 500]);
  });

  it('that are no rules at all are given up with one sentence, and the next file is read', () => {
    const { signatures, faults, moreFaults } = parseRules([{ name: 'a', text: `${rule('sid:1;')}\nx\n` }, { name: 'words', text: `${rule('sid:2;')}\n\n${'lorem ipsum\n'.repeat(5000)}` }, { name: 'b', text: rule('sid:3;') }]);
    expect(signatures.map(({ sid }) => sid)).toEqual([1, 2, 3]);
    expect([faults.length, moreFaults]).toEqual([2, 0]);
    expect(faults[1]).toMatchObject({
      code: 'unsupported', file: 'words', line: 3, what: 'This is hardly a text of rules: 1,000 of its first 1,001 entries cannot be read, the first because the rule has no options',
      kept: 'Reading stopped in line 1,002, and the 1 rules before it were kept.',
    });
  });

  it('of several files are one set: a number that is taken is told with its file', () => {
    const { faults } = parseRules([{ name: '', text: rule('sid:1;') }, { name: 'more.rules', text: rule('sid:1;') }]);
    expect(faults).toMatchObject([{ file: 'more.rules', what: 'The rule 1:1 is there already, in line 1 of the editor' }]);
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

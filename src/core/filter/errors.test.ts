import { describe, expect, it } from 'vitest';
import { compileFilter } from './compile.ts';
import { matcher } from './pattern.ts';

/** The characters that are marked, and the message. */
function problem(text: string): { marked: string; message: string } {
  const compiled = compileFilter(text);
  if (compiled.ok) throw new Error(`${text} is accepted`);
  const { from, to, message } = compiled.error;
  return { marked: text.slice(from, to), message };
}

describe('an error marks the characters at fault and says the fix', () => {
  it.each([
    // words
    ['ip.src = 1.2.3.4', '=', 'Write == to compare'],
    ['icmp | arp', '|', 'Write || for "or"'],
    ['icmp ^ arp', '^', 'Write ^^'],
    ['ip.src == 1.2.3.4; arp', ';', 'Write && or ||'],
    ['frame contains “a”', '“', 'straight quotes'],
    ['frame contains "abc', '"abc', 'Close the string with "'],
    ["frame contains 'ab'", "'ab'", 'Single quotes hold one byte'],
    ['frame matches "\\."', '\\.', 'Unknown escape'],
    ['@ip.src == 1', '@', 'slice the field instead'],
    ['🦊', '🦊', 'has no meaning in a filter'],
    // shape
    ['(icmp', '(', 'Close this ( with )'],
    ['icmp)', ')', 'closes nothing'],
    ['icmp.seq in {1, 2', '{', 'Close this { with }'],
    ['icmp.seq in {1, 2)', ')', 'Close the { before it with }'],
    ['icmp icmp', 'icmp', 'put an operator before it'],
    ['icmp AND arp', 'AND', 'lower case: and'],
    ['ip.src ==', '==', 'needs a value on its right'],
    ['icmp &&', '&&', 'needs a condition on its right'],
    ['&& icmp', '&&', 'on its left'],
    ['not', 'not', 'needs a condition on its right'],
    ['icmp.seq in {}', '}', 'A set needs values'],
    ['icmp.seq in {1,}', ',', 'wanted after the comma'],
    ['icmp, arp', ',', 'write && or ||'],
    ['icmp.seq in 1', '1', 'Write the values in braces'],
    ['eth.src[] == 1', '[]', 'Write a range as'],
    ['eth.src[0:0] == 1', '0:0', 'no bytes'],
    ['eth.src[0', '[', 'Close the range with ]'],
    ['ip.src#0 == 1.2.3.4', '0', 'counted from 1'],
    ['ip.src# == 1.2.3.4', '# ==', 'Write a layer as a number'],
    // names
    ['vxlan.vnii == 3', 'vxlan.vnii', 'did you mean vxlan.vni?'],
    ['ICMP', 'ICMP', 'did you mean icmp?'],
    ['icmp && nbns.name', 'nbns.name', 'not read here yet'],
    ['foo(ip.src) == 1', 'foo', 'There is no function "foo"'],
    ['len() == 1', 'len()', 'needs a field'],
    ['len(ip.src, ip.dst) == 1', 'ip.dst', 'takes one argument'],
    ['upper(ip.src) == "A"', 'ip.src', 'takes a text field'],
    ['8', '8', 'is a value'],
    ['icmp && "a"', '"a"', 'compare a field with it'],
    // types
    ['icmp.type == 300', '300', 'holds 0 to 255'],
    ['vxlan.vni == 16777216', '16777216', 'holds 0 to 16777215'],
    ['icmp.type == Ping', 'Ping', 'write a number, or its name'],
    ['udp.port == webserver', 'webserver', 'write a number'],
    ['ip.src == 172.31.9', '172.31.9', 'write all four numbers'],
    ['ip.src == 172.31.9.1444', '172.31.9.1444', 'write all four numbers'],
    ['ip.src == 10.0.0.0/33', '/33', '/0 to /32'],
    ['ip.src == fe80::1', 'fe80::1', 'use ipv6.addr'],
    ['ipv6.src == 1.2.3.4', '1.2.3.4', 'use ip.addr'],
    ['ipv6.src == fe80::1::2', 'fe80::1::2', 'no IPv6 address'],
    ['eth.src == 0a:d3:93', '0a:d3:93', 'eth.src[0:3] == 0a:d3:93'],
    ['eth.src == hello', 'hello', 'six bytes'],
    ['frame contains 333', '333', 'odd number of digits'],
    ['frame contains hello', 'hello', 'text in double quotes'],
    ['vxlan.flag_i == maybe', 'maybe', 'is a flag'],
    ['ip.src == eth.src', 'eth.src', 'compare like with like'],
    ['ip.ttl contains 40', 'ip.ttl', 'string(ip.ttl) contains'],
    ['ip.ttl matches "4"', 'ip.ttl', 'string(ip.ttl) matches'],
    ['ip.ttl[0] == 40', 'ip.ttl[0]', 'no bytes to slice'],
    ['ip.ttl + 1', 'ip.ttl + 1', 'Compare the result'],
    ['eth.src + 1 == 2', 'eth.src', 'only numbers and times in seconds can be computed with'],
    ['frame matches "("', '"("', 'cannot be used'],
    ['frame matches "(?=a)"', '"(?=a)"', 'not supported'],
    ['frame.time > "yesterday"', '"yesterday"', 'Write a time as'],
    ['all icmp', 'all', 'stands before a comparison'],
    ['max(ip.src, ip.ttl) == 1', 'ip.ttl', 'of one type'],
    ['frame.time_relative * 2 > 1', 'frame.time_relative', 'only numbers can be computed with'],
    ['string(max(ip.src)) == "a"', 'max(ip.src)', 'takes a field'],
  ])('%s', (text, marked, message) => {
    const found = problem(text);
    expect(found.message).toContain(message);
    expect(found.marked).toBe(marked);
  });
});

describe('hostile filters', () => {
  it('are refused where they nest too deep, at the place', () => {
    expect(problem(`${'('.repeat(5000)}icmp`).message).toContain('more than 100 levels');
    expect(problem(`${'!'.repeat(5000)}icmp`).message).toContain('more than 100 levels');
    expect(problem(`ip.ttl == ${'{'.repeat(5000)}1`).message).toContain('more than 100 levels');
    expect(problem(`ip.ttl == ${'1 + '.repeat(5000)}1`).message).toContain('more than 100 levels');
    expect(problem('x'.repeat(70_000)).message).toContain('65536 characters');
  });

  it('are taken where they are only long', () => {
    expect(compileFilter(Array.from({ length: 4000 }, () => 'icmp').join(' || ')).ok).toBe(true);
    expect(compileFilter(`icmp.seq in {${Array.from({ length: 8000 }, (_, i) => i).join(', ')}}`).ok).toBe(true);
    expect(compileFilter(`${'('.repeat(99)}icmp${')'.repeat(99)}`).ok).toBe(true);
  });

  it('are refused where their pattern would take long, and any other takes time in proportion to the text', () => {
    expect(problem('frame matches "(a?){1000}a{1000}"').message).toContain('too large');
    expect(problem('frame matches "((a{100}){100}){100}"').message).toContain('cannot be used');
    expect(problem(`frame matches "${'('.repeat(20_000)}"`).message.length).toBeLessThan(300);
    expect(problem('x'.repeat(1 << 20)).message).toContain('65536 characters');
    const long = new Uint8Array(65_535).fill(0x61);
    for (const pattern of ['(a+)+$', '(a|aa)+b', '(a*)*b', '(.*)(.*)(.*)(.*)x', 'a{1000}b']) {
      const matches = matcher(pattern);
      expect(typeof matches === 'string' ? matches : matches(long), pattern).toBe(pattern === '(a+)+$');
    }
  });

  it('never throw', () => {
    const words = ['(', ')', '{', '}', '[0]', '#2', ',', '..', '==', '!', 'not', 'in', 'any', '-', '&', 'ip.src', 'icmp', '1', '"a"', "'a'", '1.2.3.4', 'len(', 'matches', '~', 'eth.src[0:2]'];
    let state = 1;
    const random = (n: number): number => { state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0; return (state >>> 8) % n; };
    for (let i = 0; i < 20_000; i++) {
      const text = Array.from({ length: 1 + random(7) }, () => words[random(words.length)]).join(random(2) === 0 ? ' ' : '');
      const compiled = compileFilter(text);
      if (!compiled.ok) expect(compiled.error.from >= 0 && compiled.error.to <= text.length && compiled.error.from <= compiled.error.to, text).toBe(true);
    }
  });
});

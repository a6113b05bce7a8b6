import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RegexError, type RegexOptions } from './node.ts';
import { GAVE_UP, Regex } from './regex.ts';

const PLAIN: RegexOptions = { caseless: false, multiline: false, dotAll: false, extended: false, dollarEnd: false, ungreedy: false };

const run = (pattern: string, text: string, options: Partial<RegexOptions> = {}, from = 0): [number, number] | null | 'gave up' => {
  const regex = new Regex(pattern, { ...PLAIN, ...options }, false);
  const found = regex.find(text, from);
  return found === GAVE_UP ? 'gave up' : found < 0 ? null : [regex.start, regex.end];
};

// The differences between PCRE and JavaScript, from pcre2pattern(3) and pcre2syntax(3).
describe('expressions of PCRE', () => {
  it.each<[string, string, Partial<RegexOptions>, [number, number] | null]>([
    ['a.c', 'a\rc', {}, [0, 3]], // only a newline is not matched by a dot
    ['a.c', 'a\nc', {}, null],
    ['a.c', 'a\nc', { dotAll: true }, [0, 3]],
    ['b$', 'ab\n', {}, [1, 2]], // before a last newline too
    ['b$', 'ab\n', { dollarEnd: true }, null],
    ['b$', 'ab\nc', {}, null],
    ['b$', 'ab\nc', { multiline: true }, [1, 2]],
    ['^c', 'ab\nc', { multiline: true }, [3, 4]],
    ['^c', 'ab\rc', { multiline: true }, null], // a carriage return ends no line
    ['\\s', '\xa0', {}, null], // ASCII only
    ['\\h', '\xa0', {}, [0, 1]],
    ['\\w', '\xe9', {}, null],
    ['\xe9', '\xc9', { caseless: true }, null], // no folding beyond ASCII
    ['[a-c]x', 'BX', { caseless: true }, [0, 2]],
    ['[^a]', 'A', { caseless: true }, null],
    ['a b # note', 'ab', { extended: true }, [0, 2]],
    ['(?i)ab(?-i)c', 'ABc', {}, [0, 3]],
    ['(?i:a)b', 'Ab', {}, [0, 2]],
    ['a++b', 'aaab', {}, [0, 4]],
    ['a++a', 'aaa', {}, null], // possessive
    ['(?>a|ab)c', 'abc', {}, null], // atomic
    ['(\\w)\\1', 'abccd', {}, [2, 4]],
    ['(?P<x>a)(?P=x)', 'aa', {}, [0, 2]],
    ['\\Qa.b\\E+', 'a.bb', {}, [0, 4]],
    ['\\x41\\x{42}\\103', 'ABC', {}, [0, 3]],
    ['[[:alpha:]]+', '12ab', {}, [2, 4]],
    ['[]a]+', ']a', {}, [0, 2]],
    ['a{2}', 'aaa', {}, [0, 2]],
    ['a{,2}', 'a{,2}', {}, [0, 5]], // no quantifier in the version that Suricata has
    ['a+?', 'aaa', {}, [0, 1]],
    ['a+', 'aaa', { ungreedy: true }, [0, 1]],
    ['foo(?=bar)', 'foobar', {}, [0, 3]],
    ['(?<!a)b', 'abcb', {}, [3, 4]],
    ['\\bcat\\b', 'a cat.', {}, [2, 5]],
    ['\\A.\\z', 'x', {}, [0, 1]],
    ['a|\\Rb', '\r\nb', {}, [0, 3]],
  ])('%s on %j', (pattern, text, options, expected) => { expect(run(pattern, text, options)).toEqual(expected); });

  it('ends in time on expressions that make a backtracking matcher run for ever', () => {
    expect(run('^(a+)+$', `${'a'.repeat(2000)}!`, { dollarEnd: true })).toBe(null);
    expect(run('(x+x+)+y', 'x'.repeat(5000))).toBe(null);
    expect(() => run('^(a+)+$', 'a')).toThrow(RegexError); // with $ before a last newline RE2 cannot, and RegExp may not
    expect(run('a*a*a*a*(?=b)', 'a'.repeat(3000))).toBe('gave up');
  });

  it.each(['(?R)', '(?(1)a|b)', '\\X', '\\p{L}', '(*FAIL)', '(a)?\\1', '\\G'])('says that %s is not evaluated', (pattern) => {
    let error: unknown;
    try { run(pattern, ''); } catch (e) { error = e; }
    expect(error).toBeInstanceOf(RegexError);
    expect((error as RegexError).supported).toBe(false);
  });

  it.each(['(', 'a)', '[a', '*', 'a{3,2}', '[b-a]', '\\1', '[[:foo:]]'])('refuses %s', (pattern) => {
    let error: unknown;
    try { run(pattern, ''); } catch (e) { error = e; }
    expect(error).toMatchObject({ supported: true });
  });

  it('gives the same answer by RegExp and by RE2', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '(?:ab|a)', '(?:b|c)', 'c');
    const piece = fc.tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{1,2}', '*?', '+?')).map(([a, q]) => a + q);
    fc.assert(fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1'), maxLength: 12 }), (pieces, text) => {
      const pattern = pieces.join('');
      const short = run(pattern, text);
      // Behind a long text the same is done by RE2.
      const behind = (padding: string): boolean => run(`y${pattern}\\z`, `${padding}y${text}`) !== null;
      expect(behind('z'.repeat(3000))).toBe(behind(''));
      const js = new RegExp(pattern).exec(text);
      expect(short).toEqual(js === null ? null : [js.index, js.index + js[0].length]);
    }));
  });
});

// PCRE's language is Perl's as far as rules go: random expressions on random texts, once with each of Perl's answers.
const PERL = `while (<STDIN>) { chomp; my ($p, $t, $f) = map { $_ eq '-' ? '' : pack('H*', $_) } split / /; my $r = qr/(?^a$f:$p)/; print $t =~ $r ? "$-[0] $+[0]\\n" : "none\\n" }`;
const perl = (lines: string): string[] | null => {
  const { status, stdout } = spawnSync('perl', ['-e', `no warnings; ${PERL}`], { input: lines, encoding: 'utf8', maxBuffer: 1e8 });
  return status === 0 ? stdout.split('\n') : null;
};

describe.skipIf(perl('') === null)('expressions beside Perl (needs perl)', () => {
  const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex') || '-';
  const { expression } = fc.letrec<{ expression: string; piece: string }>((tie) => ({
    expression: fc.array(tie('piece'), { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join('')),
    piece: fc.oneof(
      { maxDepth: 2 }, fc.tuple(fc.constantFrom('a', 'b', 'A', '.', '[ab]', '[^a]', '\\d', '\\w', '\\s', '\\n'), fc.constantFrom('', '', '*', '+', '?', '{1,2}', '*?', '??', '++', '{2}')).map(([a, q]) => a + q),
      fc.constantFrom('^', '$', '\\b', '\\B', '\\A', '\\z', '\\Z'),
      fc.tuple(fc.constantFrom('(?:', '(', '(?=', '(?!', '(?>'), tie('expression'), tie('expression')).map(([open, a, b]) => `${open}${a}|${b})`),
    ),
  }));

  it('gives the same matches', () => {
    const cases = fc.sample(fc.tuple(expression, fc.string({ unit: fc.constantFrom('a', 'b', 'A', '1', ' ', '\n'), maxLength: 8 }), fc.constantFrom('', 'i', 'm', 's', 'im')), 3000);
    const theirs = perl(cases.map((one) => one.map(hex).join(' ')).join('\n') + '\n')!;
    let compared = 0;
    for (const [i, [pattern, text, flags]] of cases.entries()) {
      let ours: ReturnType<typeof run>;
      try {
        ours = run(pattern, text, { caseless: flags.includes('i'), multiline: flags.includes('m'), dotAll: flags.includes('s') });
      } catch (error) {
        if (error instanceof RegexError && !error.supported) continue; // said, and not evaluated
        throw error;
      }
      if (ours === 'gave up') continue; // said too
      compared++;
      expect([pattern, text, flags, ours === null ? 'none' : ours.join(' ')]).toEqual([pattern, text, flags, theirs[i]]);
    }
    expect(compared).toBeGreaterThan(2000);
  });
});

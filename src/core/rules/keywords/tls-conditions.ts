import type { Ask } from '../app-layer/ask.ts';
import { tlsSide } from '../app-layer/tls-buffers.ts';
import { CERTIFICATES, HELLO, isTls, type TlsSide } from '../app-layer/tls.ts';
import { progressOf } from '../app-layer/transaction.ts';
import { fingerprint } from '../app-layer/x509.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { numberPasses, numberWords, readNumberTest } from '../parse/number-test.ts';
import type { RuleDraft } from '../parse/draft.ts';
import { type Option, quoted } from '../parse/options.ts';
import { RuleError } from '../rule-error.ts';
import type { Keyword } from './keyword.ts';

// What rules ask of a TLS session besides buffers (rules/tls-keywords.rst; detect-tls*.c, detect-ssl-version.c).

const ask = (step: number): Ask => ({ protocol: 'tls', way: 'both', ready: (tx, toServer) => isTls(tx) && progressOf(tx, toServer) >= step });
const HELLO_ASK = ask(HELLO);
const CERTIFICATES_ASK = ask(CERTIFICATES);
const side = (p: PacketView): TlsSide | null => (p.tx !== null && isTls(p.tx) ? tlsSide(p.tx, p.toServer) : null);

interface Wish { readonly ask: Ask; readonly wanted: string; readonly test: (side: TlsSide, p: PacketView) => boolean; readonly see: (side: TlsSide) => string }

const condition = (rule: RuleDraft, option: Option, { ask: asked, wanted, test, see }: Wish): void => {
  rule.conditions.push({
    keyword: option.name, source: option.source, wanted, ask: asked,
    test(p) { const own = side(p); return own !== null && test(own, p); },
    see(p) { const own = side(p); return { text: own === null ? 'no TLS session' : see(own), from: 0, to: 0 }; },
  });
};

const VERSIONS: ReadonlyMap<number, readonly [dotted: string, named: string]> = new Map([
  [0x0002, ['', 'sslv2']], [0x0300, ['', 'sslv3']], [0x0301, ['1.0', 'tls1.0']], [0x0302, ['1.1', 'tls1.1']], [0x0303, ['1.2', 'tls1.2']], [0x0304, ['1.3', 'tls1.3']],
]);
const versionOf = ({ hello, recordVersion }: TlsSide): number => hello?.version ?? recordVersion;
const versionWords = (own: TlsSide): string => VERSIONS.get(versionOf(own))?.[1] ?? `0x${versionOf(own).toString(16)}`;
const plain = (option: Option): string => (option.value ?? '').replace(/^"(.*)"$/, '$1').trim().toLowerCase();
const numberOf = (name: string, place: 0 | 1): number => [...VERSIONS].find(([, names]) => names[place] === name)?.[0] ?? -1;

const tlsVersion: Keyword = {
  names: ['tls.version'], summary: 'The version of TLS is this one.', form: 'tls.version:[!]1.0|1.1|1.2|1.3|0xHHHH;', value: 'required',
  read(option, rule) {
    const [, bang = '', name = ''] = /^(!?)\s*(.*)$/.exec(plain(option)) ?? [];
    const version = /^0x[0-9a-f]{4}$/.test(name) ? Number(name) : name === '' ? -1 : numberOf(name, 0);
    if (version < 0) throw new RuleError(`“${name}” is no version of TLS`, option.valueAt, Math.max(1, (option.value ?? '').length), 'Write 1.0, 1.1, 1.2, 1.3 or a number as 0x0303.');
    condition(rule, option, { ask: HELLO_ASK, wanted: `TLS version ${bang}${name}`, test: (own) => (versionOf(own) === version) === (bang === ''), see: versionWords });
  },
};

const sslVersion: Keyword = {
  names: ['ssl_version'], summary: 'The version of SSL or TLS is one of these.', form: 'ssl_version:[!]sslv2|sslv3|tls1.0|tls1.1|tls1.2|tls1.3[,…];', value: 'required',
  read(option, rule) {
    const terms = plain(option).split(',').map((term) => {
      const [, bang = '', name = ''] = /^(!?)\s*(.*)$/.exec(term.trim()) ?? [];
      const version = numberOf(name, 1);
      if (version < 0) throw new RuleError(`“${name}” is no version of SSL`, option.valueAt, Math.max(1, (option.value ?? '').length), 'Versions are sslv2, sslv3, tls1.0, tls1.1, tls1.2 and tls1.3.');
      return { version, negated: bang !== '' };
    });
    const [those, others] = [terms.filter(({ negated }) => !negated), terms.filter(({ negated }) => negated)].map((list) => new Set(list.map(({ version }) => version)));
    condition(rule, option, { ask: HELLO_ASK, wanted: `version ${plain(option)}`, test: (own) => (those!.size === 0 || those!.has(versionOf(own))) && !others!.has(versionOf(own)), see: versionWords });
  },
};

/** Older keywords that look for a text in what the certificate says. */
const contains = (name: string, label: string, text: (own: TlsSide) => string | null, whole: boolean): Keyword => ({
  names: [name], summary: `The certificate’s ${label} ${whole ? 'is this one' : 'has this text'}, or with ! not.`, form: `${name}:[!]"TEXT";`, value: 'required',
  read(option, rule) {
    const { text: wanted, negated } = quoted(option, { optional: true });
    const sought = whole ? wanted.trim().toLowerCase() : wanted;
    const has = (found: string): boolean => (whole ? found === sought : found.includes(sought));
    condition(rule, option, { ask: CERTIFICATES_ASK, wanted: `${negated ? 'no ' : ''}“${sought}” in the certificate’s ${label}`, test(own) { const found = text(own); return found !== null && has(found) !== negated; }, see: (own) => text(own) ?? 'no certificate' });
  },
});

/** Seconds since 1970 of YYYY[-MM[-DD[ HH[:MM[:SS]]]]], with T for the blank if one likes; NaN for anything else. */
function dateOf(text: string): number {
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00'] = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2})(?::(\d{2})(?::(\d{2}))?)?)?)?)?$/i.exec(text.trim()) ?? [];
  return year === undefined ? Number.NaN : Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) / 1000;
}

const dateText = (seconds: number): string => (Number.isNaN(seconds) ? 'no date' : new Date(seconds * 1000).toISOString().slice(0, 19));

const dated = (name: string, label: string, of: (own: TlsSide) => number): Keyword => ({
  names: [name], summary: `The date ${label} which the certificate is valid compares.`, form: `${name}:[<|>]DATE; or ${name}:DATE<>DATE;`, value: 'required',
  read(option, rule) {
    const value = plain(option);
    const [, operator = '', first = '', second] = /^([<>]?)\s*(.*?)(?:\s*<>\s*(.*))?$/.exec(value) ?? [];
    const [a, b] = [dateOf(first), second === undefined ? 0 : dateOf(second)];
    if (Number.isNaN(a) || Number.isNaN(b)) throw new RuleError(`“${value}” is no date for ${name}`, option.valueAt, Math.max(1, (option.value ?? '').length), 'Write a date as 2026-05-01, or 2026-05-01T12:00:00.');
    const test = (date: number): boolean => (second !== undefined ? date > a && date < b : operator === '<' ? date < a : operator === '>' ? date > a : date === a);
    condition(rule, option, { ask: CERTIFICATES_ASK, wanted: `the certificate valid ${label} ${value}`, test: (own) => test(of(own)), see: (own) => dateText(of(own)) });
  },
});
const notBefore = ({ certificate }: TlsSide): number => certificate?.notBefore ?? Number.NaN;
const notAfter = ({ certificate }: TlsSide): number => certificate?.notAfter ?? Number.NaN;

const validity = (name: string, wanted: string, test: (own: TlsSide, seconds: number) => boolean): Keyword => ({
  names: [name], summary: `The packet comes while ${wanted}.`, form: `${name};`, value: 'none',
  read(option, rule) { condition(rule, option, { ask: CERTIFICATES_ASK, wanted, test: (own, p) => own.certificate !== null && test(own, p.seconds), see: (own) => (own.certificate === null ? 'no certificate' : `valid from ${dateText(notBefore(own))} to ${dateText(notAfter(own))}`) }); },
});

const chainLength: Keyword = {
  names: ['tls.cert_chain_len'], summary: 'The number of certificates compares.', form: 'tls.cert_chain_len:[<|>]N;', value: 'required',
  read(option, rule) {
    const test = readNumberTest(plain(option), { keyword: option.name, at: option.valueAt, max: 4_294_967_295 });
    condition(rule, option, { ask: CERTIFICATES_ASK, wanted: `the number of certificates ${numberWords(test)}`, test: ({ certificates }) => numberPasses(test, certificates.length), see: ({ certificates }) => String(certificates.length) });
  },
};

/** It writes the certificate to disk where Suricata runs; what matches is not changed. */
const store: Keyword = { names: ['tls.store'], summary: 'Stores the certificate where Suricata runs; nothing is stored here.', form: 'tls.store;', value: 'none', read() { /* nothing to test */ } };

export const tlsConditions: readonly Keyword[] = [
  tlsVersion, sslVersion, contains('tls.subject', 'subject', ({ certificate }) => certificate?.subject ?? null, false), contains('tls.issuerdn', 'issuer', ({ certificate }) => certificate?.issuer ?? null, false),
  contains('tls.fingerprint', 'fingerprint', ({ certificates: [own] }) => (own === undefined ? null : fingerprint(own)), true),
  dated('tls_cert_notbefore', 'from', notBefore), dated('tls_cert_notafter', 'until', notAfter),
  validity('tls_cert_expired', 'the certificate has expired', (own, seconds) => notAfter(own) < seconds),
  validity('tls_cert_valid', 'the certificate is valid', (own, seconds) => notBefore(own) <= seconds && seconds <= notAfter(own)), chainLength, store,
];

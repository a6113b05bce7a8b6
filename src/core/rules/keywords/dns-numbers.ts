import { type DnsTransaction, isDns } from '../app-layer/dns.ts';
import type { Ask } from '../app-layer/ask.ts';
import { RuleError } from '../rule-error.ts';
import { type NumberTest, numberPasses, numberWords, readNumberTest } from '../parse/number-test.ts';
import type { PacketView } from '../packet/packet-view.ts';
import type { Keyword } from './keyword.ts';

// Numbers of a DNS message (rules/dns-keywords.rst; RFC 6895 section 2 for the names of codes).

const RCODES = 'noerror formerr servfail nxdomain notimp refused yxdomain yxrrset nxrrset notauth notzone'.split(' ');

/** On the side that sent it. */
const ask: Ask = { protocol: 'dns', way: 'both', ready: (tx, toServer) => isDns(tx) && tx.toServer === toServer };

const messageOf = (p: PacketView): DnsTransaction['message'] | null => (p.tx !== null && isDns(p.tx) ? p.tx.message : null);

const number = (name: string, label: string, value: (message: DnsTransaction['message']) => number, words: readonly string[]): Keyword => ({
  names: [name], summary: `The ${label} of a DNS message compares.`, form: `${name}:[!|<|>]N; or ${name}:A-B;`, value: 'required',
  read(option, rule) {
    const text = (option.value ?? '').replace(/^"(.*)"$/, '$1').trim();
    const word = words.indexOf(text.toLowerCase());
    const test = word >= 0 ? readNumberTest(String(word), { keyword: name, at: option.valueAt, max: 65_535 }) : readNumberTest(text, { keyword: name, at: option.valueAt, max: 65_535 });
    rule.conditions.push({
      keyword: name, source: option.source, wanted: `the ${label} ${numberWords(test)}`, ask,
      test(p) { const message = messageOf(p); return message !== null && numberPasses(test, value(message)); },
      see(p) { const message = messageOf(p); return { text: message === null ? 'no DNS message' : String(value(message)), from: 0, to: 0 }; },
    });
  },
});

/** Types of the records that are looked at: those asked for in a request, those of the answers in a response. */
const typesOf = (p: PacketView): number[] => {
  const message = messageOf(p);
  if (message === null) return [];
  return (p.toServer ? message.questions : message.answers).map(({ type }) => type);
};

/** Which of several numbers must pass: any of them, all, all if there are any, or the one at a place, from the end below 0 (rules/integer-keywords.rst). */
function passes(test: NumberTest, values: readonly number[], which: string): boolean {
  if (which === 'any') return values.some((value) => numberPasses(test, value));
  if (which === 'all') return values.length > 0 && values.every((value) => numberPasses(test, value));
  if (which === 'all1' || which === 'or_absent') return values.every((value) => numberPasses(test, value));
  const value = values.at(Number(which));
  return value !== undefined && numberPasses(test, value);
}

const rrtype: Keyword = {
  names: ['dns.rrtype'], summary: 'The type of a DNS record compares.', form: 'dns.rrtype:[!|<|>]N[,any|all|INDEX];', value: 'required',
  read(option, rule) {
    const [text = '', which = 'any'] = (option.value ?? '').replace(/^"(.*)"$/, '$1').split(',').map((part) => part.trim());
    if (!/^(any|all|all1|or_absent|-?\d{1,5})$/.test(which)) throw new RuleError(`“${which}” has no meaning in dns.rrtype`, option.valueAt, Math.max(1, (option.value ?? '').length), 'Write any, all or an index.');
    const test = readNumberTest(text, { keyword: 'dns.rrtype', at: option.valueAt, max: 65_535 });
    rule.conditions.push({
      keyword: 'dns.rrtype', source: option.source, wanted: `the type of ${which === 'any' ? 'a record' : which === 'all' ? 'all records' : `record ${which}`} ${numberWords(test)}`, ask,
      test: (p) => messageOf(p) !== null && passes(test, typesOf(p), which),
      see: (p) => ({ text: messageOf(p) === null ? 'no DNS message' : typesOf(p).join(', ') || 'no record', from: 0, to: 0 }),
    });
  },
};

export const dnsNumbers: readonly Keyword[] = [number('dns.opcode', 'opcode', ({ opcode }) => opcode, []), number('dns.rcode', 'response code', ({ rcode }) => rcode, RCODES), rrtype];

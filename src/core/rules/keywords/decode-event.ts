import type { Prefilter } from '../match/key-lists.ts';
import { DECODE_EVENTS, type DecodeEvent } from '../packet/events.ts';
import { nearest } from '../parse/nearest.ts';
import { RuleError } from '../rule-error.ts';
import { type Keyword, plainWords } from './keyword.ts';

/** Families whose decoders are followed here only in part, or not at all: their other events are known to Suricata and not told. */
const FAMILIES: ReadonlySet<string> = new Set(
  'ipv4 ipv6 tcp udp icmpv4 icmpv6 igmp sctp esp vlan ethernet sll sll2 ppp pppoe raw ltnull gre vxlan geneve mpls vntag ieee8021ah chdlc erspan nsh dce arp stream afp etag teredo too_many_layers decoder'.split(' '),
);

const SOME_EVENT: Prefilter = { key: { of: (p) => Number(p.hasEvents) }, values: [1] };

export const decodeEvent: Keyword = {
  names: ['decode-event'], summary: 'The decoder raised this event on the packet.', form: 'decode-event:FAMILY.NAME;', value: 'required', words: plainWords(DECODE_EVENTS.join(' ')),
  read(option, rule) {
    const name = (option.value ?? '').replace(/^"(.*)"$/, '$1').trim().toLowerCase();
    const event = DECODE_EVENTS.indexOf(name as DecodeEvent);
    if (event < 0) {
      const [family = ''] = name.split('.');
      if (!FAMILIES.has(family) || !/^[\w-]+(\.[\w-]+)?$/.test(name)) {
        const meant = nearest(name, DECODE_EVENTS);
        throw new RuleError(`“${name}” is no event of a decoder`, option.valueAt, Math.max(1, name.length), meant === '' ? 'Events are those of Suricata’s decoder-events.rules.' : `Did you mean “${meant}”?`);
      }
      rule.cannot(`“decode-event”: the event ${name} is not told apart here`);
      return;
    }
    rule.conditions.push({
      keyword: 'decode-event', source: option.source, wanted: `the decoder’s event ${name}`,
      test: (p) => p.hasEvent(event), prefilter: SOME_EVENT,
      see: (p) => ({ text: p.events.join(', ') || 'no event', from: 0, to: 0 }),
    });
  },
};

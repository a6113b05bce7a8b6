import { NEVER, STREAM_EVENTS, type StreamEvent } from '../flow/stream-events.ts';
import type { Prefilter } from '../match/key-lists.ts';
import { nearest } from '../parse/nearest.ts';
import { RuleError } from '../rule-error.ts';
import type { Keyword } from './keyword.ts';

const SOME_EVENT: Prefilter = { key: { of: (p) => Number(p.hasStreamEvents) }, values: [1] };

export const streamEvent: Keyword = {
  names: ['stream-event'], summary: 'The TCP engine raised this event on the packet.', form: 'stream-event:NAME;', value: 'required',
  read(option, rule) {
    const name = (option.value ?? '').replace(/^"(.*)"$/, '$1').trim().toLowerCase();
    const event = STREAM_EVENTS.indexOf(name as StreamEvent);
    if (event < 0) {
      const meant = nearest(name, STREAM_EVENTS);
      if (meant === '' && /^[\w-]+$/.test(name)) { rule.cannot(`“stream-event”: the event ${name} is not told apart here`); return; }
      throw new RuleError(`“${name}” is no event of the TCP engine`, option.valueAt, Math.max(1, name.length), meant === '' ? 'Events are those of Suricata’s stream-events.rules.' : `Did you mean “${meant}”?`);
    }
    if (NEVER.has(STREAM_EVENTS[event]!)) { rule.cannot(`“stream-event”: the event ${name} is not told apart here`); return; }
    rule.usesFlow = true;
    rule.conditions.push({
      keyword: 'stream-event', source: option.source, wanted: `the TCP engine’s event ${name}`,
      test: (p) => p.hasStreamEvent(event), prefilter: SOME_EVENT,
      see: (p) => ({ text: p.streamEvents.join(', ') || 'no event', from: 0, to: 0 }),
    });
  },
};

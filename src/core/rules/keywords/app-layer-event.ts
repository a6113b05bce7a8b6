import { APP_EVENTS } from '../app-layer/events.ts';
import type { Ask } from '../app-layer/ask.ts';
import { APP_PROTOCOLS, type AppProtocol, eventsOf } from '../app-layer/transaction.ts';
import type { Keyword } from './keyword.ts';

const ASKS: Readonly<Record<AppProtocol, Ask>> = { http: { protocol: 'http', way: 'both', ready: () => true }, dns: { protocol: 'dns', way: 'both', ready: () => true }, tls: { protocol: 'tls', way: 'both', ready: () => true } };

/** Names that rule sets before version 7 have. */
const OLDER: Readonly<Record<string, string>> = { 'dns.not_request': 'dns.not_a_request', 'dns.not_response': 'dns.not_a_response' };

export const appLayerEvent: Keyword = {
  names: ['app-layer-event'], summary: 'The parser of an application protocol found this wrong.', form: 'app-layer-event:PROTOCOL.EVENT;', value: 'required',
  read(option, rule) {
    const value = (option.value ?? '').replace(/^"(.*)"$/, '$1').trim().toLowerCase();
    const [, family = '', event = ''] = /^([^.]*)\.(.*)$/.exec(OLDER[value] ?? value) ?? [];
    const protocol = APP_PROTOCOLS.find((name) => name === family);
    if (protocol === undefined || !APP_EVENTS[protocol].has(event)) { rule.cannot(`“app-layer-event”: the event ${value} is not told apart here`); return; }
    rule.conditions.push({
      keyword: 'app-layer-event', source: option.source, wanted: `the event ${event} of ${protocol.toUpperCase()}`, ask: ASKS[protocol],
      test: (p) => p.tx?.protocol === protocol && eventsOf(p.tx, p.toServer).has(event),
      see: (p) => ({ text: p.tx === null ? `no transaction of ${protocol.toUpperCase()}` : [...eventsOf(p.tx, p.toServer)].join(', ') || 'no event', from: 0, to: 0 }),
    });
  },
};

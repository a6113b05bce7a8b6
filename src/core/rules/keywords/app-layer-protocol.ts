import { APPLICATION_NAMES, DETECTED, meansProtocol } from '../app/names.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { nearest } from '../parse/nearest.ts';
import { RuleError } from '../rule-error.ts';
import type { Keyword } from './keyword.ts';

const MODES = ['direction', 'final', 'either', 'to_server', 'to_client', 'original'] as const;
type Mode = (typeof MODES)[number];

/** The protocols that a mode asks about; none while they are unknown, so that ! does not hold either (detect-app-layer-protocol.c). */
function found(p: PacketView, mode: Mode): string[] {
  if (p.flow === null) return [];
  const { protocol, original, toServer, toClient } = p.flow.app;
  const asked = mode === 'final' ? [protocol] : mode === 'original' ? [original] : mode === 'either' ? [toServer, toClient] : mode === 'to_server' || (mode === 'direction' && p.toServer) ? [toServer] : [toClient];
  return asked.filter((name) => name !== '');
}

export const appLayerProtocol: Keyword = {
  names: ['app-layer-protocol'], summary: 'The flow’s application protocol is this one, or with ! is another.', form: `app-layer-protocol:[!]NAME[,${MODES.join('|')}];`, value: 'required',
  read(option, rule) {
    const value = (option.value ?? '').replace(/^"(.*)"$/, '$1').trim();
    const [named = '', mode = 'direction'] = value.split(',').map((part) => part.trim());
    const [, bang = '', name = ''] = /^(!?)\s*(\S*)$/.exec(named.toLowerCase()) ?? [];
    const chosen = MODES.find((each) => each === mode);
    if (chosen === undefined) throw new RuleError(`“${mode}” is no mode of app-layer-protocol`, option.valueAt, Math.max(1, value.length), `Modes are ${MODES.join(', ')}.`);
    const names = name.split('|');
    for (const one of names) {
      if (one === 'unknown' || DETECTED.has(one)) continue;
      if (APPLICATION_NAMES.includes(one)) { rule.cannot(`“app-layer-protocol”: ${one} is not found out here`); return; }
      const meant = nearest(one, APPLICATION_NAMES);
      throw new RuleError(`“${one}” is no application protocol`, option.valueAt, Math.max(1, value.length), meant === '' ? 'Protocols are http, tls, dns and the like.' : `Did you mean “${meant}”?`);
    }
    const wanted = bang === '';
    rule.conditions.push({
      keyword: 'app-layer-protocol', source: option.source, wanted: `the application protocol ${wanted ? 'is' : 'is not'} ${names.join(' or ')}`,
      test(p) {
        const spoken = found(p, chosen);
        if (name === 'unknown') return (p.flow !== null && spoken.length === 0) === wanted;
        return spoken.length > 0 && spoken.some((each) => names.some((one) => meansProtocol(one, each))) === wanted;
      },
      see: (p) => ({ text: p.flow === null ? 'no flow' : found(p, chosen).join(', ') || 'not known yet', from: 0, to: 0 }),
    });
  },
};

import { RuleError } from '../rule-error.ts';
import type { Keyword } from './keyword.ts';

const FORM = /^(session|host)(?:\s*,\s*(\d{1,9})\s*,\s*(packets|seconds|bytes)(?:\s*,\s*(src|dst))?)?$/;
/** Packets that a session's tag takes when it says nothing (DETECT_TAG_MAX_PKTS). */
const PACKETS = 256;

/** It changes nothing about the rule's own alerts: packets that follow are kept with them, as events of type packet in EVE. */
export const tag: Keyword = {
  names: ['tag'], summary: 'Keeps packets that follow an alert, of its session or host.', form: 'tag:session|host[,N,packets|seconds|bytes[,src|dst]];', value: 'required',
  read(option, rule) {
    const value = (option.value ?? '').replace(/^"(.*)"$/, '$1').trim();
    const found = FORM.exec(value);
    const [, scope, amount = String(PACKETS), metric = 'packets', side] = found ?? [];
    if (found === null || (scope === 'host' && side === undefined) || (scope === 'session' && side !== undefined)) {
      throw new RuleError(`“${value}” is no form of tag`, option.valueAt, Math.max(1, value.length), 'Write tag:session; or tag:session,10,packets; or tag:host,60,seconds,src;.');
    }
    rule.tag = { scope: scope === 'host' ? 'host' : 'session', metric: metric === 'seconds' || metric === 'bytes' ? metric : 'packets', amount: Number(amount), side: side === 'dst' ? 'destination' : 'source' };
  },
};

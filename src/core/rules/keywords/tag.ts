import { RuleError } from '../rule-error.ts';
import type { Keyword } from './keyword.ts';

const FORM = /^(session|host)(?:\s*,\s*(\d{1,9})\s*,\s*(packets|seconds|bytes)(?:\s*,\s*(src|dst))?)?$/;
/** Packets that a tag takes at most, and where it says nothing (DETECT_TAG_MAX_PKTS). */
const PACKETS = 256;

/** A host is the destination's unless it says src; of a session the direction says nothing. A rule may have several. It changes nothing about the rule's own alerts: packets that follow are kept with them, as events of type packet in EVE. */
export const tag: Keyword = {
  names: ['tag'], summary: 'Keeps packets that follow an alert, of its session or host.', form: 'tag:session|host[,N,packets|seconds|bytes[,src|dst]];', value: 'required',
  read(option, rule) {
    const value = (option.value ?? '').replace(/^"(.*)"$/, '$1').trim();
    const found = FORM.exec(value);
    const [, scope, amount = String(PACKETS), metric = 'packets', side] = found ?? [];
    if (found === null) {
      throw new RuleError(`“${value}” is no form of tag`, option.valueAt, Math.max(1, value.length), 'Write tag:session; or tag:session,10,packets; or tag:host,60,seconds,src;.');
    }
    const known = metric === 'seconds' || metric === 'bytes' ? metric : 'packets';
    rule.tags.push({ scope: scope === 'host' ? 'host' : 'session', metric: known, amount: known === 'packets' ? Math.min(Number(amount), PACKETS) : Number(amount), side: side === 'src' ? 'source' : 'destination' });
  },
};

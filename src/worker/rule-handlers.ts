// The calls about rules. The engine comes with the first of them: whoever only looks at packets does without.

import { formatRules } from '../core/rules/edit/format.ts';
import { ruleHelp } from '../core/rules/edit/help.ts';
import type { RuleCall } from './handlers.ts';
import type { Calls, Handlers } from './protocol.ts';
import { ruleFromPacket, RuleTrial } from './rule-trial.ts';
import type { Pace } from './rule-pace.ts';
import { RuleDesk } from './rules.ts';
import type { Session } from './session.ts';

/** `pace` says when helpers take over: tests go by no clock. */
export function ruleHandlers(session: Session, pace?: Pace): Pick<Handlers<Calls>, RuleCall> {
  const rules = new RuleDesk(session, pace);
  const trial = new RuleTrial(session);
  return {
    checkRules: ({ text, ours }) => Promise.resolve(rules.check(text, ours)),
    ruleHelp: ({ text, caret, ours }) => Promise.resolve(ruleHelp(text, caret, { ours })),
    formatRules: ({ text }) => Promise.resolve(formatRules(text)),
    tryRule: (request, { signal }) => trial.tryRule(request, signal),
    ruleFromPacket: ({ packet, level, sid, vxlanDecoding }) => ruleFromPacket(session.opened, packet, level, sid, vxlanDecoding),
    runRules: (request, context) => rules.run(request, context),
    helpersGone: ({ id }) => { rules.helpersGone(id); return Promise.resolve(null); },
    rulesSofar: ({ id }) => Promise.resolve(rules.sofar(id)),
    signatures: ({ indices }) => Promise.resolve(rules.signatures(indices)),
    ruleTotals: (_, { move }) => {
      const totals = rules.totals();
      move([totals.hits, totals.checks, totals.milliseconds, totals.open].map(({ buffer }) => buffer as ArrayBuffer));
      return Promise.resolve(totals);
    },
    ruleOrder: ({ choice, others }, { move }) => {
      const order = rules.order(choice, others);
      move([order.buffer as ArrayBuffer]);
      return Promise.resolve(order);
    },
    findRule: ({ sid }) => Promise.resolve(rules.find(sid)),
    alerts: ({ signature, sort, from, count }) => Promise.resolve({ alerts: rules.alerts(signature, sort, from, count) }),
    alertLog: ({ form, role }) => Promise.resolve(rules.log(form, role)),
    alertLines: ({ form, role, from, count }) => Promise.resolve(rules.lines(form, role, from, count)),
    why: ({ signature, packet }, { signal }) => rules.why(signature, packet, signal),
    hitsFilter: ({ signature, level }) => Promise.resolve(rules.hitsFilter(signature, level)),
    stoppedFilter: ({ through }) => Promise.resolve(rules.stoppedFilter(through)),
    silent: ({ signature }, context) => rules.silent(signature, context),
  };
}

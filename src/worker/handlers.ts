// What a capture's worker answers: one function a call. A new call: its types in `protocol.ts`, its function here, its work in a file of its own.

import { complete } from '../core/filter/complete.ts';
import { formatRules } from '../core/rules/edit/format.ts';
import { ruleHelp } from '../core/rules/edit/help.ts';
import { packetOf } from './packet.ts';
import type { Calls, Handlers } from './protocol.ts';
import { ruleFromPacket, RuleTrial } from './rule-trial.ts';
import { RuleDesk } from './rules.ts';
import { rowsOf, rowsOfPackets } from './rows.ts';
import type { Session } from './session.ts';
import { applyView } from './view.ts';
import { tableFile, viewCapture } from './view-files.ts';

export function captureHandlers(session: Session): Handlers<Calls> {
  const rules = new RuleDesk(session);
  const trial = new RuleTrial(session);
  return {
    open: ({ file, name }, { signal, progress }) => session.open(file, name, signal, progress),
    view: async (view, context) => applyView(session.opened, view, rules.marks, context),
    rows: async ({ from, count }) => ({ from, rows: await rowsOf(session.opened, from, count, rules.marks), total: session.opened.view.rows }),
    rowsOf: ({ numbers }) => rowsOfPackets(session.opened, numbers, rules.marks),
    position: ({ number }) => Promise.resolve(session.opened.view.placeOf(number - 1)),
    packet: async ({ number }) => packetOf(session.opened, number),
    complete: ({ text, caret }) => Promise.resolve(complete(text, caret)),
    tableFile: async ({ form, columns }, context) => tableFile(session.opened, form, columns, rules.marks, context),
    captureFile: async (_, context) => viewCapture(session.opened, context),
    blob: async () => session.opened.blob(),
    checkRules: ({ text, ours }) => Promise.resolve(rules.check(text, ours)),
    ruleHelp: ({ text, caret }) => Promise.resolve(ruleHelp(text, caret)),
    formatRules: ({ text }) => Promise.resolve(formatRules(text)),
    tryRule: (request, { signal }) => trial.tryRule(request, signal),
    ruleFromPacket: ({ packet, level, sid, vxlanDecoding }) => ruleFromPacket(session.opened, packet, level, sid, vxlanDecoding),
    runRules: (request, context) => rules.run(request, context),
    signatures: ({ indices }) => Promise.resolve(rules.signatures(indices)),
    findRule: ({ sid }) => Promise.resolve(rules.find(sid)),
    alerts: ({ signature, from, count }) => Promise.resolve({ alerts: rules.alerts(signature, from, count) }),
    alertLog: ({ form, role }) => Promise.resolve(rules.log(form, role)),
    why: ({ signature, packet }) => rules.why(signature, packet),
    hitsFilter: ({ signature, level }) => Promise.resolve(rules.hitsFilter(signature, level)),
    stoppedFilter: () => Promise.resolve(rules.stoppedFilter()),
    silent: ({ signature }, context) => rules.silent(signature, context),
  };
}

// What a capture's worker answers: one function a call. A new call: its types in `protocol.ts`, its function here, its work in a file of its own.
// What the first rows do without is loaded with its first call.

import { later } from './later.ts';
import { packetInPlace, packetOf } from './packet.ts';
import { decodable } from './places.ts';
import type { Calls, Handlers } from './protocol.ts';
import { rowsOf, rowsOfPackets } from './rows.ts';
import type { Session } from './session.ts';
import { applyView } from './view.ts';

const RULE_CALLS = ['checkRules', 'ruleHelp', 'formatRules', 'tryRule', 'ruleFromPacket', 'runRules', 'helpersGone', 'rulesSofar', 'signatures', 'ruleTotals', 'ruleOrder', 'findRule', 'alerts', 'alertLog', 'alertLines', 'why', 'hitsFilter', 'stoppedFilter', 'silent'] as const;
export type RuleCall = (typeof RULE_CALLS)[number];

export function captureHandlers(session: Session): Handlers<Calls> {
  return {
    open: (request, { signal, progress }) => session.open(request, signal, progress),
    decodable: () => Promise.resolve(decodable()),
    view: async (view, context) => applyView(session.opened, view, session.marks, context),
    rows: async ({ from, count }) => ({ from, rows: await rowsOf(session.opened, from, count, session.marks), total: session.opened.view.rows }),
    rowsOf: ({ numbers }) => rowsOfPackets(session.opened, numbers, session.marks),
    position: ({ number }) => Promise.resolve(session.opened.view.placeOf(number - 1)),
    packet: async ({ number }, { signal }) => packetOf(session.opened, number, signal),
    packetInPlace: async ({ number }, { signal }) => packetInPlace(session.opened, number, signal),
    reassembly: ({ on }) => { session.reassemble(on); return Promise.resolve(null); },
    editComments: ({ number, comments }) => { session.opened.edits.set(number, comments); session.opened.filtered = null; return Promise.resolve(); },
    ...later(['properties'], async () => { const { propertiesOf } = await import('./properties.ts'); return { properties: () => Promise.resolve(propertiesOf(session.opened)) }; }),
    blob: async () => session.opened.blob(),
    ...later(['complete'], async () => { const { complete } = await import('../core/filter/complete.ts'); return { complete: ({ text, caret }) => Promise.resolve(complete(text, caret)) }; }),
    ...later(['reference'], async () => { const { referencePages } = await import('../core/filter/reference.ts'); return { reference: () => Promise.resolve(referencePages()) }; }),
    ...later(['tableFile', 'captureFile'], async () => {
      const { tableFile, viewCapture } = await import('./view-files.ts');
      return { tableFile: async ({ form, columns }, context) => tableFile(session.opened, form, columns, session.marks, context), captureFile: async ({ all = false }, context) => viewCapture(session.opened, all, context) };
    }),
    ...later(['bench', 'benchFile'], async () => { const { bench, benchFile } = await import('./bench.ts'); return { bench: ({ bytes, edit }) => Promise.resolve(bench(bytes, edit)), benchFile: ({ bytes }) => Promise.resolve(benchFile(bytes)) }; }),
    ...later(RULE_CALLS, async () => (await import('./rule-handlers.ts')).ruleHandlers(session)),
  };
}

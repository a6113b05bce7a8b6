// What a capture's worker answers: one function a call. A new call: its types in `protocol.ts`, its function here, its work in a file of its own.

import { packetOf } from './packet.ts';
import type { Calls, Handlers } from './protocol.ts';
import { rowsOf } from './rows.ts';
import type { Session } from './session.ts';
import { applyView } from './view.ts';

export const captureHandlers = (session: Session): Handlers<Calls> => ({
  open: ({ file, name }, { signal, progress }) => session.open(file, name, signal, progress),
  view: async (view, context) => applyView(session.opened, view, context),
  rows: async ({ from, count }) => ({ from, rows: await rowsOf(session.opened, from, count), total: session.opened.view.rows }),
  position: ({ number }) => Promise.resolve(session.opened.view.placeOf(number - 1)),
  packet: async ({ number }) => packetOf(session.opened, number),
  complete: () => Promise.resolve([]),
  blob: async () => session.opened.blob(),
});

import './lockdown.ts'; // first: what alerts contain is not to leave either
import { loadJq, type Jq } from 'jq-wasm';
import { FaultError } from '../core/base/fault.ts';
import { announce } from './announce.ts';
import type { JqCalls } from './jq-protocol.ts';
import { serve } from './server.ts';

let jq: Jq | null = null;

const NEWLINE = /\n/g;
/** The library takes the last line end away. */
const withEnd = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

serve<JqCalls>(self, {
  load: async ({ wasm }) => {
    jq = await loadJq({ wasmBinary: wasm });
    return jq.version;
  },
  run: async ({ input, program, options }) => {
    if (!jq) throw new FaultError({ code: 'cancelled', what: 'jq is not loaded yet', next: 'Try again in a moment.' });
    const { stdout, stderr } = jq.raw(await input.text(), program, [...options]);
    const text = withEnd(stdout);
    return { output: new Blob([text]), lines: text.match(NEWLINE)?.length ?? 0, error: stderr.trim() };
  },
});
announce();

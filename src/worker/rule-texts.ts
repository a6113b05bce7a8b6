// The texts of a request for rules, read with breaths in between: a large set takes seconds, and the worker must answer for rows meanwhile.

import { FaultError } from '../core/base/fault.ts';
import { plainText } from '../core/base/plain-text.ts';
import { readingRules, type ParsedRules, type RuleSource } from '../core/rules/parse/parse-rules.ts';
import type { RuleFault } from '../core/rules/rule-error.ts';
import { turn } from './breathe.ts';
import type { RulesRequest } from './protocol.ts';

const BREATH_MS = 20;

/** The text of a file, or a fault in the place of a mistake: the other texts are read on. */
async function sourceOf(name: string, file: Blob): Promise<RuleSource | RuleFault> {
  try {
    return { name, text: plainText(new Uint8Array(await file.arrayBuffer())) };
  } catch (error) {
    const fault = error instanceof FaultError ? error.fault : { what: 'The file can no longer be read: it was changed, moved or removed since it was loaded', next: 'Load it again.' };
    return { code: 'unsupported', line: 1, column: 1, length: 0, keyword: '', ...fault, file: name } as RuleFault;
  }
}

async function parse({ text, files, ours }: RulesRequest, signal: AbortSignal): Promise<ParsedRules> {
  const all = [{ name: '', text }, ...await Promise.all(files.map(({ name, file }) => sourceOf(name, file)))];
  const unread = all.filter((each): each is RuleFault => 'code' in each);
  const reading = readingRules(all.filter((each): each is RuleSource => 'text' in each), { ours });
  let last = performance.now();
  for (;;) {
    const { done, value } = reading.next();
    if (done === true) return { ...value, faults: [...unread, ...value.faults] };
    if (performance.now() - last < BREATH_MS) continue;
    await turn();
    if (signal.aborted) throw new FaultError({ code: 'cancelled', what: 'The rules were stopped while they were read', next: 'Run them again.' });
    last = performance.now();
  }
}

/** What of a request decides how its texts are read; a file that was changed has another time or size. */
const keyOf = ({ text, files, ours }: RulesRequest): string => JSON.stringify([ours, text, files.map(({ name, file }) => [name, file.size, file.lastModified])]);

/** Why a rule does not run, as a clause. */
export const SWITCHED_OFF = 'it is switched off';

/** The same with those rules of files off that have one of these sids: they keep their places. */
function withOff(parsed: ParsedRules, off: readonly number[]): ParsedRules {
  if (off.length === 0) return parsed;
  const sids = new Set(off);
  return { ...parsed, signatures: parsed.signatures.map((signature) => (signature.file !== '' && sids.has(signature.sid) ? { ...signature, unevaluated: SWITCHED_OFF } : signature)) };
}

export class RuleTexts {
  #last: { readonly key: string; readonly parsed: ParsedRules } | null = null;

  /** Reads the texts; the same ones as the last time, with other switches, are not read again. */
  async read(request: RulesRequest, signal: AbortSignal): Promise<ParsedRules> {
    const key = keyOf(request);
    if (this.#last?.key !== key) this.#last = { key, parsed: await parse(request, signal) };
    return withOff(this.#last.parsed, request.off);
  }
}

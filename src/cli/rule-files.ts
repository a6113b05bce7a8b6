import { readFileSync } from 'node:fs';
import { FaultError } from '../core/base/fault.ts';
import { plainText } from '../core/base/plain-text.ts';
import type { RuleSource } from '../core/rules/parse/parse-rules.ts';
import type { RuleFault } from '../core/rules/rule-error.ts';
import { ruleFaultText } from '../core/rules/rule-error.ts';
import type { Signature } from '../core/rules/signature.ts';

/** A rule file's text; bytes that are no UTF-8 become the replacement character, and the parser tells what it makes of them. */
export function readRuleFile(path: string): RuleSource {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FaultError({ code: 'read-failed', what: `${path} cannot be read (${reason})`, next: 'Check the path and its permissions.' });
  }
  try {
    return { name: path, text: plainText(bytes) };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    throw new FaultError({ ...error.fault, what: `${path}: ${error.fault.what}` });
  }
}

/** "my.rules:3:30: There is no keyword “tll”. Did you mean “ttl”?" */
export const faultLine = (fault: RuleFault): string => `${fault.file}:${fault.line}:${fault.column}: ${ruleFaultText(fault)}`;

/** Which rules are not evaluated here, a line for each reason: a large set has thousands with the same. */
export function unevaluatedLines(signatures: readonly Signature[]): string[] {
  const byReason = new Map<string, { readonly first: Signature; count: number }>();
  for (const signature of signatures) {
    if (signature.unevaluated === '') continue;
    const known = byReason.get(signature.unevaluated);
    if (known) known.count++; else byReason.set(signature.unevaluated, { first: signature, count: 1 });
  }
  return [...byReason].map(([why, { first, count }]) =>
    `${first.file}:${first.line}: sid ${first.sid}${count === 1 ? ' is' : ` and ${(count - 1).toLocaleString('en-US')} more are`} not evaluated here: ${why}.`);
}

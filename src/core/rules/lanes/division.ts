import type { Signature } from '../signature.ts';
import { mayAct, onlyHoldsBack } from '../state/thresholds.ts';

/** How rules are dealt out when flows are followed side by side. */
export interface Division {
  /** Rules whose matches depend on other flows than the packet's: one alone evaluates them, over all flows in their order. */
  readonly across: ReadonlySet<Signature>;
  /** Rules that are evaluated there as well, since what they do to a flow decides about the others; their own matches are told by who follows the flow. */
  readonly needed: ReadonlySet<Signature>;
}

const OF_HOSTS = /^(?:host|pair) bits /;

/** Bits of hosts; a threshold across flows on which more hangs than the alert; and where the packets that a tag keeps are told, tags. */
const looksAcross = (signature: Signature, tags: boolean): boolean =>
  signature.touches.some((name) => OF_HOSTS.test(name)) || (tags && signature.tags.length > 0)
  || (signature.threshold !== null && signature.threshold.track !== 'by_flow' && !onlyHoldsBack(signature));

/**
 * Deals rules out. `tags`: whether packets that a tag keeps are told. Null where flows cannot be followed side by side, since a rule that passes or drops what follows in a flow depends on other flows.
 */
export function divide(signatures: readonly Signature[], tags: boolean): Division | null {
  const evaluated = signatures.filter(({ unevaluated }) => unevaluated === '');
  const across = withTouched(evaluated, evaluated.filter((signature) => looksAcross(signature, tags)));
  if ([...across].some(mayAct)) return null;
  return { across, needed: across.size === 0 ? across : withTouched(evaluated, evaluated.filter(mayAct)) };
}

/**
 * Whether what a rule does with a packet may hang on other flows: on bits of hosts and counts across flows, its own or those of rules that set what it tests or that pass or drop packets before it.
 */
export function hangsOnOtherFlows(signature: Signature, signatures: readonly Signature[]): boolean {
  if (signature.threshold !== null && signature.threshold.track !== 'by_flow') return true;
  const evaluated = signatures.filter(({ unevaluated }) => unevaluated === '');
  const across = withTouched(evaluated, evaluated.filter((each) => looksAcross(each, false)));
  return across.has(signature) || [...across].some(mayAct);
}

/** These rules with all that set or test something that they, or another of them, set or test. */
function withTouched(signatures: readonly Signature[], first: readonly Signature[]): ReadonlySet<Signature> {
  const found = new Set(first);
  if (first.length === 0) return found;
  const touching = new Map<string, Signature[]>();
  for (const signature of signatures) {
    for (const name of signature.touches) {
      const known = touching.get(name);
      if (known === undefined) touching.set(name, [signature]); else known.push(signature);
    }
  }
  for (const signature of found) { // grows while it is walked
    for (const name of signature.touches) {
      for (const other of touching.get(name) ?? []) found.add(other);
      touching.delete(name);
    }
  }
  return found;
}

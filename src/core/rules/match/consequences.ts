import type { PacketView } from '../packet/packet-view.ts';
import type { RuleKind } from '../parse/classify.ts';
import type { Action, Signature } from '../signature.ts';
import type { Verdict } from './alert-record.ts';
import { payloadContents } from './needed-content.ts';

// What a match means for what comes after it.

/**
 * Rules that may be evaluated when a flow ends: whether it then has transactions that nobody has looked at decides whether they are, as in Suricata. Where there are none, nothing of the application layer is read.
 * Rules that cannot do without a content of the payload need no transactions for it: where nothing of a stream is left, nothing is found.
 */
export const mayLookAtEnds = (signature: Signature): boolean => signature.unevaluated === '' && (signature.asks.length > 0 || (!signature.needsPacket && !isAboutAddresses(signature) && payloadContents(signature).length === 0));

/** Such a rule is told at each packet here, so that where nothing is stopped its drop hides nothing that comes after. */
export const isAboutAddresses = ({ kind }: Signature): boolean => kind === 'addresses' || kind === 'negated addresses';

/** Kinds of rules whose action covers the rest of the flow; that of rules about streams does where the match was in one (detect-engine.c). */
const COVERING: ReadonlySet<RuleKind> = new Set<RuleKind>(['addresses', 'negated addresses', 'protocol', 'application', 'transaction']);

/** Lets a match decide about the rest of its flow. What was decided first stays. */
export function cover(p: PacketView, { kind }: Signature, inStream: boolean, verdict: 'pass' | 'drop'): void {
  if (p.flow !== null && p.flow.verdict === '' && (COVERING.has(kind) || inStream)) p.flow.verdict = verdict;
}

/** reject and rejectsrc tell the sender of the packet, rejectdst the other side. */
export function rejectTarget(action: Action, toServer: boolean): Verdict['rejectTarget'] {
  if (action === 'rejectboth') return 'both';
  return (action === 'rejectdst') === toServer ? 'to_server' : 'to_client';
}

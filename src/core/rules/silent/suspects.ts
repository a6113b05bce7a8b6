// The usual reasons why a rule stays silent, as changes that take them out of the way: what the rule does then is tried, not guessed.

import type { AlertRecord } from '../match/alert-record.ts';
import { isReject } from '../match/order.ts';
import { ANY_ADDRESS } from '../parse/addresses.ts';
import { ANY_PORT } from '../parse/ports.ts';
import type { RuleSettings } from '../settings/settings.ts';
import type { Signature } from '../signature.ts';
import { NO_SUPPRESSIONS } from '../state/suppression.ts';

/** A rule, the rules around it that can change what it does, and the settings. */
export interface Trial { readonly signature: Signature; readonly others: readonly Signature[]; readonly settings: RuleSettings }

export interface SuspectKind {
  /** The trial without the reason; null where it cannot be the reason. */
  without(trial: Trial): Trial | null;
  /** "…, it fires 12 times, first on packet 3": what stands before and after that. */
  readonly before: (trial: Trial) => string;
  readonly after: (first: AlertRecord, trial: Trial) => string;
}

const BITS: ReadonlySet<string> = new Set(['flowbits', 'xbits', 'hostbits', 'flowint']);
const stream = (trial: Trial, change: Partial<RuleSettings['stream']>): Trial => ({ ...trial, settings: { ...trial.settings, stream: { ...trial.settings.stream, ...change } } });
const tunnels = (trial: Trial, change: Partial<RuleSettings['tunnels']>): Trial => ({ ...trial, settings: { ...trial.settings, tunnels: { ...trial.settings.tunnels, ...change } } });
const rule = (trial: Trial, change: Partial<Signature>): Trial => ({ ...trial, signature: { ...trial.signature, ...change } });
const ends = ({ source, destination }: AlertRecord): string => `from ${source} to ${destination}`;
const ports = ({ sport, dport }: AlertRecord): string => (sport < 0 ? 'without ports' : `from port ${sport} to port ${dport}`);

/** Conditions of a rule without those of some keywords; null where it has none of them. */
function withoutConditions(trial: Trial, is: (keyword: string) => boolean): Trial | null {
  const conditions = trial.signature.conditions.filter(({ keyword }) => !is(keyword));
  return conditions.length === trial.signature.conditions.length ? null : rule(trial, { conditions });
}

/** Rules of some actions taken out; null where there is none. */
function withoutRules(trial: Trial, is: (other: Signature) => boolean): Trial | null {
  const others = trial.others.filter((other) => !is(other));
  return others.length === trial.others.length ? null : { ...trial, others };
}

/** The likeliest first. */
export const SUSPECTS: readonly SuspectKind[] = [
  {
    without: (trial) => (trial.settings.tunnels.vxlan ? null : tunnels(trial, { vxlan: true })),
    before: () => 'With VXLAN decoding on', after: (first) => `${first.level > 0 ? 'inside its envelope' : ''}: this IDS sees the addresses of the envelope only`,
  },
  {
    without: (trial) => (trial.settings.tunnels.vxlan && trial.settings.tunnels.vxlanStrict ? tunnels(trial, { vxlanStrict: false }) : null),
    before: () => 'With the check of VXLAN’s reserved bits off (decoder.vxlan.reserved-bits-check: permissive)', after: () => ': the envelopes have reserved bits set',
  },
  {
    without: (trial) => withoutRules(trial, ({ action }) => action === 'pass'),
    before: () => 'Without the pass rules', after: () => ': a pass rule comes before it',
  },
  {
    without: (trial) => withoutRules(trial, ({ action }) => action === 'drop' || isReject(action)),
    before: () => 'Without the drop and reject rules', after: () => ': the flow is dropped before it gets there',
  },
  {
    without: (trial) => (trial.signature.direction === '->' ? rule(trial, { source: trial.signature.destination, destination: trial.signature.source }) : null),
    before: () => 'With its two sides swapped', after: (first) => `, which goes ${ends(first)}: the packets go the other way`,
  },
  {
    without: (trial) => (trial.signature.source.addresses.any && trial.signature.destination.addresses.any ? null
      : rule(trial, { source: { ...trial.signature.source, addresses: ANY_ADDRESS }, destination: { ...trial.signature.destination, addresses: ANY_ADDRESS } })),
    before: ({ signature: { source, destination } }) => `With any addresses instead of ${source.addressText} and ${destination.addressText}`, after: (first) => `, which goes ${ends(first)}`,
  },
  {
    without: (trial) => (trial.signature.source.ports.any && trial.signature.destination.ports.any ? null
      : rule(trial, { source: { ...trial.signature.source, ports: ANY_PORT }, destination: { ...trial.signature.destination, ports: ANY_PORT } })),
    before: ({ signature: { source, destination } }) => `With any ports instead of ${source.portText} and ${destination.portText}`, after: (first) => `, which goes ${ports(first)}`,
  },
  {
    without: (trial) => (trial.settings.stream.midstream ? null : stream(trial, { midstream: true })),
    before: () => 'With sessions taken up in their middle (stream.midstream)', after: () => ': the capture has no handshake of this session, so that it is never established',
  },
  {
    without: (trial) => (trial.settings.stream.asyncOneside ? null : stream(trial, { asyncOneside: true, midstream: true })),
    before: () => 'With sessions of which one side is seen (stream.async-oneside)', after: () => ': only one direction passes here, as with asymmetric routing',
  },
  {
    without: (trial) => (trial.settings.stream.checksums ? stream(trial, { checksums: false }) : null),
    before: () => 'With checksums not looked at (-k none)', after: () => ': the segments have wrong checksums, as those of a sender have whose network card fills them in',
  },
  {
    without: (trial) => withoutConditions(trial, (keyword) => keyword === 'flow'),
    before: () => 'Without its flow keyword', after: () => ': the state or direction of the flow is not the one that is wanted',
  },
  {
    without: (trial) => withoutConditions(trial, (keyword) => BITS.has(keyword)),
    before: () => 'Without the bits that it tests', after: () => ': no rule sets them before',
  },
  {
    without: (trial) => (trial.signature.threshold === null ? null : rule(trial, { threshold: null })),
    before: () => 'Without its threshold', after: () => ': the threshold is not reached, or keeps the alerts back',
  },
  {
    without: (trial) => (trial.signature.suppressions.length === 0 ? null : rule(trial, { suppressions: NO_SUPPRESSIONS })),
    before: () => 'Without what threshold.config suppresses', after: ({ signature }) => `: ${signature.suppressions.at(-1)!.source}`,
  },
];

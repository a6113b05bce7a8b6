import { PacketDecoder } from '../packet/decode.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { type RuleSettings, STOCK_SETTINGS } from '../settings/settings.ts';
import type { Action, Signature } from '../signature.ts';
import { type AlertRecord, alertRecord } from './alert-record.ts';
import { Inspection } from './chain.ts';
import { goes, isDoubled } from './header-match.ts';

/** A signature in one of its directions. */
interface Rule { readonly signature: Signature; readonly reverse: boolean }

const isReject = (action: Action): boolean => action.startsWith('reject');
const rank = (order: readonly Action[], action: Action): number => order.indexOf(isReject(action) ? 'reject' : action);

/** Signatures in the order in which they act: by action, then priority 1 first, then as they stand in the file. */
export function inOrder(signatures: readonly Signature[], order: readonly Action[]): Signature[] {
  return [...signatures].sort((a, b) => rank(order, a.action) - rank(order, b.action) || a.priority - b.priority || a.index - b.index);
}

/** Matches packets against signatures, level by level. Keeps one packet's views until the next call. */
export class Matcher {
  readonly settings: RuleSettings;
  readonly decoder: PacketDecoder;
  readonly #rules: readonly Rule[];
  readonly #inspection = new Inspection();

  constructor(signatures: readonly Signature[], settings: RuleSettings = STOCK_SETTINGS) {
    this.settings = settings;
    this.decoder = new PacketDecoder(settings.tunnels);
    const evaluated = signatures.filter(({ unevaluated }) => unevaluated === '');
    this.#rules = inOrder(evaluated, settings.actionOrder).flatMap((signature) => (isDoubled(signature) ? [{ signature, reverse: false }, { signature, reverse: true }] : [{ signature, reverse: false }]));
  }

  /** Decodes a packet and calls `onAlert` for each alert: outermost level first, on a level in the order in which signatures act. */
  packet(bytes: Uint8Array, start: number, end: number, linkType: number, number: number, seconds: number, nanoseconds: number, onAlert: (alert: AlertRecord) => void): void {
    this.decoder.decode(bytes, start, end, linkType, number, seconds, nanoseconds);
    for (let level = 0; level < this.decoder.levels; level++) this.#level(level, onAlert);
  }

  #level(level: number, onAlert: (alert: AlertRecord) => void): void {
    const p = this.decoder.views[level]!;
    let alerts = 0;
    for (const { signature, reverse } of this.#rules) {
      if (!this.#matches(signature, p, reverse)) continue;
      if (signature.writes && alerts < this.settings.maxAlerts) {
        alerts++;
        onAlert(alertRecord(signature, this.decoder.views, level, this.#blocks(signature.action)));
      }
      if (signature.action === 'pass') return;
    }
  }

  #blocks(action: Action): boolean { return isReject(action) || (action === 'drop' && this.settings.ips); }

  #matches(signature: Signature, p: PacketView, reverse: boolean): boolean {
    if (!signature.protocol.test(p)) return false;
    if (reverse ? !goes(p, signature.destination, signature.source) : !goes(p, signature.source, signature.destination)) return false;
    for (const condition of signature.conditions) if (!condition.test(p)) return false;
    for (const chain of signature.chains) if (!this.#inspection.run(chain, p)) return false;
    return true;
  }
}

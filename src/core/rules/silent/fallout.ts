// Over many packets: at which condition of a rule they fell out, and which of them came closest.

import { explain } from '../explain.ts';
import { hasAddress } from '../match/header-match.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { hasPort } from '../parse/ports.ts';
import type { Closest, FallOut, SilentLevel } from '../report.ts';
import type { Signature } from '../signature.ts';

/** The conditions of a header in the order of evaluation, which most packets fall out at: no words are made for them. */
const HEADER = 5;

/** The first condition of the header that fails, HEADER when all hold, as `explain` numbers them. */
function headerFails({ protocol, source, destination }: Signature, p: PacketView): number {
  if (!protocol.test(p)) return 0;
  if (!hasAddress(source.addresses, p, p.sourceAddress)) return 1;
  if (!hasPort(source.ports, p.sport)) return 2;
  if (!hasAddress(destination.addresses, p, p.destinationAddress)) return 3;
  return hasPort(destination.ports, p.dport) ? HEADER : 4;
}

class LevelTally {
  inspected = 0;
  readonly fell: number[] = [];
  readonly words: { label: string; wanted: string }[] = [];
  best = -1;
  closest: Closest | null = null;
}

export class Fallout {
  readonly #signature: Signature;
  readonly #levels: LevelTally[] = [];
  constructor(signature: Signature) { this.#signature = signature; }

  /** Takes a packet with the state of its flow before it; `start` is the captured packet's first byte in the view's buffer. */
  take(p: PacketView, start: number): void {
    while (this.#levels.length <= p.level) this.#levels.push(new LevelTally());
    const tally = this.#levels[p.level]!;
    tally.inspected++;
    const quick = this.#signature.direction === '<>' ? HEADER : headerFails(this.#signature, p);
    if (quick < HEADER && quick <= tally.best && tally.words[quick] !== undefined) { tally.fell[quick] = (tally.fell[quick] ?? 0) + 1; return; }
    const { reasons } = explain(this.#signature, p, start);
    const at = reasons.findIndex(({ verdict }) => verdict !== 'met');
    if (at < 0) return;
    const { keyword, source, wanted, seen } = reasons[at]!;
    const label = at < HEADER ? `${keyword.charAt(0).toUpperCase()}${keyword.slice(1)}` : keyword;
    tally.fell[at] = (tally.fell[at] ?? 0) + 1;
    tally.words[at] ??= { label, wanted: at < HEADER ? source : wanted };
    if (at <= tally.best) return;
    tally.best = at;
    tally.closest = { packet: p.number, met: at, ...tally.words[at], seen };
  }

  levels(): SilentLevel[] {
    return this.#levels.map(({ inspected, fell, words, closest }, level) => ({
      level, inspected, closest,
      fellOut: fell.flatMap((packets, at): FallOut[] => [{ ...words[at]!, packets }]),
    }));
  }
}

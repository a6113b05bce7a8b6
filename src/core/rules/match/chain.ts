import type { Ask } from '../app-layer/ask.ts';
import type { PacketView } from '../packet/packet-view.ts';
import type { RuleKind } from '../parse/classify.ts';

// Contents, regular expressions and byte tests of one buffer form a chain: each may stand relative to the one before, and when a later one
// fails, the next occurrence of the earlier one is tried (detect-engine-content-inspection.c).

/** A stretch of a packet that a chain looks at. */
export interface RuleBuffer {
  readonly name: string;
  /** In words: "the payload". */
  readonly label: string;
  /** Whether it is a captured packet's header. */
  readonly ofPacket?: true;
  /** What it asks of a transaction, for a buffer of the application layer. */
  readonly ask?: Ask;
  /** Whether a packet may have several of them: each is looked at for itself. */
  readonly many?: true;
  /** Sets `from` and `to` of the inspection, and `bytes` where they are not the packet's; false when the packet has no such buffer. `instance` counts from 0 where there may be several. */
  range(p: PacketView, into: Inspection, instance: number): boolean;
}

/** No match. */
export const MISS = -1;

export interface Part {
  readonly keyword: string;
  /** As the rule has it, its modifiers included. */
  readonly source: string;
  readonly wanted: string;
  /** Whether it counts from the end of the match before. */
  readonly relative: boolean;
  /**
   * Looks from the relative point `cursor`; answers where the next part counts from, or MISS. Offsets are those of the bytes. `again` is -1 first, then where to look for
   * another occurrence, as the part left it in `inspection.again` (-1 when there is none to be had).
   */
  inspect(inspection: Inspection, cursor: number, again: number): number;
}

/** What it means that the packet has no such buffer: no match, the match (`absent`), or a match as good as one inside (`absent: or_else`). */
export type Absence = 'no match' | 'match' | 'match too';

export interface BufferChain {
  readonly buffer: RuleBuffer;
  readonly absence: Absence;
  readonly parts: readonly Part[];
}

/** How often a chain may try again before it gives up, as Suricata's detect.inspection-recursion-limit has it: a chain that gives up does not match. */
const MAX_STEPS = 3000;

/** Variables of byte_extract and byte_math in one rule. */
export const MAX_VARIABLES = 64;

export class Inspection {
  bytes: Uint8Array = new Uint8Array(0);
  from = 0;
  to = 0;
  /** The last match of a part; empty where it has no bytes. */
  matchFrom = 0;
  matchTo = 0;
  again = -1;
  /** 64 bits without a sign, as Suricata's. */
  readonly variables = new BigUint64Array(MAX_VARIABLES);
  /** Set while somebody asks why: parts then put into words what they saw. */
  tracing = false;
  /** Set when a regular expression was stopped before it came to an answer. */
  gaveUp = false;
  seen = '';
  /** What base64_decode gave last. */
  decoded: Uint8Array | null = null;
  /** Whether the packet has the buffer that was asked for last. */
  found = false;
  /** The farthest part reached and what the parts before it matched. */
  readonly trace: PartTrace[] = [];
  reached = 0;
  #text = '';
  #textOf: Uint8Array | null = null;
  #textFrom = -1;
  #textTo = -1;
  #steps = 0;

  /** What the rule's contents look at, and whether the last stretch that was looked at is one of a stream. */
  look: RuleKind = 'packet';
  inStream = false;
  /** Whether a chain of this rule matched in a stream. */
  matchedInStream = false;

  /** Forgets what the chains of the rule before left. */
  begin(look: RuleKind): void {
    this.decoded = null;
    this.look = look;
    this.matchedInStream = false;
  }

  /** Forgets the packet before: its bytes may say something else now. */
  newPacket(): void { this.#textOf = null; }

  /** Runs a whole chain over a packet: over each of its buffers until one matches. */
  run(chain: BufferChain, p: PacketView): boolean {
    const { buffer } = chain;
    this.gaveUp = false;
    this.found = false;
    this.#steps = MAX_STEPS;
    this.trace.length = 0;
    for (let instance = 0; ; instance++) {
      const before = this.bytes;
      this.bytes = p.bytes;
      this.inStream = false;
      if (!buffer.range(p, this, instance)) { if (instance > 0) this.bytes = before; break; } // what the last one had can still be told
      this.found = true;
      this.reached = 0;
      this.trace.length = 0;
      if (chain.absence !== 'match' && this.#part(chain.parts, 0, this.from)) {
        if (this.inStream) this.matchedInStream = true;
        return true;
      }
      if (buffer.many !== true || this.#steps <= 0) return false;
    }
    return !this.found && chain.absence !== 'no match';
  }

  /** The buffer as a string of one character a byte, for regular expressions; made once for all rules that look at it one after the other. */
  text(): string {
    const { bytes, from, to } = this;
    if (this.#textOf !== bytes || this.#textFrom !== from || this.#textTo !== to) {
      this.#text = latin1(bytes, from, to);
      this.#textOf = bytes;
      this.#textFrom = from;
      this.#textTo = to;
    }
    return this.#text;
  }

  // Recursion on the parts of a rule, which a rule's length bounds to some hundreds, never on the packet.
  #part(parts: readonly Part[], index: number, cursor: number): boolean {
    if (index === parts.length) { this.reached = index; return true; }
    const part = parts[index]!;
    const mayRetry = index + 1 < parts.length && parts[index + 1]!.relative;
    let again = -1;
    for (;;) {
      if (this.#steps-- <= 0) return false;
      const next = part.inspect(this, cursor, again);
      if (this.tracing) this.#note(index, next !== MISS);
      if (next === MISS) return false;
      again = this.again;
      if (this.#part(parts, index + 1, next)) return true;
      if (!mayRetry || again < 0) return false;
    }
  }

  #note(index: number, met: boolean): void {
    if (index < this.reached) { if (met) this.trace.length = index; else return; }
    this.trace[index] = { met, from: this.matchFrom, to: this.matchTo, seen: this.seen };
    this.trace.length = index + 1;
    this.reached = Math.max(this.reached, index);
  }
}

export interface PartTrace { readonly met: boolean; readonly from: number; readonly to: number; readonly seen: string }

const CHUNK = 8192;
function latin1(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, Math.min(to, at + CHUNK)));
  return text;
}

import { u16, u32, u8 } from '../../bytes/read.ts';
import { uint, type FieldSpec } from '../../dissect/field.ts';
import type { Memory, Recall, Sight } from '../../dissect/recall.ts';
import { Conversations, Kept, Times } from './conversations.ts';
import { since } from './udp-memory.ts';

const HEADER = 20;
const FIRST_HALF = 16; // bytes of the header, up to the checksum, that have to be here
const [FIN, SYN, ACK] = [1, 2, 16];
const [NO_OPERATION, WINDOW_SCALE] = [1, 3];
const MOST_SHIFT = 14; // RFC 7323 section 2.3

/** Window scales as Wireshark tells them: not seen, and seen that there is none. */
const UNKNOWN = -1;
const NONE = -2;

const STREAM = 0;
const SEQ = 1;
const ACKNOWLEDGED = 2;
const NEXT = 3;
const WINDOW = 4;
const SCALE = 5;
const TIMES = 6;
const THEIR_BASE = 8;

/** What is kept of each end: the number that counts as 0, and the window scale it announced. The end that is greater by its bytes has the places behind. */
const [BASE, SHIFT, EACH] = [0, 1, 2];

/**
 * Relative numbers and scaled windows by Wireshark's rules: a SYN's sequence number counts as 0; where the start was not seen the first number seen counts
 * as 1, and the other side's follows from the acknowledgment. A SYN from another first number starts another conversation.
 */
class TcpMemory implements Memory {
  readonly values = new Float64Array(9);
  readonly nanoseconds = new Float64Array(9).fill(NaN);
  readonly #conversations = new Conversations();
  readonly #times = new Times();
  readonly #bases = new Kept(4, NaN);
  readonly #protocol = new Kept(1, -1);
  #id = -1;

  see(sight: Sight): void {
    this.values.fill(NaN);
    this.#id = -1;
    if (sight.start + FIRST_HALF > sight.end) return;
    this.#id = this.#conversations.find(sight);
    if (this.#id < 0) return;
    const { packet, start } = sight;
    const flags = u8(packet, start + 13);
    const mine = this.#conversations.down ? EACH : 0;
    if ((flags & (SYN | ACK)) === SYN && !sight.quoted) this.#restart(u32(packet, start + 4), mine);
    this.values[STREAM] = this.#id;
    if (sight.quoted) { this.#quote(sight, flags, mine); return; }
    if (sight.whole) this.#times.note(this.#id, sight, this.values, this.nanoseconds, TIMES);
    this.#count(sight, flags, mine);
  }

  /** What an error quotes counts for nothing, and from what is known. */
  #quote({ packet, start }: Sight, flags: number, mine: number): void {
    const known = (place: number): number => this.#bases.get(this.#id, place + BASE) || 0;
    this.values[SEQ] = (u32(packet, start + 4) - known(mine)) >>> 0;
    this.values[ACKNOWLEDGED] = (u32(packet, start + 8) - ((flags & ACK) !== 0 ? known(EACH - mine) : 0)) >>> 0;
  }

  #restart(sequence: number, mine: number): void {
    const base = this.#bases.get(this.#id, mine + BASE);
    if (!Number.isNaN(base) && base !== sequence) this.#id = Math.max(this.#conversations.again(), this.#id);
  }

  #count(sight: Sight, flags: number, mine: number): void {
    const { packet, start } = sight;
    const { values } = this;
    const bases = this.#bases;
    const id = this.#id;
    const theirs = EACH - mine;
    const sequence = u32(packet, start + 4);
    const acknowledged = u32(packet, start + 8);
    if ((flags & (SYN | ACK)) === (SYN | ACK)) bases.set(id, mine + BASE, sequence);
    if (Number.isNaN(bases.get(id, mine + BASE))) bases.set(id, mine + BASE, (flags & SYN) !== 0 ? sequence : (sequence - 1) >>> 0);
    if (Number.isNaN(bases.get(id, theirs + BASE)) && (flags & ACK) !== 0) bases.set(id, theirs + BASE, (acknowledged - 1) >>> 0);
    const base = bases.get(id, mine + BASE);
    const other = bases.get(id, theirs + BASE);
    values[SEQ] = (sequence - base) >>> 0;
    values[ACKNOWLEDGED] = (flags & ACK) !== 0 ? (acknowledged - (Number.isNaN(other) ? 0 : other)) >>> 0 : acknowledged;
    values[THEIR_BASE] = Number.isNaN(other) ? 0 : other;
    values[NEXT] = (values[SEQ] + Math.max(0, sight.reach - sight.payload) + ((flags & (SYN | FIN)) !== 0 ? 1 : 0)) >>> 0;
    this.#window(sight, flags, mine, theirs);
  }

  #window({ packet, start, payload, end }: Sight, flags: number, mine: number, theirs: number): void {
    const bases = this.#bases;
    const id = this.#id;
    const window = u16(packet, start + 14);
    if ((flags & SYN) !== 0) {
      const shift = shiftIn(packet, start + HEADER, Math.min(payload, end));
      if (shift >= 0) bases.set(id, mine + SHIFT, shift);
      this.#agree(flags, mine, theirs);
      this.values[WINDOW] = window;
      return;
    }
    const shift = Number.isNaN(bases.get(id, mine + SHIFT)) ? UNKNOWN : bases.get(id, mine + SHIFT);
    this.values[SCALE] = shift < 0 ? shift : 2 ** shift;
    this.values[WINDOW] = shift < 0 ? window : window * 2 ** shift;
  }

  /** Windows are scaled when both sides offer it (RFC 7323 section 2.2). */
  #agree(flags: number, mine: number, theirs: number): void {
    const bases = this.#bases;
    const id = this.#id;
    if (Number.isNaN(bases.get(id, mine + SHIFT))) { bases.set(id, mine + SHIFT, NONE); bases.set(id, theirs + SHIFT, NONE); }
    else if ((flags & ACK) !== 0 && bases.get(id, theirs + SHIFT) === NONE) bases.set(id, mine + SHIFT, NONE);
  }

  kept(): number { return this.#id < 0 ? -1 : this.#protocol.get(this.#id, 0); }
  keep(protocol: number): void { if (this.#id >= 0) this.#protocol.set(this.#id, 0, protocol); }
}

/** The shift that a window scale option among the options tells; -1 without. */
function shiftIn(b: Uint8Array, from: number, end: number): number {
  for (let at = from; at + 1 < end;) {
    const kind = u8(b, at);
    if (kind === 0) return -1;
    if (kind === NO_OPERATION) { at++; continue; }
    const length = u8(b, at + 1);
    if (kind === WINDOW_SCALE && length === 3 && at + 3 <= end) return Math.min(MOST_SHIFT, u8(b, at + 2));
    if (length < 2) return -1;
    at += length;
  }
  return -1;
}

const recalled = (name: string, label: string, more: Partial<FieldSpec> = {}): FieldSpec => uint(name, 32, label, { recalled: true, ...more });

export const tcpRecall: Recall = {
  fields: [
    recalled('stream', 'Stream index'), recalled('seq', 'Sequence Number (relative)'), recalled('ack', 'Acknowledgment number (relative)'), recalled('nxtseq', 'Next Sequence Number (relative)'),
    recalled('window_size', 'Calculated window size'), recalled('window_size_scalefactor', 'Window size scaling factor', { signed: true }),
    since('time_relative', 'Time since the first packet of this conversation'), since('time_delta', 'Time since the packet before in this conversation'),
  ],
  memory: () => new TcpMemory(),
  relative: { 'options.sack_le': THEIR_BASE, 'options.sack_re': THEIR_BASE },
};

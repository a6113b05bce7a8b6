import { u16 } from '../../bytes/read.ts';
import { uint, type FieldSpec } from '../../dissect/field.ts';
import type { Memory, Recall, Sight } from '../../dissect/recall.ts';
import { Conversations, Kept, Times } from './conversations.ts';

const HEADER = 8; // bytes
export const since = (name: string, label: string): FieldSpec => ({ name, label, type: 'duration', width: 0, display: 'none', recalled: true });

class UdpMemory implements Memory {
  readonly values = new Float64Array(3);
  readonly nanoseconds = new Float64Array(3).fill(NaN);
  readonly #conversations = new Conversations();
  readonly #times = new Times();
  readonly #protocol = new Kept(1, -1);
  #id = -1;

  see(sight: Sight): void {
    const { values } = this;
    values.fill(NaN);
    this.#id = sight.start + HEADER > sight.end ? -1 : this.#conversations.find(sight);
    if (this.#id < 0 || !sight.whole) return;
    values[0] = this.#id;
    if (sight.quoted || u16(sight.packet, sight.start + 4) === HEADER) return; // Wireshark looks at no time of what is quoted or has no data
    this.#times.note(this.#id, sight, values, this.nanoseconds, 1);
  }

  kept(): number { return this.#id < 0 ? -1 : this.#protocol.get(this.#id, 0); }
  keep(protocol: number): void { if (this.#id >= 0) this.#protocol.set(this.#id, 0, protocol); }
}

export const udpRecall: Recall = {
  fields: [uint('stream', 32, 'Stream index', { recalled: true }), since('time_relative', 'Time since the first packet of this conversation'), since('time_delta', 'Time since the packet before in this conversation')],
  memory: () => new UdpMemory(),
};

// What goes along when packets of a pcapng are copied: names, secrets, statistics of interfaces, and custom blocks, each where it stood.

import type { CaptureReader } from '../capture/capture-reader.ts';
import type { Extra } from '../capture/extras.ts';
import type { PcapngWriter } from './pcapng-writer.ts';

export class Companions {
  readonly #reader: CaptureReader;
  readonly #writer: PcapngWriter;
  readonly #number: (iface: number) => number | undefined;
  #done = 0;
  readonly #waiting = new Map<number, Extra>();

  /** `number` says which interface of what is written is the reader's, where it has one yet. */
  constructor(reader: CaptureReader, writer: PcapngWriter, number: (iface: number) => number | undefined) { this.#reader = reader; this.#writer = writer; this.#number = number; }

  /** Writes what the reader has come by since the last time: keys stand before the packets that need them. */
  extras(): void {
    const { extras } = this.#reader;
    for (; this.#done < extras.length; this.#done++) {
      const extra = extras[this.#done]!;
      const number = extra.kind === 'statistics' ? this.#number(extra.iface) : 0;
      if (number !== undefined) this.#writer.extra(extra, number);
      else if (extra.kind === 'statistics') this.#waiting.set(extra.iface, extra);
    }
  }

  /** The rest: the last statistics of interfaces whose first packet came after them. Those of interfaces that are not written are left out. */
  end(): void {
    this.extras();
    for (const [iface, extra] of this.#waiting) {
      const number = this.#number(iface);
      if (number !== undefined) this.#writer.extra(extra, number);
    }
  }

  /** Writes the reader's record, which is no packet, where it may be copied. */
  block(): void {
    const block = this.#reader.copiedBlock();
    if (block) this.#writer.block(block.type, block.body);
  }
}

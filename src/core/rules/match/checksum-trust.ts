import { checksumHolds } from '../packet/checksum.ts';
import type { PacketView } from '../packet/packet-view.ts';

/** Packets after which it is decided, and how many of them for each one whose TCP checksum may be wrong (util-checksum.c). */
const SAMPLE = 1000;
const RATIO = 10;

/** Whether checksums count as right: where the network card makes them, the capture has what was there before, and sessions would be lost. */
export class ChecksumTrust {
  readonly #isAuto: boolean;
  #wrong = 0;
  #trusts: boolean;

  constructor(checks: 'yes' | 'no' | 'auto') {
    this.#isAuto = checks === 'auto';
    this.#trusts = checks === 'no';
  }

  /** Takes a packet in the capture's order, outermost level first. */
  look(p: PacketView): void {
    if (this.#isAuto && p.number <= SAMPLE) {
      if (p.number === SAMPLE && p.level === 0 && this.#wrong * RATIO > SAMPLE) this.#trusts = true;
      if (p.isTcp && !checksumHolds(p)) this.#wrong++;
    }
    p.trusted = this.#trusts;
  }
}

import { HostBits } from './host-bits.ts';
import { Tags } from './tags.ts';
import { Thresholds } from './thresholds.ts';

/** What rules remember from packet to packet beyond a single flow. It depends on the order of all packets, so one stage alone keeps it. */
export class Memory {
  readonly bits = new HostBits();
  readonly thresholds = new Thresholds();
  readonly tags = new Tags();
}

import type { StreamSettings } from '../settings/settings.ts';
import { FlowTable } from './flow-table.ts';
import type { Flow } from './flow.ts';
import { Room } from './stream-buffer.ts';
import { Streams } from './streams.ts';

// Flows are dealt out over lanes by their keys, always the same number of them: each lane has bounds of its own, so that it makes no difference whether one matcher follows them all or each has its own.

export const LANES = 4;
/** Lanes as a set of bits: all of them. */
export const ALL_LANES = (1 << LANES) - 1;

/** Flows that all lanes keep at once; beyond, those not seen for longest are forgotten. */
const MAX_FLOWS = 1 << 17;
/** Bytes that all streams keep; beyond, segments are left out as if they had been lost. */
const STREAMS = 1 << 27;
/** Bytes that all bodies keep; beyond, what follows is not looked at. */
const BODIES = 1 << 26;

/** The flows of one lane, with their streams. */
export class Lane {
  readonly flows: FlowTable;
  readonly streams: Streams;

  /** `reads`: whether what the application layer says is read at all. `onEnd` is told of each flow before it is left. */
  constructor(settings: StreamSettings, reads: boolean, onEnd: (flow: Flow, lane: Lane) => void) {
    this.flows = new FlowTable(MAX_FLOWS / LANES, { picksUp: settings.midstream || settings.asyncOneside, timeouts: settings.timeouts }, (flow) => { onEnd(flow, this); });
    this.streams = new Streams(settings, reads, new Room(STREAMS / LANES), new Room(BODIES / LANES));
  }
}

/** The lane of a flow, by the hash of its key: its highest bits, since a table of flows sorts by the lowest. */
export const laneOf = (hash: number): number => hash >>> 30;

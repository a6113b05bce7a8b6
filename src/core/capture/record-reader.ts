import type { Fault } from '../base/fault.ts';
import type { Window } from '../bytes/window.ts';
import type { CaptureFormat, CaptureInterface, CaptureReader } from './capture-reader.ts';
import { readFailed } from './faults.ts';

/**
 * What the readers share: the record under the cursor, and the way from window to window. A subclass steps through `bytes` from `at` to
 * `limit`, and leaves in `need` how many bytes it wants from `at` when it cannot go on.
 */
export abstract class RecordReader implements CaptureReader {
  abstract readonly format: CaptureFormat;
  description = '';
  readonly interfaces: CaptureInterface[] = [];
  readonly comments = new Map<number, string[]>();
  fault: Fault | null = null;

  bytes: Uint8Array;
  start = 0;
  end = 0;
  number = 0;
  hasTime = true;
  seconds = 0;
  nanoseconds = 0;
  caplen = 0;
  origlen = 0;
  iface = 0;
  flags = -1;

  protected at: number;
  protected limit: number;
  protected base: number;
  protected need = 0;
  private readonly window: Window;
  private finished = false;

  constructor(window: Window) {
    this.window = window;
    this.bytes = window.bytes;
    this.at = window.at;
    this.limit = window.limit;
    this.base = window.base;
  }

  abstract next(): boolean;
  /** What to say when the file ends with `at`..`limit` left over and `need` bytes wanted; null when that is a good end. */
  protected abstract cut(): Fault | null;

  get fileOffset(): number { return this.base + this.start; }
  get bytesRead(): number { return this.base + this.limit; }

  async refill(): Promise<boolean> {
    if (this.finished) return false;
    const { window } = this;
    let failed: Fault | null = null;
    const more = await window.more(this.at, this.need).catch((e: unknown) => {
      failed = readFailed(e, window.base + window.limit, this.number);
      return false;
    });
    this.bytes = window.bytes;
    this.at = window.at;
    this.limit = window.limit;
    this.base = window.base;
    if (more) return true;
    this.stop(failed ?? this.cut());
    return false;
  }

  /** Ends the reading, well or with a fault. Everything up to here stays. */
  protected stop(fault: Fault | null): false {
    this.fault = fault;
    this.finished = true;
    this.at = this.limit;
    return false;
  }

  close(): Promise<void> { return this.window.close(); }
}

import type { Fault } from '../base/fault.ts';
import type { Window } from '../bytes/window.ts';
import type { CaptureFormat, CaptureInterface, CaptureReader } from './capture-reader.ts';
import type { Extra } from './extras.ts';
import { readFailed } from './faults.ts';
import { NO_OPTIONS, type Option } from './pcapng-options.ts';

/**
 * What the readers share: the record under the cursor, and the way from window to window. A subclass steps through `bytes` from `at` to
 * `limit`, and leaves in `need` how many bytes it wants from `at` when it cannot go on.
 */
export abstract class RecordReader implements CaptureReader {
  abstract readonly format: CaptureFormat;
  description = '';
  readonly interfaces: CaptureInterface[] = [];
  readonly comments = new Map<number, string[]>();
  readonly extras: Extra[] = [];
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
  packetOptions(): readonly Option[] { return NO_OPTIONS; }
  copiedBlock(): { readonly type: number; readonly body: Uint8Array } | null { return null; }
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

  /** Packets whose comments a person has changed: what the file says of those no longer counts. */
  protected edited: ReadonlySet<number> = new Set();

  editComments(edits: ReadonlyMap<number, readonly string[]>): void {
    this.edited = new Set(edits.keys());
    for (const [number, comments] of edits) if (comments.length > 0) this.comments.set(number, [...comments]);
  }

  close(): Promise<void> { return this.window.close(); }
}

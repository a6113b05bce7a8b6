import { FaultError, type Fault } from '../base/fault.ts';
import type { CaptureReader } from '../capture/capture-reader.ts';
import type { AlertRecord } from './match/alert-record.ts';
import type { Matcher } from './match/matcher.ts';

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** After each window of the file: packets matched so far. What it returns is waited for, so that output can be written and the thread be free. */
  readonly onWindow?: (packets: number) => void | Promise<void>;
  /** Each packet that an IPS would have stopped. */
  readonly onStopped?: (number: number) => void;
}

/** Somebody stopped the rules after so many packets. */
export const stoppedRun = (packets: number): Fault => ({ code: 'cancelled', what: 'The rules were stopped', kept: `${packets.toLocaleString('en-US')} packets had been matched.`, next: 'Run them again for the others.' });

/** Matches every packet of a capture, in its order. Answers how many there were; how the reading ended is the reader's `fault`. */
export async function runRules(reader: CaptureReader, matcher: Matcher, onAlert: (alert: AlertRecord) => void, { signal, onWindow, onStopped }: RunOptions = {}): Promise<number> {
  let packets = 0;
  do {
    while (reader.next()) {
      const linkType = reader.interfaces[reader.iface]?.linkType ?? -1;
      packets = reader.number;
      matcher.packet(reader.bytes, reader.start, reader.end, linkType, packets, reader.seconds, reader.nanoseconds, onAlert);
      if (matcher.stopped) onStopped?.(packets);
    }
    if (signal?.aborted === true) throw new FaultError(stoppedRun(packets));
    await onWindow?.(packets);
  } while (await reader.refill());
  matcher.finish(onAlert);
  return packets;
}

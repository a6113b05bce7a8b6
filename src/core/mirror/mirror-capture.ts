// A source's capture in, its appliance's out. Two passes: the first finds out which interface it is, the second mirrors.

import { FaultError, type Fault } from '../base/fault.ts';
import type { ByteSource } from '../bytes/byte-source.ts';
import { openCapture, type CaptureReader } from '../capture/capture-reader.ts';
import { BLOCK } from '../capture/link-types.ts';
import { isWanted, noInterface } from '../capture/one-interface.ts';
import type { Sink } from '../export/capture-writer.ts';
import { derivedCapture } from '../export/derived-capture.ts';
import { ETHERNET_LINK } from './headers.ts';
import { DecisionTally } from './mirror-court.ts';
import type { Mirror } from './read-mirror.ts';
import { SegmentSizes } from './segment-sizes.ts';
import { SourceInterface } from './source-interface.ts';
import { WhatIf } from './what-if.ts';
import { planWhatIf, type WhatIfOptions, type WhatIfPlan } from './what-if-plan.ts';

export interface MirrorReport {
  readonly plan: WhatIfPlan;
  readonly packets: number;
  /** Copies, in the order of the plan's sessions. */
  readonly frames: readonly number[];
  /** Super-frames, which the source's network card splits before the mirror sees them. */
  readonly split: number;
  /** Packets larger than the source's MTU that are no TCP. */
  readonly tooLarge: number;
  /** Copies of which bytes were left out on purpose. */
  readonly cut: number;
  /** Packets that the capture holds in part only, and so do their copies. */
  readonly inPart: number;
  /** Why the others were left out, the most frequent reason first. */
  readonly leftOut: readonly (readonly [reason: string, packets: number])[];
  /** How reading ended, when not well. */
  readonly fault: Fault | null;
}

export interface MirrorCaptureOptions extends WhatIfOptions {
  readonly pcapng?: boolean | undefined;
  /** Name or number of one interface of a pcapng. */
  readonly interface?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((step: string, bytesRead: number) => void) | undefined;
}

/** Writes to `sink` what the mirror's appliance would have seen. Rejects with a FaultError when the signal aborts, it is no capture, or no session can be played. */
export async function mirrorCapture(source: ByteSource, sink: Sink, mirror: Mirror, options: MirrorCaptureOptions = {}): Promise<MirrorReport> {
  const face = new SourceInterface();
  const sizes = new SegmentSizes();
  await each(source, 'looking at the source', options, (r, linkType) => { face.see(r.bytes, r.start, r.end, linkType); sizes.see(r.bytes, r.start, r.end, r.origlen, linkType); });
  const plan = planWhatIf(mirror, face, options, sizes);
  const device = new WhatIf(plan, sizes);
  const tally = new DecisionTally();
  const frames = plan.mirrorings.map(() => 0);
  let packets = 0, split = 0, tooLarge = 0, cut = 0, inPart = 0, foreign = 0;
  let out: ReturnType<typeof derivedCapture> | null = null;
  const { fault } = await each(source, 'mirroring', options, (r, linkType) => {
    packets++;
    const outcome = device.take(r.bytes, r.start, r.end, r.origlen, linkType);
    if (outcome === 'no Ethernet frame') foreign++;
    else if (outcome === 'left out') tally.count(device.decision);
    else {
      frames[device.session]! += device.frames;
      if (device.frames > 1) split++;
      if (device.isTooLarge) tooLarge++;
      let partly = false;
      while (device.next()) {
        if (device.cut) cut++;
        partly ||= device.end < device.wire;
        out!.write(device.bytes.subarray(0, device.end), device.wire);
      }
      if (partly) inPart++;
    }
  }, (reader) => { out = derivedCapture(reader, sink, { linkType: ETHERNET_LINK, pcapng: options.pcapng, growth: device.growth }); }, () => out!.block());
  out!.end();
  const leftOut: (readonly [string, number])[] = tally.list();
  if (foreign > 0) leftOut.push(['captured without an Ethernet header, which the envelope carries: capture at one interface, not at "any"', foreign]);
  return { plan, packets, frames, split, tooLarge, cut, inPart, leftOut, fault };
}

/** One pass over the packets of a capture, and its records that are none. */
async function each(source: ByteSource, step: string, { signal, onProgress, interface: wanted }: MirrorCaptureOptions, act: (reader: CaptureReader, linkType: number) => void, opened?: (reader: CaptureReader) => void, other?: () => void): Promise<CaptureReader> {
  const reader = await openCapture(source);
  try {
    opened?.(reader);
    do {
      if (signal?.aborted === true) throw new FaultError({ code: 'cancelled', what: 'Mirroring the capture was cancelled', next: 'Start it again when you like.' });
      while (reader.next()) {
        const face = reader.interfaces[reader.iface]!;
        if (face.linkType === BLOCK) other?.();
        else if (isWanted(face, wanted)) act(reader, face.linkType);
      }
      onProgress?.(step, reader.bytesRead);
    } while (await reader.refill());
    if (wanted !== undefined && !reader.interfaces.some((face) => isWanted(face, wanted))) throw noInterface(wanted, reader.interfaces);
    return reader;
  } finally { await reader.close(); }
}

// frame.* with types, for comparing: what the capture file says about a packet, as numbers and times and not as text.

import { FRAME_FIELDS, type FrameInfo } from '../dissect/frame.ts';
import type { Value, ValueType } from './value.ts';

export interface FrameValue { readonly label: string; readonly type: ValueType; readonly read: (f: FrameInfo) => Value | readonly Value[] }

const instant = (seconds: number, nanoseconds: number): bigint => BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
const numbers = ['frame.number', 'frame.len', 'frame.cap_len', 'frame.encap_type', 'frame.interface_id', 'frame.section_number', 'frame.packet_flags',
  'frame.packet_flags_direction', 'frame.packet_flags_reception_type', 'frame.packet_flags_fcs_length', 'frame.packet_id', 'frame.drop_count', 'frame.interface_queue'];

const TIMES: Readonly<Record<string, Pick<FrameValue, 'type' | 'read'>>> = {
  'frame.time': { type: 'time', read: (f) => instant(f.seconds, f.nanoseconds) },
  'frame.time_epoch': { type: 'duration', read: (f) => instant(f.seconds, f.nanoseconds) },
  'frame.time_relative': { type: 'duration', read: (f) => instant(f.seconds, f.nanoseconds) - instant(f.firstSeconds, f.firstNanoseconds) },
  'frame.time_delta': { type: 'duration', read: (f) => instant(f.seconds, f.nanoseconds) - instant(f.previousSeconds, f.previousNanoseconds) },
  'frame.time_delta_displayed': { type: 'duration', read: (f) => instant(f.seconds, f.nanoseconds) - instant(f.displayedSeconds, f.displayedNanoseconds) },
};

/** The two that filters ask for most do not go over text. */
const DIRECT: Readonly<Record<string, FrameValue['read']>> = { 'frame.number': (f) => f.number, 'frame.len': (f) => f.origlen, 'frame.cap_len': (f) => f.caplen };

function frameValue(name: string): FrameValue {
  const { label, text } = FRAME_FIELDS[name]!;
  const time = TIMES[name];
  if (time) return { label, type: time.type, read: (f) => (f.hasTime ? time.read(f) : []) };
  if (!numbers.includes(name)) return { label, type: 'text', read: text };
  return { label, type: 'uint', read: DIRECT[name] ?? ((f) => [text(f)].flat().map(Number)) };
}

export const FRAME_VALUES: ReadonlyMap<string, FrameValue> = new Map(Object.keys(FRAME_FIELDS).map((name) => [name, frameValue(name)]));

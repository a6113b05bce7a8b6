// The Info and Protocol columns: those of the innermost layer that has something to say, in Wireshark's words.

import type { Layer } from './layer.ts';

/** What the caller knows from other packets. Without it sequence numbers are raw and windows unscaled. */
export interface InfoContext {
  readonly baseSeq?: number; //     the sender's initial sequence number
  readonly baseAck?: number; //     the receiver's
  readonly windowShift?: number; // the sender's window scale, when the handshake was seen
  readonly link?: string; //        "reply in 4", "request in 3", for an echo
}

/** What Wireshark appends where a header ends before its time. */
const SUFFIXES = { '': '', capture: '[Packet size limited during capture]', length: '[Malformed Packet]' } as const;

const NOTHING: InfoContext = {};

/** Layers up to the first that is only quoted (the datagram that an ICMP error complains about). */
export function ownLayers(layers: readonly Layer[]): readonly Layer[] {
  const error = layers.findIndex((layer) => layer.protocol.quotes && layer.inner !== undefined && layer.inner.protocol.name !== 'data');
  return error < 0 ? layers : layers.slice(0, error + 1);
}

/** One line about the innermost layer; '' when no layer has anything to say. */
export function infoText(layers: readonly Layer[], more: InfoContext = NOTHING): string {
  const own = ownLayers(layers);
  const suffix = SUFFIXES[layers.at(-1)?.cut ?? ''];
  const last = own.at(-1);
  if (last?.cut && (last.protocol.column !== '' || last.protocol.info)) return (last.protocol.info && !last.protocol.silentWhenCut ? last.protocol.info(last, more) : '') + suffix;
  for (let i = own.length - 1; i >= 0; i--) {
    const text = own[i]!.protocol.info?.(own[i]!, more);
    if (text) return text + suffix;
  }
  return suffix;
}

/** The Protocol column: the innermost layer's that has one. */
export function protocolColumn(layers: readonly Layer[]): string {
  const layer = [...ownLayers(layers)].reverse().find((l) => l.protocol.column !== '');
  return layer ? layer.protocol.columnOf?.(layer) ?? layer.protocol.column : 'Data';
}

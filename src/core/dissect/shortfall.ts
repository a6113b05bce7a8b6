// Why a layer is not whole, in words. Whose length ran out decides: the capture's (a short snaplen, a cut file), an envelope's (a mirror
// cut the packet before it wrapped it), the frame's, or the layer's own (a length field that lies).

import type { FrameInfo } from './frame.ts';
import type { Layer } from './layer.ts';
import type { Program } from './program.ts';
import { BY_CAPLEN, BY_FRAME, COMPLETE, type Tape } from './tape.ts';

/** One sentence, '' for a layer that is whole. `quoted`: the layer is part of a datagram that an ICMP error quotes. */
export function shortfallText({ protocols }: Program, tape: Tape, layer: Layer, frame: FrameInfo, quoted = false): string {
  const by = tape.shortBy[layer.index]!;
  if (by === COMPLETE) return '';
  const name = nameOf(layer);
  const [needed, here] = [tape.shortNeeded[layer.index]!, tape.shortAvailable[layer.index]!];
  const what = layer.cut ? `${name} needs ${bytes(needed)} here and has ${count(here)}` : `${name} says ${bytes(needed)} and ${count(here)} ${here === 1 ? 'is' : 'are'} here`;
  if (by === BY_CAPLEN) return `${what}: the capture kept only ${count(frame.caplen)} of ${bytes(frame.origlen)}.`;
  if (quoted) return `${what}: an ICMP error quotes only the beginning of a packet.`;
  if (by === tape.layerProtocol[layer.index]) return `${what}: its own length field leaves no room for more.`;
  if (layer.level > levelOf(layer, by, protocols)) return `${what}: the envelope carries no more. The mirror cut the packet before it wrapped it, or the length is wrong.`;
  if (by === BY_FRAME) return `${what}: the frame ends there. It was cut before it was captured, or the length is wrong.`;
  return `${what}: the length in ${protocols[by]!.short ?? protocols[by]!.column} ends the packet there.`;
}

/** The level of the layer whose length ran out; the frame itself lies outside all of them. */
function levelOf(layer: Layer, by: number, protocols: Program['protocols']): number {
  if (by === BY_FRAME) return 0;
  for (let at = layer.outer; at; at = at.outer) if (at.protocol === protocols[by]) return at.level;
  return layer.level;
}

const nameOf = ({ protocol }: Layer): string => protocol.short ?? protocol.column;
const count = (n: number): string => n.toLocaleString('en-US');
const bytes = (n: number): string => `${count(n)} ${n === 1 ? 'byte' : 'bytes'}`;

// Why a layer is not whole, in words. Whose length ran out decides: the capture's (a short snaplen, a cut file), the sender's own
// length field (a lie, or a network card's later work), or a mirror that cut the packet before it wrapped it.

import type { FrameInfo } from './frame.ts';
import type { Program } from './program.ts';
import { BY_CAPLEN, BY_FRAME, COMPLETE, type Tape } from './tape.ts';

/** One or two sentences, '' for a layer that is whole. */
export function shortfallText({ protocols }: Program, tape: Tape, layer: number, frame: FrameInfo): string {
  const by = tape.shortBy[layer]!;
  if (by === COMPLETE) return '';
  const name = wordFor(protocols[tape.layerProtocol[layer]!]!.column);
  const says = `${name} says ${bytes(tape.shortNeeded[layer]!)}, ${tape.shortAvailable[layer]!.toLocaleString('en-US')} ${tape.shortAvailable[layer] === 1 ? 'is' : 'are'} here`;
  if (by === BY_CAPLEN) return `${says}: the capture kept only ${frame.caplen.toLocaleString('en-US')} of ${bytes(frame.origlen)}.`;
  if (by === BY_FRAME) return `${says}: cut by a mirror or on the way, or the length is wrong; the capture kept the frame whole.`;
  const who = protocols[by]!;
  if (by === tape.layerProtocol[layer]) return `${says}: its own length field leaves no room for them.`;
  return `${says}: the length in ${wordFor(who.column)} ends the packet there.`;
}

const bytes = (n: number): string => `${n.toLocaleString('en-US')} ${n === 1 ? 'byte' : 'bytes'}`;
const wordFor = (column: string): string => column || 'The header';

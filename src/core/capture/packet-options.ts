// What a pcapng says of one packet beside its bytes: options that nobody asks for in a pass, found again for the packet in view.

import type { ByteSource } from '../bytes/byte-source.ts';
import { u32, u32le } from '../bytes/read.ts';
import { ENHANCED_PACKET, OBSOLETE_PACKET } from './pcapng-blocks.ts';
import { NO_OPTIONS, optionsIn, type Option, type OptionNumbers } from './pcapng-options.ts';

/** Codes of section 4.3; an obsolete packet block has the first three of them as well. */
export const [EPB_FLAGS, EPB_HASH, EPB_DROPCOUNT, EPB_PACKETID, EPB_QUEUE, EPB_VERDICT] = [2, 3, 4, 5, 6, 7] as const;

/** Which of their values begin with numbers. A verdict does behind its first byte, where that names one of the two kernel hooks whose verdicts are numbers. */
export const PACKET_NUMBERS: OptionNumbers = { [EPB_FLAGS]: [4], [EPB_DROPCOUNT]: [8], [EPB_PACKETID]: [8], [EPB_QUEUE]: [4], [EPB_VERDICT]: ({ 0: kind }) => (kind === 1 || kind === 2 ? [1, 8] : []) };

const HEAD = 28; // of an enhanced and of an obsolete packet block, before the packet
const FOOT = 4;

/**
 * The options of the packet whose bytes begin at `offset` of the (inflated) file; none where its block is another one (a simple packet, a pcap's record). What stands
 * before the packet is its block's head only where all of it fits: type, both lengths, and the captured length.
 */
export async function packetOptionsAt(source: ByteSource, offset: number, caplen: number): Promise<readonly Option[]> {
  const start = offset - HEAD;
  if (start < 0) return NO_OPTIONS;
  const head = await source.slice(start, offset);
  for (const littleEndian of [true, false]) {
    const word = littleEndian ? u32le : u32;
    const type = word(head, 0);
    const length = word(head, 4);
    const from = HEAD + caplen + (-caplen & 3);
    if ((type !== ENHANCED_PACKET && type !== OBSOLETE_PACKET) || word(head, 20) !== caplen || length < from + FOOT || start + length > source.size) continue;
    const rest = await source.slice(start + from, start + length);
    if (word(rest, rest.length - FOOT) !== length) continue;
    return optionsIn(rest, 0, rest.length - FOOT, littleEndian, PACKET_NUMBERS);
  }
  return NO_OPTIONS;
}

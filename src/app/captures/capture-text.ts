// What is said of an open capture: its name in parts, how far reading has come, and why only a part of it is there.

import { faultText } from '../../core/base/fault.ts';
import { bytesText, count, counted } from '../../core/format/number.ts';
import type { OpenCapture } from '../stores/captures.ts';

const ENDING = /(?:\.(?:pcapng|pcap|cap)(?:\.gz)?|\.\w{1,8})$/i;
/** A number that the page itself put behind a name that was there already. */
const NUMBER = / \(\d+\)$/;
const LONGEST_TAIL = 12;
const TAIL = 8;

export interface NameParts { readonly head: string; readonly tail: string; readonly ending: string }

/** A name in parts of which the first gives way where room is short: its end is what tells "appliance-eth0" from "appliance-eth1". */
export function nameParts(name: string): NameParts {
  const [number = ''] = NUMBER.exec(name) ?? [];
  const bare = name.slice(0, name.length - number.length);
  const [ending = ''] = ENDING.exec(bare) ?? [];
  const stem = bare.slice(0, bare.length - ending.length);
  const [word = ''] = /[-_. ][^-_. ]*$/.exec(stem) ?? [];
  const tail = word !== '' && word.length <= LONGEST_TAIL ? word : stem.slice(-TAIL);
  return { head: stem.slice(0, stem.length - tail.length), tail: tail + number, ending };
}

const TYPICAL_PACKET = 200; // bytes, with its record header

/** How many characters a count of its packets will take, so that nothing moves while it is counted. */
export const countRoom = ({ size, inflated, packets }: OpenCapture): number => Math.max(count(packets).length, count(Math.round((inflated ?? size) / TYPICAL_PACKET)).length);

/** In per cent, as far as the size of the file is known. */
export const partRead = ({ bytesRead, bytesTotal }: OpenCapture): number => (bytesTotal > 0 && Number.isFinite(bytesTotal) ? Math.min(100, (bytesRead / bytesTotal) * 100) : 0);

/** "45 % of 120 MB, which inflates to about 600 MB". */
export const progressText = (capture: OpenCapture): string =>
  `${Math.floor(partRead(capture))} % of ${bytesText(capture.size)}${capture.inflated === null ? '' : `, which inflates to about ${bytesText(capture.inflated)}`}`;

/** Why a capture is not there, or not whole; '' for one that is whole or being read. */
export function partText(capture: OpenCapture): string {
  const { state, summary, packets } = capture;
  if (state === 'waiting') return 'It waits until captures before it have been read; the one that is shown is read next.';
  if (state === 'dead') return 'Nothing of it can be read: close it and open a smaller part of it.';
  if (state !== 'stopped' || !summary?.fault) return '';
  if (summary.fault.code === 'cancelled') return `Only a part of it was read: ${counted(packets, 'packet')}, ${progressText(capture)}. Open it again to read all of it.`;
  return `Only a part of it could be read: ${counted(packets, 'packet')}. ${faultText(summary.fault)}`;
}
